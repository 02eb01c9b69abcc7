/** Keeps what was used last, up to a number of bytes. */
export class ByteCache<Value extends { readonly byteCount: number }> {
  readonly #entries = new Map<string, Value>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get byteCount(): number {
    return this.#bytes
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    // A Map remembers the order of insertion: taken out and put back, it is the youngest.
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.#remove(key)
    if (value.byteCount > this.#maxBytes) return
    this.#entries.set(key, value)
    this.#bytes += value.byteCount
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.#remove(oldest)
    }
  }

  #remove(key: string): void {
    const value = this.#entries.get(key)
    if (value === undefined) return
    this.#entries.delete(key)
    this.#bytes -= value.byteCount
  }
}
