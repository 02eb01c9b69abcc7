import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

// Sealing to an auditor: X25519 with a key made for this one message, HKDF-SHA256, AES-256-GCM. The auditors' seals lie inside
// each other, so that neither opens anything without the other.

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

function sharedKey(privateKey: KeyObject, publicKey: KeyObject, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), salt, INFO, KEY_BYTES))
}

function seal(recipient: KeyObject, message: Buffer): Buffer {
  const once = generateKeyPairSync('x25519')
  const head = rawOf(once.publicKey)
  const cipher = createCipheriv('aes-256-gcm', sharedKey(once.privateKey, recipient, Buffer.concat([head, rawOf(recipient)])), NONCE)
  return Buffer.concat([head, cipher.update(message), cipher.final(), cipher.getAuthTag()])
}

function open(recipient: KeyObject, sealed: Buffer): Buffer {
  const head = sealed.subarray(0, KEY_BYTES)
  const salt = Buffer.concat([head, rawOf(createPublicKey(recipient))])
  const decipher = createDecipheriv('aes-256-gcm', sharedKey(recipient, publicKeyOf(head), salt), NONCE)
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()])
}

/** Seals a text, filled up to `length` bytes so that its own length says nothing, for the last of the keys innermost. */
export function sealText(auditors: readonly KeyObject[], text: string, length: number): Buffer {
  const message = Buffer.alloc(Math.max(length, Buffer.byteLength(text)))
  message.write(text)
  return auditors.reduceRight((sealed, auditor) => seal(auditor, sealed), message as Buffer)
}

/** Opens what was sealed, with the private keys in the same order. @errors Error when a key is another one or the text was changed */
export function openText(auditors: readonly KeyObject[], sealed: Buffer): string {
  const message = auditors.reduce((rest, auditor) => open(auditor, rest), sealed)
  return message.toString('utf8').replace(/\0+$/, '')
}
