import { Fragment } from 'react'
import type { FrozenAuditor } from '../../server/elections/contract.ts'
import { useTranslation } from '../lib/i18n.ts'

/** Who can open receipts together, and the fingerprints of their keys, which they can confirm to anybody who asks. */
export function VoteAuditors({ auditors }: { auditors: readonly FrozenAuditor[] }) {
  const { t } = useTranslation('elections')
  return (
    <>
      <p>{t('secret.auditors')}</p>
      <dl className="bm-facts">
        {auditors.map(({ position, name, fingerprint }) => (
          <Fragment key={position}>
            <dt>{name}</dt>
            <dd className="bm-vote-sha">
              <code>{fingerprint.match(/.{4}/g)?.join(' ')}</code>
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}
