import { createHash } from 'node:crypto'
import type { Database } from '../platform/db/connect.ts'
import { mendGeometries } from '../platform/vectorFile/mendGeometries.ts'
import type { VectorFeature } from '../platform/vectorFile/vectorFileTypes.ts'
import type { AttributeMapping } from './catalogueFile.ts'
import type { LayerFeature } from './import.ts'
import { deleteStaged, type InvalidGeometry, selectInvalid, stageFeatures, updateMended } from './importStaging.ts'
import { LoadFailure, takenOver } from './loadFailure.ts'
import { type Box, cleanGeometry } from './loadingGeometry.ts'
import { touchLoad } from './loadingQueries.ts'
import { dayIn, type LoadCounts, MAX_VERTICES, mapAttributes, missingAttributes, whereaboutsOf } from './loadingRules.ts'
import type { Say } from './sources/featureSource.ts'

const BATCH_FEATURES = 1_000
const BATCH_VERTICES = 60_000
const PROGRESS_EVERY = 10_000
const CHECKED_AT_ONCE = 5_000
const MENDED_AT_ONCE = 2_000
const MENDING_MS = 5 * 60_000
const FOREIGN_KEY_VIOLATION = '23503'
const MAX_FEATURES = 3_000_000

interface StagingOptions {
  db: Database
  loadId: string
  municipality: Box
  say: Say
}

/** Puts features into the staging table batch by batch and remembers what the report will say of them. */
export class Staging {
  readonly counts: Omit<LoadCounts, 'before'> = { read: 0, empty: 0, near: 0, far: 0, swapped: 0, nowhere: 0 }
  stagedCount = 0
  latestDay: string | null = null
  private readonly options: StagingOptions
  private readonly hash = createHash('sha256')
  private readonly missing = new Map<string, number>()
  private readonly mended = { count: 0, areaChangedM2: 0, largestChangeM2: 0, repairedRings: 0, collections: 0, gone: 0 }
  private batch: LayerFeature[] = []
  private batchVertices = 0
  private nextOrdinal = 0
  private last: VectorFeature | null = null

  constructor(options: StagingOptions) {
    this.options = options
  }

  get checksum(): string {
    return this.hash.copy().digest('hex')
  }

  get report(): Record<string, unknown> {
    const { read, empty, far } = this.counts
    return {
      read,
      kept: this.stagedCount,
      empty,
      farAway: far,
      mended: this.mended.count + this.mended.repairedRings,
      areaChangedM2: Math.round(this.mended.areaChangedM2 * 1000) / 1000,
      largestChangeM2: Math.round(this.mended.largestChangeM2 * 1000) / 1000,
      reducedCollections: this.mended.collections,
      vanishedWhenMended: this.mended.gone,
      missingAttributes: [...this.missing.keys()],
    }
  }

  /** Takes features one after the other, no faster than the database. @errors LoadFailure */
  async take(features: AsyncIterable<VectorFeature>, mapping: AttributeMapping, isByHand: boolean): Promise<void> {
    const before = this.counts.read
    this.missing.clear()
    for await (const feature of features) {
      this.counts.read += 1
      this.last = feature
      if (this.counts.read > MAX_FEATURES) throw new LoadFailure('too-large', `There are more than ${MAX_FEATURES} features.`)
      for (const name of missingAttributes(feature, mapping)) this.missing.set(name, (this.missing.get(name) ?? 0) + 1)
      this.add(feature, mapping)
      if (this.batch.length >= BATCH_FEATURES || this.batchVertices >= BATCH_VERTICES) await this.flush()
      if (this.counts.read % PROGRESS_EVERY === 0) this.options.say(`  ${this.counts.read.toLocaleString('en')} features read …`)
    }
    await this.flush()
    this.checkAttributes(this.counts.read - before, mapping, isByHand)
  }

  /** An attribute no feature has was mistyped or renamed. Whether the rule bites must not hang on it. */
  private checkAttributes(readCount: number, mapping: AttributeMapping, isByHand: boolean): void {
    const absent = [...this.missing].filter(([, count]) => readCount > 0 && count === readCount).map(([name]) => name)
    for (const name of this.missing.keys()) if (!absent.includes(name)) this.missing.delete(name)
    const decisive = absent.filter((name) => isByHand || name === mapping.appliesWhen?.attribute)
    if (decisive.length === 0) return
    const has = Object.keys(this.last?.properties ?? {})
      .slice(0, 30)
      .join(', ')
    throw new LoadFailure('attribute-missing', `No feature has the attribute "${decisive.join('", "')}". They have: ${has || 'none'}.`)
  }

  private add(feature: VectorFeature, mapping: AttributeMapping): void {
    const clean = cleanGeometry(feature.geometry)
    if (clean === null) {
      this.counts.empty += 1
      return
    }
    const where = whereaboutsOf(clean.bounds, this.options.municipality)
    this.counts[where] += 1
    if (where !== 'near') return
    const attributes = mapAttributes(feature, mapping)
    if (clean.vertexCount > MAX_VERTICES) {
      const name = attributes.label ?? attributes.sourceId ?? `number ${this.counts.read}`
      throw new LoadFailure(
        'too-detailed',
        `The feature "${name}" has ${clean.vertexCount.toLocaleString('en')} corners; at most ${MAX_VERTICES.toLocaleString('en')} can be checked quickly. Simplify its outline first, or split it.`,
      )
    }
    if (clean.isRepaired) this.mended.repairedRings += 1
    if (clean.wasCollection) this.mended.collections += 1
    const day = dayIn(feature, mapping.datasetDate)
    if (day !== null && (this.latestDay === null || day > this.latestDay)) this.latestDay = day
    const row = { ...attributes, geometry: clean.geometry }
    this.hash.update(JSON.stringify(row))
    this.batch.push(row)
    this.batchVertices += clean.vertexCount
  }

  private async flush(): Promise<void> {
    if (this.batch.length === 0) return
    const { db, loadId } = this.options
    await stageFeatures(db, loadId, this.nextOrdinal, this.batch).catch((error) => {
      // Staged features hang on their load: without it they find no place.
      throw (error as { code?: string }).code === FOREIGN_KEY_VIOLATION ? takenOver() : error
    })
    this.nextOrdinal += this.batch.length
    this.stagedCount += this.batch.length
    this.batch = []
    this.batchVertices = 0
    if (!(await touchLoad(db, loadId, this.stagedCount))) throw takenOver()
  }

  /** Mends what is not valid and counts by how much its area changed. @errors LoadFailure `not-mendable` */
  async mend(): Promise<void> {
    const { db, loadId, say } = this.options
    let waiting: InvalidGeometry[] = []
    for (let from = 0; from < this.nextOrdinal; from += CHECKED_AT_ONCE) {
      waiting.push(...(await selectInvalid(db, loadId, from, from + CHECKED_AT_ONCE)))
      const isLast = from + CHECKED_AT_ONCE >= this.nextOrdinal
      // Starting GDAL takes a second: few starts for many geometries.
      if (waiting.length >= MENDED_AT_ONCE || (isLast && waiting.length > 0)) {
        await this.mendSome(waiting)
        waiting = []
      }
      await touchLoad(db, loadId, this.stagedCount)
    }
    if (this.mended.count > 0)
      say(`  ${this.mended.count} geometries were not valid and were mended; their area changed by ${this.report.areaChangedM2} m².`)
  }

  private async mendSome(invalid: readonly InvalidGeometry[]): Promise<void> {
    const { db, loadId } = this.options
    const mended = await mendGeometries(
      invalid.map(({ geometry }) => geometry),
      MENDING_MS,
    ).catch(() => null)
    if (mended === null)
      throw new LoadFailure(
        'not-mendable',
        `${invalid.length} geometries are not valid, and mending them takes too long. Mend them in QGIS and load the file again.`,
      )
    for (const [index, { ordinal, areaM2, dimension }] of invalid.entries()) {
      const clean = cleanGeometry(mended[index] ?? null)
      // An area without extent becomes a line or nothing: neither is what was meant.
      if (clean === null || (dimension === 2 && !clean.geometry.type.endsWith('Polygon'))) {
        await deleteStaged(db, loadId, ordinal)
        this.stagedCount -= 1
        this.mended.gone += 1
        continue
      }
      const now = await updateMended(db, loadId, ordinal, clean.geometry)
      if (!now.isValid)
        throw new LoadFailure(
          'not-mendable',
          `Feature number ${ordinal + 1} is not valid and cannot be mended. Mend it in QGIS and load the file again.`,
        )
      const changeM2 = Math.abs(now.areaM2 - areaM2)
      this.mended.count += 1
      this.mended.areaChangedM2 += changeM2
      this.mended.largestChangeM2 = Math.max(this.mended.largestChangeM2, changeM2)
    }
  }
}
