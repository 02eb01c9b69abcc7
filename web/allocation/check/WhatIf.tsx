import { useId, useRef, useState } from 'react'
import { RULE_NAMES, type RuleName } from '../../../server/allocation/rules/ruleNames.ts'
import { announce } from '../../lib/announce.ts'
import { useTranslation } from '../../lib/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import type { RoundResult } from '../result.api.ts'
import { useWhatIf, type WhatIfSource } from './useWhatIf.ts'
import { WhatIfOutcome } from './WhatIfOutcome.tsx'

/** Rules that a reader is shown first; the others follow for those who know them. */
const FIRST_RULES: readonly RuleName[] = [
  'greedy_cost',
  'greedy_cost-noskip',
  'mes_cost+add1u',
  'mes_cost+add1',
  'mes_card+add1u',
  'phragmen',
]
const LARGEST_FILE = 20_000_000

/** "What if": the published ballots or a file of one's own, counted by a rule of one's choice. Never the result. */
export function WhatIf({ result }: { result: RoundResult }) {
  const { t } = useTranslation('check')
  const withFile = result.districts.filter(({ ballotFile }) => ballotFile !== null)
  const [source, setSource] = useState<WhatIfSource | null>(() => {
    const first = withFile[0]?.districtId
    return first ? { kind: 'district', districtId: first } : null
  })
  const [rule, setRule] = useState<RuleName>('mes_cost+add1u')
  const { state, count, cancel } = useWhatIf(result)
  const ruleId = useId()
  const sourceId = useId()
  return (
    <section className="bm-section" aria-labelledby="what-if">
      <h2 id="what-if">{t('whatIf.title')}</h2>
      <p>{t('whatIf.text')}</p>
      <div className="bm-what-if">
        <label className="bm-tool-field" htmlFor={sourceId}>
          <span>{t('whatIf.source')}</span>
          <select
            id={sourceId}
            className="bm-select"
            value={source?.kind === 'district' ? source.districtId : source?.kind === 'own' ? 'own' : ''}
            onChange={(event) => event.target.value !== 'own' && setSource({ kind: 'district', districtId: event.target.value })}
          >
            {withFile.map(({ districtId, name }) => (
              <option key={districtId} value={districtId ?? ''}>
                {name}
              </option>
            ))}
            {source?.kind === 'own' ? <option value="own">{source.name}</option> : null}
            {source === null ? <option value="">{t('whatIf.noSource')}</option> : null}
          </select>
        </label>
        <OwnFile onFile={(name, text) => setSource({ kind: 'own', name, text })} />
        <label className="bm-tool-field" htmlFor={ruleId}>
          <span>{t('whatIf.rule')}</span>
          <select id={ruleId} className="bm-select" value={rule} onChange={(event) => setRule(event.target.value as RuleName)}>
            {[...FIRST_RULES, ...RULE_NAMES.filter((name) => !FIRST_RULES.includes(name))].map((name) => (
              <option key={name} value={name}>
                {t(`ruleName.${name}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="bm-detail-actions">
        {state.kind === 'counting' ? (
          <>
            <Button onClick={cancel}>{t('cancel')}</Button>
            <span role="status">
              {t('whatIf.counting', { increments: state.progress?.kind === 'raising' ? state.progress.increments : 0 })}
            </span>
          </>
        ) : (
          <Button look="main" disabled={source === null} onClick={() => source && void count(source, rule)}>
            {t('whatIf.count')}
          </Button>
        )}
      </p>
      {state.kind === 'failed' ? <ErrorState error={state.error} /> : null}
      {state.kind === 'done' ? <WhatIfOutcome answer={state.answer} title={state.title} /> : null}
    </section>
  )
}

function OwnFile({ onFile }: { onFile: (name: string, text: string) => void }) {
  const { t } = useTranslation('check')
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isTooLarge, setIsTooLarge] = useState(false)
  async function read(file: File | undefined) {
    if (file === undefined) return
    setIsTooLarge(file.size > LARGEST_FILE)
    if (file.size > LARGEST_FILE) return
    onFile(file.name, await file.text())
    announce(t('whatIf.chosen', { name: file.name }))
  }
  return (
    <div className="bm-tool-field">
      <label htmlFor={id}>{t('whatIf.own')}</label>
      <input id={id} ref={input} type="file" accept=".pb,text/plain" onChange={(event) => void read(event.target.files?.[0])} />
      <span className="bm-fine">{isTooLarge ? t('whatIf.tooLarge') : t('whatIf.ownText')}</span>
    </div>
  )
}
