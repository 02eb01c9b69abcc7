import { useTranslation } from '../../lib/i18n.ts'
import { publishedFiles, type RoundResult } from '../result.api.ts'

/** Everything that is needed to count again without us. */
export function Downloads({ result: { districts, roundYear, setupSha256 } }: { result: RoundResult }) {
  const { t } = useTranslation('result')
  const files = publishedFiles(roundYear)
  return (
    <section className="bm-section" aria-labelledby="files">
      <h2 id="files">{t('files.title')}</h2>
      <p>{t('files.text')}</p>
      <ul className="bm-downloads">
        {districts.map(({ districtId, name, ballotFile }) =>
          districtId === null ? null : (
            <li key={districtId}>
              <strong>{name}</strong>{' '}
              {ballotFile ? (
                <>
                  <a href={ballotFile.url} download={ballotFile.fileName}>
                    {t('files.ballots')}
                  </a>
                  {' · '}
                </>
              ) : null}
              <a href={files.transcript(districtId)} download={`${roundYear}-${districtId}.json`}>
                {t('files.transcript')}
              </a>
              {ballotFile ? <span className="bm-hash">SHA-256 {ballotFile.sha256}</span> : null}
            </li>
          ),
        )}
        <li>
          <a href={files.setup} download={`${roundYear}-setup.json`}>
            {t('files.setup')}
          </a>
          <span className="bm-hash">SHA-256 {setupSha256}</span>
        </li>
        <li>
          <a href={files.receipts} download={`${roundYear}-receipts.json`}>
            {t('files.receipts')}
          </a>
          {' · '}
          <a href={files.log} download={`${roundYear}-log.json`}>
            {t('files.log')}
          </a>
        </li>
      </ul>
    </section>
  )
}
