import { isIP } from 'node:net'

/**
 * The address of who asks. Each trusted proxy adds the address it was called from to `X-Forwarded-For`; what stands
 * left of that was written by the client and may say anything.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, trustedProxies: number): string {
  if (trustedProxies === 0 || forwardedFor === undefined) return socketAddress
  const hops = [...forwardedFor.split(',').map((hop) => hop.trim()), socketAddress]
  const address = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? socketAddress
  return isIP(address) === 0 ? socketAddress : address
}
