import type { Check, Checklist, ElectionSettings, FrozenAuditor, OpenPoint, Preparation } from '../contract.ts'
import { type DraftDistrictSettings, settingsOf } from './settings.ts'

/** Auditors whose keys seal the receipts. */
export const AUDITORS = 2

export interface DistrictFacts {
  districtId: string
  name: string
  shareDkk: number | null
  openConflicts: number
  /** People on its roll; null without one. */
  rollSize: number | null
}

/** Everything that decides whether a set-up can be frozen. */
export interface ElectionFacts {
  settings: ElectionSettings
  lot: { seed: string; source: string } | null
  districts: readonly DistrictFacts[]
  preparations: readonly Preparation[]
  auditors: readonly FrozenAuditor[]
  /** Whether the sign-in tells the number by which the door knows the same person. */
  tellsNumber: boolean
}

interface Part extends DistrictFacts {
  settings: DraftDistrictSettings
  preparations: readonly Preparation[]
}

/** The districts that have something to vote on, each with its projects. */
export function takingPart({ settings, districts, preparations }: Omit<ElectionFacts, 'lot' | 'auditors' | 'tellsNumber'>): Part[] {
  return districts
    .map((district) => ({
      ...district,
      settings: settingsOf(settings, district.districtId),
      preparations: preparations.filter(({ districtId }) => districtId === district.districtId),
    }))
    .filter((part) => part.preparations.length > 0)
}

const NOWHERE: OpenPoint = { districtId: null, projectId: null, ideaId: null, count: null }
const inDistrict = ({ districtId }: Part, count: number | null = null): OpenPoint => ({ ...NOWHERE, districtId, count })
const ofProject = ({ projectId, districtId }: Preparation): OpenPoint => ({ ...NOWHERE, districtId, projectId })

/** Ways a ballot gets into the box; hands are counted at the meeting. */
const BOX_CHANNELS = ['home', 'code', 'paper'] as const

/** Whether a district's channels can carry what decides its money. */
function hasChannels({ decidedBy, channels }: DraftDistrictSettings): boolean {
  if (decidedBy === 'agreed-sharing') return true
  // Who sits at home is in no round of the meeting.
  if (decidedBy === 'knock-out') return !channels.includes('home')
  return BOX_CHANNELS.some((channel) => channels.includes(channel)) && !channels.includes('show-of-hands')
}

/** Whether the door can know who votes at home: by the number both of them are told. */
function isOnePerson({ decidedBy, eligibility, channels }: DraftDistrictSettings, tellsNumber: boolean): boolean {
  const isAtTheDoor = decidedBy !== 'agreed-sharing' && channels.some((channel) => channel !== 'home')
  return tellsNumber || !isAtTheDoor || !(eligibility === 'roll' || channels.includes('home'))
}

/** Whether ballot and rule fit together. */
function hasBallot({ decidedBy, ballotKind, points, pointsPerProject }: DraftDistrictSettings): boolean {
  if (decidedBy === 'agreed-sharing') return true
  if (decidedBy === 'knock-out') return ballotKind === 'choose-one'
  return ballotKind !== 'points' || pointsPerProject <= points
}

function hasTimes({ opensAt, closesAt }: DraftDistrictSettings, now: Date): boolean {
  if (opensAt === null || closesAt === null) return false
  return now.getTime() < Date.parse(opensAt) && Date.parse(opensAt) < Date.parse(closesAt)
}

function unassessed(preparation: Preparation): OpenPoint[] {
  if (preparation.ideas.length === 0) return [ofProject(preparation)]
  return preparation.ideas.filter(({ isFeasible }) => !isFeasible).map(({ ideaId }) => ({ ...ofProject(preparation), ideaId }))
}

/** What is missing before the set-up can be frozen, point by point; every point without an open one is done. */
export function checklistOf(facts: ElectionFacts, now: Date): Checklist {
  const parts = takingPart(facts)
  const all = parts.flatMap(({ preparations }) => preparations)
  const partsWhere = (isOpen: (part: Part) => boolean) => parts.filter(isOpen).map((part) => inDistrict(part))
  const unless = (isDone: boolean, count: number | null = null) => (isDone ? [] : [{ ...NOWHERE, count }])
  const tooDear = ({ shareDkk, preparations }: Part) =>
    preparations.filter(({ prepared }) => prepared !== null && prepared.costDkk > (shareDkk ?? 0)).map(ofProject)
  const open: Record<Check, OpenPoint[]> = {
    shares: partsWhere(({ shareDkk }) => shareDkk === null || shareDkk === 0),
    projects: unless(parts.length > 0),
    assessed: all.flatMap(unassessed),
    prepared: all.filter(({ prepared }) => prepared === null).map(ofProject),
    'within-share': parts.flatMap(tooDear),
    conflicts: parts.filter(({ openConflicts }) => openConflicts > 0).map((part) => inDistrict(part, part.openConflicts)),
    texts: unless(facts.settings.introDa !== null),
    times: parts.length === 0 ? unless(hasTimes(facts.settings, now)) : partsWhere(({ settings }) => !hasTimes(settings, now)),
    channels: partsWhere(({ settings }) => !hasChannels(settings)),
    ballot: partsWhere(({ settings }) => !hasBallot(settings)),
    roll: partsWhere(({ settings, rollSize }) => settings.eligibility === 'roll' && !rollSize),
    'one-ballot': partsWhere(({ settings }) => !isOnePerson(settings, facts.tellsNumber)),
    lot: unless(facts.lot !== null),
    auditors: unless(facts.auditors.length >= AUDITORS, facts.auditors.length),
  }
  return Object.entries(open).map(([check, points]) => ({ check: check as Check, open: points }))
}

/** Whether nothing is open. */
export function isReady(checklist: Checklist): boolean {
  return checklist.every(({ open }) => open.length === 0)
}
