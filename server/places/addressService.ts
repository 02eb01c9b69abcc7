import { z } from 'zod'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import type { FoundAddress } from './queries.ts'

// Adressevælgeren (Klimadatastyrelsen), the successor of DAWA: a phonetic search gives ids and names, a look-up by id
// the position in EPSG:25832. Search words are 2 to 73 characters long.
const TIMEOUT_MS = 1_500
const MAX_BYTES = 512 * 1024
const SEARCHED = 10
const LOOKED_UP = 6
const REMEMBERED = 2_000

const searchSchema = z.object({ status: z.literal('ok').optional(), fund: z.array(z.looseObject({ type: z.string() })) })
// Ids of the register are of no RFC 9562 version: `uuid` would refuse them.
const hitSchema = z.object({ type: z.literal('husnummer'), id: z.guid(), titel: z.string().min(1).max(200) })
const coordinate = z.coerce.number().refine(Number.isFinite)
const pointSchema = z.union([
  z.object({ koordinater: z.object({ x: coordinate, y: coordinate }) }).transform(({ koordinater }) => koordinater),
  z
    .object({ geometri: z.object({ coordinates: z.tuple([coordinate, coordinate]).rest(z.unknown()) }) })
    .transform(({ geometri: { coordinates } }) => ({ x: coordinates[0], y: coordinates[1] })),
])
const lookupSchema = z.object({ husnummer: z.object({ adgangspunkt: pointSchema }) })

export interface AddressService {
  /** Addresses with these words; `null` when the service did not answer in time or not sensibly. */
  readonly search: (words: string) => Promise<FoundAddress[] | null>
}

type AddressConfig = Pick<Config, 'municipality'> & { addressSearch: NonNullable<Config['addressSearch']> }

/** Reads at most so many bytes: what never ends is no answer. */
async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let byteCount = 0
  let text = ''
  for await (const chunk of response.body ?? []) {
    byteCount += chunk.length
    if (byteCount > MAX_BYTES) throw new Error('too large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** A word for the log: the address that was asked carries the token and what somebody looked for. */
function causeOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'not the expected form'
  const { name, cause, message } = error as Error
  if (name === 'TimeoutError') return 'timeout'
  return (cause as { code?: string } | undefined)?.code ?? (message.startsWith('status ') || message === 'too large' ? message : name)
}

/** `https://adressevaelger.dk`, also when the address of its search was given. */
function serviceRoot(url: string): string {
  return url
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\/(husnumre|adresser)(\/soeg)?$/, '')
}

/** The official Danish address search, asked by this server only: the token stays here, and so does who asked. */
export function createAddressService({ addressSearch, municipality }: AddressConfig, log: Log): AddressService {
  const root = serviceRoot(addressSearch.url)
  const positions = new Map<string, { x: number; y: number }>()

  async function ask(path: string, parameters: Record<string, string>, signal: AbortSignal): Promise<unknown> {
    const query = new URLSearchParams({ ...parameters, ...(addressSearch.token === null ? {} : { token: addressSearch.token }) })
    const response = await fetch(`${root}/${path}?${query}`, { signal, redirect: 'manual', headers: { Accept: 'application/json' } })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new Error(`status ${response.status}`)
    }
    return JSON.parse(await readLimited(response))
  }

  async function findHits(words: string, signal: AbortSignal) {
    const found = searchSchema.parse(await ask('husnumre/soeg', { tekst: words, maksimum: String(SEARCHED) }, signal))
    return found.fund.map((hit) => hitSchema.safeParse(hit)).flatMap((hit) => (hit.success ? [hit.data] : []))
  }

  async function locate({ id, titel }: z.infer<typeof hitSchema>, signal: AbortSignal): Promise<FoundAddress> {
    const known = positions.get(id)
    if (known !== undefined) return { name: titel, ...known }
    const { husnummer } = lookupSchema.parse(await ask(`husnumre/${id}`, {}, signal))
    if (positions.size >= REMEMBERED) positions.clear()
    positions.set(id, husnummer.adgangspunkt)
    return { name: titel, ...husnummer.adgangspunkt }
  }

  async function search(words: string): Promise<FoundAddress[] | null> {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    try {
      // The service searches the whole country: the municipality's name brings its streets to the front.
      const [near, anywhere] = await Promise.all([
        findHits(`${words} ${municipality}`.slice(0, 73), signal),
        findHits(words.slice(0, 73), signal),
      ])
      const hits = [...new Map([...near, ...anywhere].map((hit) => [hit.id, hit])).values()].slice(0, LOOKED_UP)
      const located = await Promise.allSettled(hits.map((hit) => locate(hit, signal)))
      const addresses = located.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      const failed = located.find((result) => result.status === 'rejected')
      if (addresses.length === 0 && failed !== undefined) throw failed.reason
      return addresses
    } catch (error) {
      log.warn({ cause: causeOf(error) }, 'address service')
      return null
    }
  }
  return { search }
}
