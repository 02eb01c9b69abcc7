import type { Idea, IdeaChange, NewIdea } from '../../../server/ideas/contract.ts'
import { readAmount } from './amount.ts'
import { DRAFT_VERSION, type Draft, type DraftPicture } from './draft.ts'

function noteOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

/** What is sent of a complete draft whose pictures the server has. `null` when something required is missing. */
export function bodyOf(draft: Draft): NewIdea | null {
  const amount = readAmount(draft.wishedAmount)
  if (draft.geometry === null || draft.category === null || !amount.ok) return null
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    category: draft.category,
    geometry: draft.geometry,
    wishedAmountDkk: amount.amountDkk,
    accessibilityNote: noteOrNull(draft.accessibilityNote),
    upkeepNote: noteOrNull(draft.upkeepNote),
    pictureIds: draft.pictures.flatMap(({ pictureId }) => (pictureId === null ? [] : [pictureId])),
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function fieldsOf(idea: Idea): NewIdea {
  const { title, description, category, geometry, wishedAmountDkk, accessibilityNote, upkeepNote, pictures } = idea
  const pictureIds = pictures.map(({ pictureId }) => pictureId)
  return { title, description, category, geometry, wishedAmountDkk, accessibilityNote, upkeepNote, pictureIds }
}

/** The fields in which two versions of an idea differ. */
export function differingFields(one: NewIdea, other: Idea): (keyof NewIdea)[] {
  const fields = fieldsOf(other)
  return (Object.keys(fields) as (keyof NewIdea)[]).filter((field) => !isSame(one[field], fields[field]))
}

/** Only what differs from the idea as it was opened, with the version the draft began from. */
export function changeOf(draft: Draft, body: NewIdea, opened: Idea): IdeaChange {
  const changed = differingFields(body, opened).map((field) => [field, body[field]])
  return { ...Object.fromEntries(changed), version: draft.ideaVersion ?? opened.version }
}

function pictureOf(picture: Idea['pictures'][number]): DraftPicture {
  return {
    localId: picture.pictureId,
    fileName: '',
    altText: picture.altText,
    pictureId: picture.pictureId,
    sentAltText: picture.altText,
    previewUrl: picture.variants.find(({ format }) => format === 'webp')?.url ?? null,
  }
}

/** The draft a person starts from when changing an idea. */
export function draftOfIdea(idea: Idea): Draft {
  return {
    version: DRAFT_VERSION,
    idempotencyKey: `change-${idea.ideaId}`,
    savedAtMs: 0,
    geometry: idea.geometry,
    placeName: null,
    title: idea.title,
    description: idea.description,
    category: idea.category,
    pictures: idea.pictures.map(pictureOf),
    wishedAmount: idea.wishedAmountDkk === null ? '' : String(idea.wishedAmountDkk),
    accessibilityNote: idea.accessibilityNote ?? '',
    upkeepNote: idea.upkeepNote ?? '',
    ideaVersion: idea.version,
  }
}
