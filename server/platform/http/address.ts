import { createHmac } from 'node:crypto'
import { isIPv4 } from 'node:net'

/** The address's neighbourhood: /24 of IPv4, /56 of IPv6. One household, not one person's history. */
export function addressPrefix(address: string): string {
  const plain = address.replace(/^::ffff:/, '')
  if (isIPv4(plain)) return plain.split('.').slice(0, 3).join('.')
  const [head = '', tail = ''] = plain.split('%')[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const middle = plain.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  const groups = [...left, ...middle, ...right].map((group) => group.padStart(4, '0'))
  return `${groups.slice(0, 3).join(':')}:${(groups[3] ?? '0000').slice(0, 2)}`
}

/** Keyed, so that nobody who reads the table learns an address. */
export function addressKey(address: string, secretKey: string): string {
  return createHmac('sha256', secretKey).update(addressPrefix(address)).digest('base64url').slice(0, 22)
}
