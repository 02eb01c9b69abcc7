import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'

// PostgreSQL parses and plans a statement each time it comes, unless it comes by name. A few statements are asked by
// every map again and again with other values; these say so in a comment, and the client sends them by name.

const HOT = '/* hot */ '

/** First thing in a statement of fixed text that is asked very often, and whose best plan does not depend on its values. */
export const hot: RawBuilder<unknown> = sql.raw(HOT)

const names = new Map<string, string>()

/** The same text has the same name in every session; only marked texts are remembered, and those are few. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('base64url')
  names.set(text, name)
  return name
}

/** A class of clients that know hot statements; `byName: false` where several clients share one session. */
export function hotClient(byName: boolean): typeof pg.Client {
  return class extends pg.Client {
    // biome-ignore lint/suspicious/noExplicitAny: pg's overloads, passed on as they are
    override query(...given: any[]): any {
      const [text, values, ...rest] = given
      const isHot = byName && typeof text === 'string' && text.startsWith(HOT)
      return Reflect.apply(super.query, this, isHot ? [{ name: nameOf(text), text, values }, ...rest] : given)
    }
  }
}
