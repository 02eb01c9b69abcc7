import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openText, publicKeyOf, rawOf, sealKeyOf, sealText } from './sealing.ts'

const [first, second] = [generateKeyPairSync('x25519'), generateKeyPairSync('x25519')]
const publicKeys = [first, second].map(({ publicKey }) => sealKeyOf(rawOf(publicKey)))
const privateKeys = [first.privateKey, second.privateKey]

describe('a seal', () => {
  it('opens with both keys in their order and with nothing less', () => {
    const sealed = sealText(publicKeys, 'maaloev\n2026-a', 100)
    expect(openText(privateKeys, sealed)).toBe('maaloev\n2026-a')
    for (const keys of [[first.privateKey], [second.privateKey], [], privateKeys.toReversed(), [first.privateKey, first.privateKey]])
      expect(() => openText(keys, sealed)).toThrow()
  })

  it('is as long for a short text as for a long one, and another one each time', () => {
    const [short, long] = [sealText(publicKeys, 'a', 100), sealText(publicKeys, 'a'.repeat(100), 100)]
    expect(short.length).toBe(long.length)
    expect(sealText(publicKeys, 'a', 100).equals(short)).toBe(false)
  })

  it('that was changed by one bit does not open', () => {
    const sealed = sealText(publicKeys, 'maaloev', 50)
    for (const at of [0, 31, 40, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] as number) ^ 1
      expect(() => openText(privateKeys, changed)).toThrow()
    }
  })

  it('keys travel as 32 bytes', () => {
    expect(rawOf(publicKeyOf(rawOf(first.publicKey)))).toEqual(rawOf(first.publicKey))
  })
})
