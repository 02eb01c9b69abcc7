import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Question, questionSchema } from './contract.ts'

const file = new URL('../../data/assessments/questions.json', import.meta.url)
const questionFileSchema = z.strictObject({ questions: z.array(questionSchema.strict()).min(1) })

/** The checklist in its order: what every idea is assessed by. */
export const QUESTIONS: readonly Question[] = questionFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).questions
