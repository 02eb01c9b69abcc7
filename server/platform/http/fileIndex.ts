import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.pbf': 'application/x-protobuf',
}
const compressible = /^(text\/|application\/(json|geo\+json|manifest\+json)|image\/svg)/
const COMPRESSED_FROM_BYTES = 1_024
const BROTLI_QUALITY = 6

type Bytes = Uint8Array<ArrayBuffer>
type Coding = 'br' | 'gzip'

/** A file as it is sent. */
export interface ServedFile {
  readonly mediaType: string
  readonly hash: string
  readonly bytes: Bytes
  /** The bytes in a coding: made when the page was built, else once on first use; null where it would not pay. */
  readonly coded: (coding: Coding) => Promise<Bytes> | null
}

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)
const suffixes: Record<Coding, string> = { br: '.br', gzip: '.gz' }

async function compressAs(coding: Coding, bytes: Bytes): Promise<Bytes> {
  const done = coding === 'gzip' ? gzipAsync(bytes) : brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
  return new Uint8Array(await done)
}

async function readServedFile(path: string): Promise<ServedFile> {
  const mediaType = mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream'
  const bytes = new Uint8Array(await readFile(path))
  const made = new Map<Coding, Promise<Bytes>>()
  const pays = compressible.test(mediaType) && bytes.length >= COMPRESSED_FROM_BYTES
  return {
    mediaType,
    hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    bytes,
    coded: (coding) => {
      if (!pays) return null
      const known = made.get(coding)
      if (known !== undefined) return known
      const beside = path + suffixes[coding]
      const promise = existsSync(beside) ? readFile(beside).then((read) => new Uint8Array(read)) : compressAs(coding, bytes)
      made.set(coding, promise)
      return promise
    },
  }
}

/**
 * Reads a folder once: address → file. Only what stands in this list is ever served, so no path can leave the folder.
 * What begins with a dot and the compressed twins stay out of it.
 */
export async function indexFolder(folder: string, wanted: (address: string) => boolean = () => true): Promise<Map<string, ServedFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  const named = paths.map((path) => ({ path, address: `/${path.split(sep).join('/')}` }))
  const open = named.filter(({ address }) => !address.includes('/.') && !/\.(br|gz)$/.test(address) && wanted(address))
  const served = open.map(async ({ path, address }) => [address, await readServedFile(join(folder, path))] as const)
  return new Map(await Promise.all(served))
}
