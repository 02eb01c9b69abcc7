import type { ProjectState } from './contract.ts'

/** What must be known of an idea before a project takes it. */
export interface CandidateIdea {
  ideaId: number
  roundYear: number
  status: string
  /** What was decided of it last. */
  outcome: string | null
  /** The districts it lies in. */
  spansDistricts: readonly string[]
}

export interface IdeaRefusal {
  reason: 'idea-unknown' | 'other-round' | 'idea-withdrawn' | 'idea-not-taken-forward' | 'idea-taken'
  ideaIds: number[]
}

/** Why a project of this year cannot take these ideas, with the ideas meant; null when it can. `taken`: in a project of the district already. */
export function refuseIdeas(
  year: number,
  ideaIds: readonly number[],
  ideas: readonly CandidateIdea[],
  taken: readonly number[],
): IdeaRefusal | null {
  const idsWhere = (is: (idea: CandidateIdea) => boolean) => ideas.filter(is).map(({ ideaId }) => ideaId)
  const known = new Set(ideas.map(({ ideaId }) => ideaId))
  const refusals: IdeaRefusal[] = [
    { reason: 'idea-unknown', ideaIds: ideaIds.filter((id) => !known.has(id)) },
    { reason: 'other-round', ideaIds: idsWhere(({ roundYear }) => roundYear !== year) },
    { reason: 'idea-withdrawn', ideaIds: idsWhere(({ status }) => status === 'withdrawn') },
    { reason: 'idea-not-taken-forward', ideaIds: idsWhere(({ outcome }) => outcome === 'not-taken-forward') },
    { reason: 'idea-taken', ideaIds: ideaIds.filter((id) => taken.includes(id)) },
  ]
  return refusals.find((refusal) => refusal.ideaIds.length > 0) ?? null
}

/** The idea that lends a project its place: the first one that lies in the project's district, wholly or partly; undefined when none does. */
export function choosePlaceIdea<Idea extends CandidateIdea>(districtId: string, ideas: readonly Idea[]): Idea | undefined {
  return ideas.find(({ spansDistricts }) => spansDistricts.includes(districtId))
}

const SLUG_TITLE = 60
const danish: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' }

/** A project's name in addresses, like those of the earlier rounds: `2018-haren-i-aadalen`. */
export function slugOf(year: number, title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[æøå]/g, (letter) => danish[letter] as string)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_TITLE)
    .replaceAll(/^-+|-+$/g, '')
  return `${year}-${words || 'projekt'}`
}

/** Ideas whose author said no to the merge and of which the organiser has not decided: they keep the project off the shortlist. */
export function undecidedRefusals(ideas: readonly { ideaId: number; answer: 'yes' | 'no' | null; keptAt: Date | null }[]): number[] {
  return ideas.filter(({ answer, keptAt }) => answer === 'no' && keptAt === null).map(({ ideaId }) => ideaId)
}

/** What a change of state is called in the project's history; null when nothing changes. */
export function stateEvent(from: ProjectState, to: ProjectState): 'shortlisted' | 'unlisted' | 'withdrawn' | null {
  if (from === to) return null
  return to === 'planned' ? 'unlisted' : to
}
