import type { BallotKind, Channel, DecidedBy, DistrictSettings } from '../../server/elections/contract.ts'
import type { Translate } from '../lib/translate.ts'

// The server's closed lists in the order the page shows them; each record only compiles when it names exactly its words.
function inOrder<Word extends string>(words: Record<Word, true>): readonly Word[] {
  return Object.keys(words) as Word[]
}

export const BALLOT_KINDS = inOrder<BallotKind>({
  approval: true,
  'approval-limited': true,
  'choose-one': true,
  knapsack: true,
  points: true,
})
export const CHANNELS = inOrder<Channel>({ home: true, code: true, paper: true, 'show-of-hands': true })
export const DECIDED_BY = inOrder<DecidedBy>({ ballots: true, 'knock-out': true, 'agreed-sharing': true })
export const DECISION_RULES = inOrder<DistrictSettings['rule']>({
  greedy_cost: true,
  'greedy_cost-noskip': true,
  'mes_cost+add1u': true,
  'mes_cost+add1': true,
})
export const TIE_ORDERS = inOrder<DistrictSettings['tie']>({ 'min-cost,lot': true, 'min-cost,max-votes,lot': true, lot: true })
export const ELIGIBILITIES = inOrder<DistrictSettings['eligibility']>({ residents: true, roll: true })

export const LEFT_GOES_TO = inOrder<DistrictSettings['leftGoesTo']>({
  'district-next-round': true,
  'all-next-round': true,
  council: true,
})

/** A rule's name as a key of texts: no dots, no signs. */
export function wordKey(word: string): string {
  return word.replaceAll(/[^a-z0-9]+/gi, '-')
}

/** How one district votes, sentence by sentence, for everybody. */
export function ruleSentences(settings: DistrictSettings, t: Translate): { vote: string[]; count: string[] } {
  const { decidedBy, ballotKind, rule, tie, minVotes, remainderOffer, leftGoesTo, channels, eligibility, minAgeHome, minAgeMeeting } =
    settings
  const atHome = channels.includes('home')
  const ways = channels.map((channel) => t(`rules.channel.${channel}`))
  const vote = [
    ...(decidedBy === 'agreed-sharing' ? [] : [t(`rules.ballot.${ballotKind}`, { ...settings })]),
    t(`rules.eligible.${eligibility}`),
    ...(decidedBy === 'agreed-sharing' ? [] : ways),
    ...(atHome && decidedBy === 'ballots' ? [t('rules.ageHome', { age: minAgeHome })] : []),
    t('rules.ageMeeting', { age: minAgeMeeting }),
  ]
  if (decidedBy !== 'ballots') return { vote, count: [t(`rules.decided.${decidedBy}`)] }
  const count = [
    t(`rules.count.${wordKey(rule)}`),
    t(`rules.tie.${wordKey(tie)}`),
    ...(minVotes > 1 ? [t('rules.minVotes', { count: minVotes })] : []),
    ...(remainderOffer ? [t('rules.remainderOffer')] : []),
    // Votes frozen before there was a choice say nothing of it.
    ...(leftGoesTo === undefined ? [] : [t(`rules.left.${leftGoesTo}`)]),
  ]
  return { vote, count }
}
