import type { Election } from '../../server/elections/contract.ts'
import { useTranslation } from '../lib/i18n.ts'

interface SetupProofProps {
  year: number
  sha256: string
  logHead: Election['logHead']
}

/** The hash of the frozen set-up, how to compute it again, and how far the log has come. */
export function SetupProof({ year, sha256, logHead }: SetupProofProps) {
  const { t } = useTranslation('elections')
  const path = `/api/rounds/${year}/election/setup.json`
  return (
    <div className="bm-vote-proof">
      <p>{t('proof.text')}</p>
      <p className="bm-vote-sha">
        <span className="bm-fine">SHA-256</span> <code>{sha256}</code>
      </p>
      <p>
        <a href={path}>{t('proof.file')}</a>
      </p>
      <details className="bm-vote-recompute">
        <summary>{t('proof.recompute')}</summary>
        <pre className="bm-vote-code">
          <code>{`curl -s ${window.location.origin}${path} | sha256sum`}</code>
        </pre>
      </details>
      {logHead === null ? null : (
        <p className="bm-fine bm-vote-sha">
          {t('proof.logHead', { number: logHead.entryNumber })} <code>{logHead.entryHash}</code>
        </p>
      )}
    </div>
  )
}
