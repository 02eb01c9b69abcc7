// Counts one file once in a fresh process, for the bench: prints seconds of reading and counting, and the process's most memory.
import { readFileSync } from 'node:fs'
import { countElection } from '../../server/allocation/rules/count.ts'
import { readPb } from '../../server/allocation/rules/pb/pbReader.ts'
import { isRuleName } from '../../server/allocation/rules/ruleNames.ts'

const [path = '', rule = ''] = process.argv.slice(2)
const text = readFileSync(path, 'utf8')
const began = performance.now()
const reading = readPb(text)
if (!reading.ok || !isRuleName(rule)) throw new Error(`${path} or ${rule} cannot be counted`)
countElection(reading.file.election, rule, { tie: ['lexico'] })
const seconds = (performance.now() - began) / 1000
console.log(JSON.stringify({ seconds, memoryMb: process.resourceUsage().maxRSS / 1024 }))
