import { commonProblem } from '../kernel/problem.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { SessionPerson } from '../platform/http/environment.ts'
import {
  type ConstraintCatalogue,
  type ConstraintLayer,
  constraintProblem,
  type LayerChange,
  type LayerData,
  type LayerVersion,
} from './contract.ts'
import {
  insertVersion,
  type LayerRow,
  type LayerVersionRow,
  lockVersions,
  selectCatalogueVersion,
  selectLayers,
  selectLayerVersions,
} from './queries.ts'
import { changedLayer, knownFailure, layerStatusOf } from './rules.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** A layer without its data: what the rule says and means. */
export type LayerRule = Omit<ConstraintLayer, 'data'>

function toTexts(row: Pick<LayerRow, 'citizen_text_da' | 'citizen_text_en' | 'planner_text_da' | 'planner_text_en'>) {
  return {
    citizenText: { da: row.citizen_text_da, en: row.citizen_text_en },
    plannerText: { da: row.planner_text_da, en: row.planner_text_en },
  }
}

function toRule(row: LayerRow): LayerRule {
  const { dataset, service, layer, note } = row.source
  return {
    layerId: row.layerId,
    layerNumber: row.layerNumber,
    workOrder: row.workOrder,
    name: { da: row.name_da, en: row.name_en },
    law: { da: row.law_da, en: row.law_en },
    lawUrl: row.lawUrl,
    rule: { da: row.rule_da, en: row.rule_en },
    authority: { da: row.authority_da, en: row.authority_en },
    waitingWeeks: row.waitingWeeks,
    isMapped: row.isMapped,
    relation: row.relation,
    distanceM: row.distanceM,
    warnM: row.warnM,
    needsCoverage: row.needsCoverage,
    staleAfterDays: row.staleAfterDays,
    isShareable: row.isShareable,
    attribution: row.attribution,
    source: { dataset, service, layer, note },
    verification: row.verification,
    severities: row.severities,
    ...toTexts(row),
    version: row.version,
  }
}

function toData(row: LayerRow, now: Date): LayerData {
  const { loadedAt, datasetDate, staleAfterDays, failureKind, failureDetail } = row
  return {
    status: layerStatusOf({ loadedAt, datasetDate, staleAfterDays, hasFailed: failureKind !== null }, now),
    datasetDate,
    loadedAt: loadedAt?.toISOString() ?? null,
    featureCount: row.featureCount,
    source: row.datasetSource,
    isDemo: row.isDemo ?? false,
    checksum: row.checksum,
    attemptedAt: row.attemptedAt?.toISOString() ?? null,
    failure: failureKind === null ? null : { kind: knownFailure(failureKind), detail: failureDetail ?? '' },
  }
}

/** The whole catalogue as it is now, with the status of every layer's data. */
export async function readCatalogue(db: Database, clock: Clock): Promise<ConstraintCatalogue> {
  const catalogueVersion = await selectCatalogueVersion(db)
  const now = clock.now()
  const rows = await selectLayers(db, catalogueVersion)
  return { catalogueVersion, items: rows.map((row) => ({ ...toRule(row), data: toData(row, now) })) }
}

/**
 * Severities and texts as they were at a version of the catalogue; layers that came later are not in it. Names, laws and
 * distances are the program's and those of today.
 */
export async function readCatalogueAt(db: Database, catalogueVersion: number): Promise<{ catalogueVersion: number; items: LayerRule[] }> {
  return { catalogueVersion, items: (await selectLayers(db, catalogueVersion)).map(toRule) }
}

/** One layer as it is now. @errors Problem `not-found` */
async function readLayer({ db, clock }: Reading, layerId: string): Promise<ConstraintLayer> {
  const { items } = await readCatalogue(db, clock)
  const layer = items.find((item) => item.layerId === layerId)
  if (layer === undefined) throw commonProblem('not-found')
  return layer
}

function toVersion({ version, severities, editorName, editedAt, reason, ...row }: LayerVersionRow): LayerVersion {
  return { version, severities, ...toTexts(row), editorName, editedAt: editedAt.toISOString(), reason }
}

/** Every version of a layer, newest first: who, when and why. @errors Problem `not-found` */
export async function readLayerVersions(db: Database, layerId: string): Promise<LayerVersion[]> {
  const rows = await selectLayerVersions(db, layerId)
  if (rows.length === 0) throw commonProblem('not-found')
  return rows.map(toVersion)
}

/**
 * Adds a version with the sent parts changed. Of changes from the same version exactly one wins.
 * @errors Problem `not-found`, `layer-edit-conflict` with `current` and `yours`, `nothing-changed`
 */
export function changeLayer(deps: Reading, person: SessionPerson, layerId: string, sent: LayerChange): Promise<ConstraintLayer> {
  return deps.db.transaction().execute(async (trx) => {
    await lockVersions(trx)
    const reading = { db: trx, clock: deps.clock }
    const current = await readLayer(reading, layerId)
    if (current.version !== sent.version) throw constraintProblem('layer-edit-conflict', { extra: { current, yours: sent } })
    const changed = changedLayer(current, sent)
    if (changed === null) throw constraintProblem('nothing-changed')
    const { personId: editedBy, displayName: editorName } = person
    await insertVersion(trx, { layerId, ...changed, editedBy, editorName, reason: sent.reason, editedAt: deps.clock.now() })
    return readLayer(reading, layerId)
  })
}
