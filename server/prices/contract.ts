import { z } from 'zod'
import { installationTypeSchema } from '../kernel/installationTypes.ts'
import { amountDkkSchema } from '../kernel/money.ts'

/** What a price is for: one piece, one running metre, one square metre. */
export const UNITS = ['piece', 'm', 'm2'] as const
export const unitSchema = z.enum(UNITS)

export const elementIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)
  .meta({ example: 'baenk' })

/** Something that can be built, with what it costs to build and to keep. */
export const elementPriceSchema = z
  .object({
    elementId: elementIdSchema,
    /** The word of the park register, for example `Bænk`; `en` is its translation. */
    name: z.object({ da: z.string(), en: z.string() }),
    installationType: installationTypeSchema,
    unit: unitSchema,
    priceDkk: amountDkkSchema,
    runningCostDkkPerYear: amountDkkSchema,
    lifeYears: z.int().min(1),
    /** The year whose prices these are. */
    priceLevelYear: z.int(),
    /** True: an example of the program, to be replaced by the municipality's own price. */
    isExample: z.boolean(),
  })
  .meta({ id: 'ElementPrice' })
export type ElementPrice = z.infer<typeof elementPriceSchema>

export const elementPriceListSchema = z.object({ items: z.array(elementPriceSchema) }).meta({ id: 'ElementPriceList' })
