import { createHmac } from 'node:crypto'

/** Names a person on the roll: the number the issuer tells, else its pairwise subject. */
export type PersonName = { rollNumber: string } | { issuer: string; subject: string }

function keyed(votingKey: string, ...parts: string[]): Buffer {
  return createHmac('sha256', votingKey).update(parts.join('\n')).digest()
}

/** A number as it is compared: without blanks, dashes and lower case, so that both ways of writing it are one person. */
function plainNumber(rollNumber: string): string {
  return rollNumber.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '')
}

/** What stands for a person in a session: says nothing without the key. @shape 32 bytes */
export function personKeyOf(votingKey: string, name: PersonName): Buffer {
  return 'rollNumber' in name
    ? keyed(votingKey, 'person-number', plainNumber(name.rollNumber))
    : keyed(votingKey, 'person-subject', name.issuer, name.subject)
}

/** What stands for a person on the roll of one round; nobody without the key can follow a person from round to round. @shape 32 bytes */
export function personHashOf(votingKey: string, year: number, personKey: Buffer): Buffer {
  return keyed(votingKey, 'roll', String(year), personKey.toString('hex'))
}

/** What a code is before the salt of its sheet: the database never sees the code. @shape 32 bytes */
export function codeKeyOf(votingKey: string, year: number, code: string): Buffer {
  return keyed(votingKey, 'code', String(year), code)
}

/** What tells a request that was sent again: the same sender, the same ballot and the same random number. @shape 32 bytes */
export function retryHashOf(votingKey: string, sender: Buffer, retryKey: string, ballot: string): Buffer {
  return keyed(votingKey, 'retry', sender.toString('hex'), retryKey, ballot)
}
