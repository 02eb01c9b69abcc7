import type { Database } from '../platform/db/connect.ts'
import type { ElementPrice } from './contract.ts'

/** Makes the price catalogue these elements, in this order. Runs inside the transaction given. */
export async function replacePrices(trx: Database, elements: readonly ElementPrice[]): Promise<void> {
  const kept = elements.map(({ elementId }) => elementId)
  await trx.deleteFrom('element_price').where('element_id', 'not in', kept).execute()
  for (const [index, element] of elements.entries()) {
    const columns = {
      position: index + 1,
      name_da: element.name.da,
      name_en: element.name.en,
      installation_type: element.installationType,
      unit: element.unit,
      price_dkk: element.priceDkk,
      running_cost_dkk_per_year: element.runningCostDkkPerYear,
      life_years: element.lifeYears,
      price_level_year: element.priceLevelYear,
      is_example: element.isExample,
    }
    await trx
      .insertInto('element_price')
      .values({ element_id: element.elementId, ...columns })
      .onConflict((conflict) => conflict.column('element_id').doUpdateSet(columns))
      .execute()
  }
}
