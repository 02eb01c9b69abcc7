import type pg from 'pg'
import type { Db } from 'pg-boss'

function rowsOf(result: pg.QueryResult | pg.QueryResult[]): { rows: unknown[] } {
  // Several statements in one text give one result each.
  return { rows: Array.isArray(result) ? result.flatMap((one) => one.rows) : result.rows }
}

/** Lets the queue use our connections. Statements are unnamed, so they also run where connections share one session. */
export function queueOverPool(pool: pg.Pool): Db {
  return {
    async executeSql(text, values) {
      const client = await pool.connect()
      let broken = false
      try {
        return rowsOf(await (values === undefined ? client.query(text) : client.query(text, values)))
      } catch (error) {
        // A text with BEGIN in it that fails leaves its transaction open; nobody may get the connection like that.
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
  }
}
