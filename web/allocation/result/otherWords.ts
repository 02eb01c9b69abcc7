import type { Translate } from '../../lib/translate.ts'
import type { DistrictResult } from '../result.api.ts'

/** Words of which some are put otherwise: the text under `part` where there is one, else the usual. */
export function otherWords(t: Translate, part: string): Translate {
  return (key, values) => {
    const own = t(`${part}.${key}`, values)
    return own === `${part}.${key}` ? t(key, values) : own
  }
}

/** The words a district is told in: where ballots gave points, what is summed is points and not votes. */
export function wordsOf({ decidedBy, ballotKind }: Pick<DistrictResult, 'decidedBy' | 'ballotKind'>, t: Translate): Translate {
  return decidedBy === 'ballots' && ballotKind === 'points' ? otherWords(t, 'points') : t
}
