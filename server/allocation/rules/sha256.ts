const BLOCK_BYTES = 64

/** The first 32 bits of the fractional parts of a root of the first primes, which FIPS 180-4 takes its constants from. */
function primeRoots(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = []
  for (let value = 2; primes.length < count; value += 1) if (primes.every((prime) => value % prime !== 0)) primes.push(value)
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32)
}

const START = primeRoots(8, Math.sqrt)
const CONSTANTS = primeRoots(64, Math.cbrt)

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

function padded(message: Uint8Array): DataView {
  const length = Math.ceil((message.length + 9) / BLOCK_BYTES) * BLOCK_BYTES
  const bytes = new Uint8Array(length)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setBigUint64(length - 8, BigInt(message.length) * 8n)
  return view
}

function scheduleOf(view: DataView, offset: number): Uint32Array {
  const words = new Uint32Array(64)
  for (let index = 0; index < 16; index += 1) words[index] = view.getUint32(offset + 4 * index)
  for (let index = 16; index < 64; index += 1) {
    const [early, late] = [words[index - 15] as number, words[index - 2] as number]
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    words[index] = (words[index - 16] as number) + small + (words[index - 7] as number) + large
  }
  return words
}

function compress(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let index = 0; index < 64; index += 1) {
    const choice = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const first = (h + mixed + choice + (CONSTANTS[index] as number) + (words[index] as number)) >>> 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) >>> 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0]
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] as number) + value
}

/**
 * SHA-256 of some bytes; here because the browser's own answers later and only on secure pages.
 * @source FIPS 180-4
 */
export function sha256(message: Uint8Array): Uint8Array {
  const view = padded(message)
  const state = START.slice()
  for (let offset = 0; offset < view.byteLength; offset += BLOCK_BYTES) compress(state, scheduleOf(view, offset))
  const digest = new DataView(new ArrayBuffer(4 * state.length))
  for (const [index, word] of state.entries()) digest.setUint32(4 * index, word)
  return new Uint8Array(digest.buffer)
}

/** The same of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function sha256Hex(text: string): string {
  return [...sha256(new TextEncoder().encode(text))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
