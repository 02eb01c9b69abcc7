import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const shape = /^[A-Za-z0-9_-]{43}$/

/** 32 random bytes as 43 characters that fit into a cookie and a header. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a text could be a token of ours; what could not is not looked up. */
export function isToken(text: string | undefined): text is string {
  return text !== undefined && shape.test(text)
}

/** What the database keeps of a secret: nobody who reads a table can use it. @shape 32 bytes */
export function hashOf(...secrets: string[]): Buffer {
  return createHash('sha256').update(secrets.join('.')).digest()
}

/** Compares two secrets in a time that tells nothing of where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b))
}
