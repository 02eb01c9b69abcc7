import { sha256 } from '../../allocation/rules/sha256.ts'

type Hash = (bytes: Uint8Array) => Uint8Array

function joined(prefix: number, ...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0))
  bytes[0] = prefix
  let offset = 1
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

function rootOf(leaves: readonly Uint8Array[], from: number, to: number, hash: Hash): Uint8Array {
  if (to - from === 1) return hash(joined(0, leaves[from] as Uint8Array))
  // The largest power of two below their number.
  const left = 2 ** Math.floor(Math.log2(to - from - 1))
  return hash(joined(1, rootOf(leaves, from, from + left, hash), rootOf(leaves, from + left, to, hash)))
}

const toHex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/**
 * Root of the Merkle tree over receipts in their order: leaves are SHA-256 of 00 ‖ receipt, nodes of 01 ‖ left ‖ right, the root
 * of none is SHA-256 of nothing. Another SHA-256 may be passed in where one is at hand.
 * @source RFC 9162, 2.1.1
 */
export function merkleRoot(receipts: readonly string[], hash: Hash = sha256): string {
  if (receipts.length === 0) return toHex(hash(new Uint8Array()))
  return toHex(rootOf(receipts.map(fromHex), 0, receipts.length, hash))
}
