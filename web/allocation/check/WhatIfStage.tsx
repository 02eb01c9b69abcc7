import type { RuleName } from '../../../server/allocation/rules/ruleNames.ts'
import type { StageRecord } from '../../../server/allocation/rules/transcript.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import { useLanguage, useTranslation } from '../../lib/i18n.ts'
import { Stage } from '../result/CountSteps.tsx'

interface Named {
  titleOf: (projectId: string) => string
}

type StageOf<Kind extends StageRecord['kind']> = Extract<StageRecord, { kind: Kind }>

/** One stage of a count by any rule: besides those a vote may be decided by, the two that are for trying out. */
export function WhatIfStage({ stage, rule, isFirst, titleOf }: { stage: StageRecord; rule: RuleName; isFirst: boolean } & Named) {
  if (stage.kind === 'phragmen') return <PhragmenRounds stage={stage} titleOf={titleOf} />
  if (stage.kind === 'best-set') return <BestSet stage={stage} rule={rule} />
  return <Stage stage={stage} titleOf={titleOf} isFirst={isFirst} />
}

/** Who is bought in which order, and how much each ballot had been given by then. */
function PhragmenRounds({ stage, titleOf }: { stage: StageOf<'phragmen'> } & Named) {
  const { t } = useTranslation('check')
  const language = useLanguage()
  return (
    <div className="bm-tally-rounds">
      <h3>{t('whatIf.phragmen.title')}</h3>
      <p className="bm-fine">{t('whatIf.phragmen.text')}</p>
      {stage.rounds.length === 0 ? <p>{t('whatIf.phragmen.none')}</p> : null}
      <ol>
        {stage.rounds.map(({ round, projectId, time, left }) => (
          <li key={round}>
            <strong lang="da">{titleOf(projectId)}</strong>{' '}
            {t('whatIf.phragmen.bought', { time: formatNumber(time, language, 2), left: formatAmount(left, language) })}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** That all sets were compared, and what the best one sums to. */
function BestSet({ stage: { welfare, isUniqueOptimum }, rule }: { stage: StageOf<'best-set'>; rule: RuleName }) {
  const { t } = useTranslation('check')
  const language = useLanguage()
  const sum =
    rule === 'max_welfare_card'
      ? t('whatIf.bestSet.votes', { count: welfare })
      : t('whatIf.bestSet.votesTimesCost', { welfare: formatNumber(welfare, language) })
  return (
    <div className="bm-tally-rounds">
      <h3>{t('whatIf.bestSet.title')}</h3>
      <p>
        {t('whatIf.bestSet.text')} {sum} {t(isUniqueOptimum ? 'whatIf.bestSet.only' : 'whatIf.bestSet.several')}
      </p>
    </div>
  )
}
