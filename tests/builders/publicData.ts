import { replaceLayerData } from '../../server/constraints/import.ts'
import type { Database } from '../../server/platform/db/connect.ts'
import { insertIdeas } from './ideaRows.ts'
import { buildRound } from './round.ts'

const square = (east: number, north: number, side: number) => [
  [
    [east, north],
    [east + side, north],
    [east + side, north + side],
    [east, north + side],
    [east, north],
  ],
]

/** Features of a layer in storage coordinates, as a load would put them there. */
export async function fillLayer(
  db: Database,
  layerId: string,
  labels: readonly string[],
  sourceKind: 'file' | 'demo' = 'file',
): Promise<void> {
  const features = labels.map((label, index) => ({
    sourceId: `${layerId}-${index}`,
    label,
    applies: true,
    properties: { note: `${label} (kun til sagen)` },
    geometry: { type: 'Polygon', coordinates: square(711_000 + 200 * index, 6_181_000, 100) },
  }))
  const dataset = {
    layerId,
    source: 'Prøvedata',
    sourceKind,
    datasetDate: '2026-03-01',
    loadedAt: new Date('2026-05-01T10:00:00Z'),
    checksum: 'prøve',
    report: {},
  }
  await db.transaction().execute((trx) => replaceLayerData(trx, dataset, features))
}

export interface PublicData {
  /** Numbers of ideas that are shown: points, a line, an area. */
  shown: number[]
  hidden: number
  withdrawn: number
}

/** An assessment of an idea, with a note inside the house and a public sentence. */
async function insertAssessment(db: Database, ideaId: number, isDecided: boolean): Promise<void> {
  const at = new Date('2026-05-02T10:00:00Z')
  const { assessment_id } = await db
    .insertInto('assessment')
    .values({
      idea_id: ideaId,
      occasion: 'first',
      idea_version: 1,
      contingency_percent: 10,
      running_years: 10,
      outcome: 'feasible',
      created_at: at,
      updated_at: at,
    })
    .returning('assessment_id')
    .executeTakeFirstOrThrow()
  const answer = { question_id: 'soil', answer: 'yes', note: 'Kun for huset: kun for huset', public_text: 'Jorden er ren.' }
  await db
    .insertInto('assessment_answer')
    .values({ assessment_id, ...answer, author_may_correct: false, is_prefilled: false })
    .execute()
  if (!isDecided) return
  await db
    .updateTable('assessment')
    .set({ state: 'decided', submitted_at: at, decided_at: at })
    .where('assessment_id', '=', assessment_id)
    .execute()
}

/** A round of 2026 with ideas of every shape, some of them not public, and two layers of law, one of which may not be shared. */
export async function buildPublicData(db: Database, points = 9): Promise<PublicData> {
  await buildRound(db, { year: 2026 })
  const many = Array.from({ length: points }, (_item, index) => ({
    title: `Punkt ${index}`,
    wkt: `POINT(${711_000 + 37.1234 * index} ${6_181_000.5 + 11.5 * index})`,
    category: index % 3 === 0 ? 'play' : 'green',
  }))
  const ids = await insertIdeas(db, [
    ...many,
    { title: 'Linje', wkt: 'LINESTRING(711000 6181000, 711050.25 6181033.5, 711100 6181000)', category: 'path' },
    { title: 'Flade', wkt: 'POLYGON((711200 6181200, 711200 6181260, 711260 6181260, 711260 6181200, 711200 6181200))', category: 'green' },
    { title: 'Skjult idé', wkt: 'POINT(711010 6181010)', status: 'hidden' },
    { title: 'Trukket idé', wkt: 'POINT(711020 6181020)', status: 'withdrawn' },
  ])
  await insertAssessment(db, ids[0] as number, true)
  await insertAssessment(db, ids[1] as number, false)
  await fillLayer(db, 'par3', ['Mose ved Tueholm', 'Sø'])
  await fillLayer(db, 'ejerskab', ['Matrikel 7a'])
  return { shown: ids.slice(0, points + 2), hidden: ids.at(-2) as number, withdrawn: ids.at(-1) as number }
}
