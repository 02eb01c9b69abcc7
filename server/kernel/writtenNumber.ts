import { z } from 'zod'

const decimal = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i

/** A number as an address or a query carries it: decimal digits. Nothing, a space and `0x10` are no numbers, least of all zero. */
export function writtenNumber<Schema extends z.ZodType<number>>(schema: Schema) {
  return z.preprocess((text) => (typeof text === 'string' ? (decimal.test(text) ? Number(text) : Number.NaN) : undefined), schema)
}
