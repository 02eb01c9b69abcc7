import { useMemo } from 'react'
import { drawLot } from '../../server/allocation/rules/lot.ts'
import { useTranslation } from '../lib/i18n.ts'
import { DistrictChip } from '../ui/DistrictChip.tsx'

interface LotExplainedProps {
  seed: string
  source: string
  districts: readonly { districtId: string; name: string; projects: readonly { projectId: string; title: string }[] }[]
}

/** The lot as anybody can draw it again: the order per district, computed here from the seed, and how to do it elsewhere. */
export function LotExplained({ seed, source, districts }: LotExplainedProps) {
  const { t } = useTranslation('elections')
  const first = districts[0]?.projects[0]?.projectId ?? '2026-et-projekt'
  return (
    <div className="bm-vote-lot">
      <dl className="bm-facts">
        <dt>{t('lot.seed')}</dt>
        <dd className="bm-vote-mono">{seed}</dd>
        <dt>{t('lot.source')}</dt>
        <dd>{source}</dd>
      </dl>
      {districts.map(({ districtId, name, projects }) => (
        <div key={districtId}>
          <h3>
            <DistrictChip districtId={districtId} name={name} />
          </h3>
          <LotOrder seed={seed} projects={projects} />
        </div>
      ))}
      <details className="bm-vote-recompute">
        <summary>{t('lot.recompute')}</summary>
        <p>{t('lot.how')}</p>
        <pre className="bm-vote-code">
          <code>{`printf '%s\\n%s' '${quoted(first)}' '${quoted(seed)}' | sha256sum`}</code>
        </pre>
        <p>{t('lot.sort')}</p>
      </details>
    </div>
  )
}

const quoted = (text: string) => text.replaceAll("'", "'\\''")

function LotOrder({ seed, projects }: { seed: string; projects: LotExplainedProps['districts'][number]['projects'] }) {
  const { t } = useTranslation('elections')
  const order = useMemo(
    () =>
      drawLot(
        projects.map(({ projectId }) => projectId),
        seed,
      ),
    [projects, seed],
  )
  const titles = new Map(projects.map(({ projectId, title }) => [projectId, title]))
  return (
    <ol className="bm-vote-lot-order">
      {order.map(({ projectId, hash }) => (
        <li key={projectId}>
          {titles.get(projectId)} <span className="bm-vote-hash">{t('lot.hash', { hash: hash.slice(0, 12) })}</span>
        </li>
      ))}
    </ol>
  )
}
