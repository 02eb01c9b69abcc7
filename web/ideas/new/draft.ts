import { IDEA_LIMITS } from '../../../server/ideas/limits.ts'
import type { Category } from '../../../server/kernel/categories.ts'
import type { PlaceGeometry } from '../../../server/kernel/geometry.ts'
import { MAX_VERTICES } from '../../../server/kernel/geometryLimits.ts'

/** Raised when the meaning of a field changes; `migrations` then says how an older draft is read. */
export const DRAFT_VERSION = 2

/** In the order of the form; the record keeps it equal to the server's list. */
const categoryOrder: Record<Category, number> = {
  green: 1,
  play: 2,
  sport: 3,
  art: 4,
  'meeting-place': 5,
  'light-and-safety': 6,
  path: 7,
  other: 8,
}
export const CATEGORY_CHOICES = (Object.keys(categoryOrder) as Category[]).sort((a, b) => categoryOrder[a] - categoryOrder[b])

/** A picture of the draft. Its bytes lie in the browser under `localId` until the server has them as `pictureId`. */
export interface DraftPicture {
  localId: string
  fileName: string
  altText: string
  pictureId: string | null
  /** The alt text the server knows; differs from `altText` when it was changed after the upload. */
  sentAltText: string | null
  /** Picture of an idea that stands already, shown from the server. */
  previewUrl: string | null
}

/** Everything a person wrote, as they wrote it. Amounts stay text until they are sent. */
export interface Draft {
  version: typeof DRAFT_VERSION
  /** Sent as Idempotency-Key: however often this draft is sent, it becomes one idea. */
  idempotencyKey: string
  savedAtMs: number
  geometry: PlaceGeometry | null
  /** Name of the place found by search; shown back, not sent. */
  placeName: string | null
  title: string
  description: string
  category: Category | null
  pictures: DraftPicture[]
  wishedAmount: string
  accessibilityNote: string
  upkeepNote: string
  /** Version of the idea this draft changes; null for a new idea. */
  ideaVersion: number | null
}

export type DraftReading = { ok: true; draft: Draft } | { ok: false; reason: 'not-json' | 'not-a-draft' | 'unknown-version' }

export function emptyDraft(idempotencyKey: string): Draft {
  return {
    version: DRAFT_VERSION,
    idempotencyKey,
    savedAtMs: 0,
    geometry: null,
    placeName: null,
    title: '',
    description: '',
    category: null,
    pictures: [],
    wishedAmount: '',
    accessibilityNote: '',
    upkeepNote: '',
    ideaVersion: null,
  }
}

/** True when nothing would be lost by forgetting the draft. */
export function isEmptyDraft(draft: Draft): boolean {
  const texts = [draft.title, draft.description, draft.wishedAmount, draft.accessibilityNote, draft.upkeepNote]
  return draft.geometry === null && draft.category === null && draft.pictures.length === 0 && texts.every((text) => text.trim() === '')
}

type Loose = Record<string, unknown>

/** How a draft of version n becomes one of n + 1. Version 1 kept the amount as a number and knew no changes of ideas. */
const migrations: Record<number, (old: Loose) => Loose> = {
  1: ({ wishedAmountDkk, ...old }) => ({
    ...old,
    version: 2,
    wishedAmount: typeof wishedAmountDkk === 'number' ? String(wishedAmountDkk) : '',
    ideaVersion: null,
  }),
}

/** Reads what the browser kept. A field that makes no sense is emptied, the rest stays; only what is no draft at all is refused. */
export function readDraft(text: string): DraftReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'not-json' }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { ok: false, reason: 'not-a-draft' }
  let loose = value as Loose
  if (typeof loose.version !== 'number') return { ok: false, reason: 'not-a-draft' }
  for (let migrate = migrations[loose.version]; migrate; migrate = migrations[loose.version as number]) loose = migrate(loose)
  if (loose.version !== DRAFT_VERSION) return { ok: false, reason: 'unknown-version' }
  if (typeof loose.idempotencyKey !== 'string' || loose.idempotencyKey.length < 8) return { ok: false, reason: 'not-a-draft' }
  return { ok: true, draft: cleanDraft(loose, loose.idempotencyKey) }
}

function cleanDraft(loose: Loose, idempotencyKey: string): Draft {
  return {
    version: DRAFT_VERSION,
    idempotencyKey,
    savedAtMs: Number.isFinite(loose.savedAtMs) ? (loose.savedAtMs as number) : 0,
    geometry: isPlaceGeometry(loose.geometry) ? loose.geometry : null,
    placeName: typeof loose.placeName === 'string' ? loose.placeName : null,
    title: textOf(loose.title),
    description: textOf(loose.description),
    category: CATEGORY_CHOICES.find((category) => category === loose.category) ?? null,
    pictures: Array.isArray(loose.pictures) ? loose.pictures.flatMap(cleanPicture).slice(0, IDEA_LIMITS.pictures) : [],
    wishedAmount: textOf(loose.wishedAmount),
    accessibilityNote: textOf(loose.accessibilityNote),
    upkeepNote: textOf(loose.upkeepNote),
    ideaVersion: Number.isInteger(loose.ideaVersion) ? (loose.ideaVersion as number) : null,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function cleanPicture(value: unknown): DraftPicture[] {
  if (value === null || typeof value !== 'object') return []
  const { localId, fileName, altText, pictureId, sentAltText, previewUrl } = value as Loose
  if (typeof localId !== 'string' || localId === '') return []
  return [
    {
      localId,
      fileName: textOf(fileName),
      altText: textOf(altText),
      pictureId: typeof pictureId === 'string' ? pictureId : null,
      sentAltText: typeof sentAltText === 'string' ? sentAltText : null,
      previewUrl: typeof previewUrl === 'string' && previewUrl.startsWith('/') ? previewUrl : null,
    },
  ]
}

function isPosition(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part))
}

function isLine(value: unknown, min: number): boolean {
  return Array.isArray(value) && value.length >= min && value.length <= MAX_VERTICES && value.every(isPosition)
}

function isPlaceGeometry(value: unknown): value is PlaceGeometry {
  if (value === null || typeof value !== 'object') return false
  const { type, coordinates } = value as Loose
  if (type === 'Point') return isPosition(coordinates)
  if (type === 'LineString') return isLine(coordinates, 2)
  return type === 'Polygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every((ring) => isLine(ring, 4))
}
