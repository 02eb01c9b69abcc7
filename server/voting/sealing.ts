import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

// Sealing for the auditors: X25519 with a key made for this one message against each auditor's key, HKDF-SHA256 over all the
// secrets that come out, AES-256-GCM. Without either auditor's private key one of the secrets is missing, and so is the key.

const INFO = 'borgermillionen-seal-1'
const KEY_BYTES = 32
const TAG_BYTES = 16
// Each key encrypts one message only.
const NONCE = Buffer.alloc(12)
const SPKI_HEAD = Buffer.from('302a300506032b656e032100', 'hex')

/** A public key of X25519 from its 32 bytes. */
export function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' })
}

/** The 32 bytes of an X25519 public key. */
export function rawOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length)
}

function keyOf(secrets: readonly Buffer[], salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.concat(secrets), salt, INFO, KEY_BYTES))
}

/** An auditor's public key with its bytes, which every seal needs again. */
export interface SealKey {
  readonly key: KeyObject
  readonly raw: Buffer
}

/** A public key of an auditor, to seal for. */
export function sealKeyOf(raw: Buffer): SealKey {
  return { key: publicKeyOf(raw), raw }
}

/** Seals a text for all of the keys together, filled up to `length` bytes so that its own length says nothing. */
export function sealText(auditors: readonly SealKey[], text: string, length: number): Buffer {
  const message = Buffer.alloc(Math.max(length, Buffer.byteLength(text)))
  message.write(text)
  const once = generateKeyPairSync('x25519', { publicKeyEncoding: { format: 'der', type: 'spki' } }) as unknown as {
    publicKey: Buffer
    privateKey: KeyObject
  }
  const head = once.publicKey.subarray(SPKI_HEAD.length)
  const secrets = auditors.map(({ key }) => diffieHellman({ privateKey: once.privateKey, publicKey: key }))
  const cipher = createCipheriv('aes-256-gcm', keyOf(secrets, Buffer.concat([head, ...auditors.map(({ raw }) => raw)])), NONCE)
  return Buffer.concat([head, cipher.update(message), cipher.final(), cipher.getAuthTag()])
}

/** Opens what was sealed, with the private keys in the same order. @errors Error when a key is another one or the text was changed */
export function openText(auditors: readonly KeyObject[], sealed: Buffer): string {
  const head = sealed.subarray(0, KEY_BYTES)
  const secrets = auditors.map((privateKey) => diffieHellman({ privateKey, publicKey: publicKeyOf(head) }))
  const salt = Buffer.concat([head, ...auditors.map((privateKey) => rawOf(createPublicKey(privateKey)))])
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secrets, salt), NONCE)
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  const message = Buffer.concat([decipher.update(sealed.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()])
  return message.toString('utf8').replace(/\0+$/, '')
}
