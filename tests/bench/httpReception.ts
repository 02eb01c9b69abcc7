const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

export interface HttpAnswer {
  readonly status: string
  /** As it came, marks of chunks included. */
  readonly body: Buffer
}

/** Gathers the bytes of one answer of HTTP/1.1 after the other. */
export class Reception {
  #head: Buffer | null = null
  #status = ''
  /** Null while the answer comes in chunks. */
  #expected: number | null = null
  #body: Buffer[] = []
  #bodyBytes = 0

  /** The answer that these bytes complete; null while it goes on. */
  add(chunk: Buffer): HttpAnswer | null {
    const body = this.#status === '' ? this.#readHead(chunk) : chunk
    if (body === null) return null
    this.#body.push(body)
    this.#bodyBytes += body.length
    const isWhole = this.#expected === null ? body.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK) : this.#bodyBytes >= this.#expected
    if (!isWhole) return null
    const answer = { status: this.#status, body: this.#body.length === 1 ? body : Buffer.concat(this.#body) }
    this.#status = ''
    this.#body = []
    this.#bodyBytes = 0
    return answer
  }

  #readHead(chunk: Buffer): Buffer | null {
    const head = this.#head === null ? chunk : Buffer.concat([this.#head, chunk])
    const end = head.indexOf(HEAD_END)
    this.#head = end < 0 ? head : null
    if (end < 0) return null
    const text = head.toString('latin1', 0, end)
    this.#status = text.slice(9, 12)
    const isChunked = /\r\ntransfer-encoding: chunked/i.test(text)
    this.#expected = isChunked ? null : Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0)
    return head.subarray(end + HEAD_END.length)
  }
}
