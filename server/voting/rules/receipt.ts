import { sha256Hex } from '../../allocation/rules/sha256.ts'

/** What a receipt is the hash of. */
export interface Opening {
  year: number
  districtId: string
  /** The one writing of the ballot. */
  ballot: string
  /** 128 random bits as 32 hexadecimal digits. */
  random: string
}

const FORMAT = 'borgermillionen-receipt-1'
/** Room an opening takes beside district and ballot. @unit bytes */
export const OPENING_FRAME = FORMAT.length + '2026'.length + 32 + 4

/**
 * The bytes a receipt is the SHA-256 of, in UTF-8: format, year, district, ballot and random number, a line feed between each two.
 * None of the parts can hold a line feed.
 */
export function openingText({ year, districtId, ballot, random }: Opening): string {
  return [FORMAT, year, districtId, ballot, random].join('\n')
}

/** The receipt of a ballot. @shape 64 hexadecimal digits */
export function receiptOf(opening: Opening): string {
  return sha256Hex(openingText(opening))
}

/** Reads an opening back; null when the text is none. */
export function readOpening(text: string): Opening | null {
  const [format, year = '', districtId = '', ballot = '', random = '', ...more] = text.split('\n')
  if (format !== FORMAT || more.length > 0 || !/^\d{4}$/.test(year) || !/^[0-9a-f]{32}$/.test(random)) return null
  return { year: Number(year), districtId, ballot, random }
}
