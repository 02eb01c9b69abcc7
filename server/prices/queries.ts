import { sql } from 'kysely'
import type { Database } from '../platform/db/connect.ts'
import type { ElementPrice } from './contract.ts'

/** The price catalogue in its order. */
export function selectPrices(db: Database): Promise<ElementPrice[]> {
  return db
    .selectFrom('element_price')
    .select([
      'element_id as elementId',
      sql<ElementPrice['name']>`json_build_object('da', name_da, 'en', name_en)`.as('name'),
      sql<ElementPrice['installationType']>`installation_type`.as('installationType'),
      sql<ElementPrice['unit']>`unit`.as('unit'),
      'price_dkk as priceDkk',
      'running_cost_dkk_per_year as runningCostDkkPerYear',
      'life_years as lifeYears',
      'price_level_year as priceLevelYear',
      'is_example as isExample',
    ])
    .orderBy('position')
    .execute()
}
