import type { Adapter, AdapterPayload } from 'oidc-provider'

const MOST_ROWS = 5_000

interface Row {
  payload: AdapterPayload
  expiresAt: number
}

/** The development issuer's memory: gone with the process, and never larger than a few thousand rows. */
export function createDevelopmentStore(): (model: string) => Adapter {
  const rows = new Map<string, Row>()

  const removeOldest = () => {
    for (const [key, row] of rows) {
      if (rows.size < MOST_ROWS && row.expiresAt > Date.now()) return
      rows.delete(key)
    }
  }

  const findBy = (model: string, matches: (payload: AdapterPayload) => boolean) => {
    for (const [key, { payload, expiresAt }] of rows) {
      if (key.startsWith(`${model}:`) && expiresAt > Date.now() && matches(payload)) return payload
    }
    return undefined
  }

  return (model) => ({
    async upsert(id, payload, expiresInS) {
      removeOldest()
      rows.set(`${model}:${id}`, { payload, expiresAt: expiresInS ? Date.now() + expiresInS * 1000 : Number.POSITIVE_INFINITY })
    },
    async find(id) {
      const row = rows.get(`${model}:${id}`)
      return row && row.expiresAt > Date.now() ? row.payload : undefined
    },
    async findByUid(uid) {
      return findBy(model, (payload) => payload.uid === uid)
    },
    async findByUserCode(userCode) {
      return findBy(model, (payload) => payload.userCode === userCode)
    },
    async consume(id) {
      const row = rows.get(`${model}:${id}`)
      if (row) row.payload.consumed = Math.floor(Date.now() / 1000)
    },
    async destroy(id) {
      rows.delete(`${model}:${id}`)
    },
    async revokeByGrantId(grantId) {
      for (const [key, row] of rows) if (row.payload.grantId === grantId) rows.delete(key)
    },
  })
}
