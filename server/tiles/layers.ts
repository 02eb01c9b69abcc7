import type { TileCollection } from './contract.ts'

export interface TileLayer {
  readonly description: string
  /** Properties of a feature with what they say; the order is that of the columns. */
  readonly fields: Readonly<Record<string, string>>
  /** Column that becomes the feature's numeric id; text ids stay properties (`promoteId` in MapLibre). */
  readonly featureId: string | null
}

const place = { title: 'Title', category: 'What it is about', district_id: 'District it lies in' }

/** What each tile collection carries: read by the statements, the TileJSON and the tests. */
export const TILE_LAYERS: Readonly<Record<TileCollection, TileLayer>> = {
  districts: {
    description: 'Outlines of the districts in force',
    fields: { district_id: 'Id of the district', name: 'Name' },
    featureId: null,
  },
  ideas: {
    description: 'Ideas of citizens, without withdrawn ones',
    fields: {
      idea_id: 'Number of the idea',
      ...place,
      status: 'submitted',
      round_year: 'Year of the round',
      wished_amount_dkk: 'Wished amount in whole kroner, absent when not given',
      point_count: 'How many ideas this one stands for; more than 1 only below zoom 12',
    },
    featureId: 'idea_id',
  },
  projects: {
    description: 'Projects that districts voted on',
    fields: {
      project_id: 'Id of the project',
      ...place,
      round_year: 'Year of the round',
      outcome: 'won, lost or unknown',
      awarded_dkk: 'Award in whole kroner, absent when unknown',
      position_accuracy: 'exact or approximate',
    },
    featureId: null,
  },
  installations: {
    description: 'Finished installations',
    fields: {
      installation_id: 'Id of the installation',
      ...place,
      opened_year: 'Year of the opening',
      total_cost_dkk: 'Total cost in whole kroner, absent when unknown',
      position_accuracy: 'exact or approximate',
    },
    featureId: null,
  },
}

/** What the tiles of one constraint layer carry. How hard a rule bites depends on the kind of installation, so it is not here. */
export const CONSTRAINT_TILE: TileLayer = {
  description: 'Where a rule of law about places holds',
  fields: {
    constraint_feature_id: 'Number of the feature until the layer is loaded again',
    layer_id: 'Id of the constraint layer',
    label: 'What it is; absent where its publisher does not allow passing it on',
    applies: 'False: belongs to what the layer covers, but the rule does not hold there',
    is_demo: 'True: invented example data, not real',
  },
  featureId: 'constraint_feature_id',
}
