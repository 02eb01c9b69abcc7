import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { VectorFileError } from './vectorFileError.ts'

const ARCHIVE_LIMITS = { entries: 200, entryBytes: 300 * 1024 * 1024, totalBytes: 600 * 1024 * 1024, ratio: 200 } as const

// Below this size a file of zeros is no bomb, however well it packs.
const RATIO_FREE_BYTES = 10 * 1024 * 1024

interface ZipEntry {
  name: string
  isEncrypted: boolean
  method: number
  packedBytes: number
  bytes: number
  headerAt: number
}

function unsafe(sentence: string): VectorFileError {
  return new VectorFileError('unsafe-archive', sentence)
}

/** The end record stands in the last 64 kB, behind a comment of any length. */
function endRecordAt(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 65_535); at--) {
    if (zip.readUInt32LE(at) === 0x06054b50) return at
  }
  throw new VectorFileError('not-readable', 'The file is not a whole zip archive: its list of contents is missing.')
}

function readEntries(zip: Buffer): ZipEntry[] {
  const end = endRecordAt(zip)
  const count = zip.readUInt16LE(end + 10)
  if (count > ARCHIVE_LIMITS.entries) throw unsafe(`The archive holds ${count} files; at most ${ARCHIVE_LIMITS.entries} are read.`)
  let at = zip.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    if (zip.readUInt32LE(at) !== 0x02014b50)
      throw new VectorFileError('not-readable', 'The archive is damaged: its list of contents cannot be read.')
    const flags = zip.readUInt16LE(at + 8)
    const [nameBytes, extraBytes, commentBytes] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const entry = {
      name: zip.toString((flags & 0x0800) === 0 ? 'latin1' : 'utf8', at + 46, at + 46 + nameBytes),
      isEncrypted: (flags & 1) === 1,
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      bytes: zip.readUInt32LE(at + 24),
      headerAt: zip.readUInt32LE(at + 42),
    }
    at += 46 + nameBytes + extraBytes + commentBytes
    return entry
  })
}

function checkEntry({ name, isEncrypted, method, packedBytes, bytes }: ZipEntry): void {
  const parts = name.split(/[/\\]/)
  if (parts.includes('..') || /^([/\\]|[a-z]:)/i.test(name) || name.includes('\0')) {
    throw unsafe(`The archive holds a file with a path that leads outside it (${JSON.stringify(name)}).`)
  }
  if (isEncrypted) throw unsafe(`The file ${name} in the archive is locked with a password. Pack it without one.`)
  if (method !== 0 && method !== 8)
    throw unsafe(`The file ${name} in the archive is packed in a way that is not read. Pack it as an ordinary zip.`)
  if (bytes > ARCHIVE_LIMITS.entryBytes)
    throw unsafe(`The file ${name} in the archive is larger than ${ARCHIVE_LIMITS.entryBytes / 1024 / 1024} MB when unpacked.`)
  if (bytes > RATIO_FREE_BYTES && bytes > packedBytes * ARCHIVE_LIMITS.ratio) {
    throw unsafe(`The file ${name} in the archive unpacks to more than ${ARCHIVE_LIMITS.ratio} times its size, which no map data does.`)
  }
}

function contentOf(zip: Buffer, entry: ZipEntry): Buffer {
  const start = entry.headerAt + 30 + zip.readUInt16LE(entry.headerAt + 26) + zip.readUInt16LE(entry.headerAt + 28)
  const packed = zip.subarray(start, start + entry.packedBytes)
  // The stated size may lie: inflating stops at it.
  const content = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) })
  if (content.length !== entry.bytes) throw unsafe(`The file ${entry.name} in the archive has another size than the archive says.`)
  return content
}

/**
 * Unpacks a zip flat into a folder and returns the file names. Only names without path are written, so nothing
 * lands elsewhere; sizes are checked before and while unpacking.
 * @errors VectorFileError `unsafe-archive`, `not-readable`
 */
export function unpackZip(file: string, folder: string): string[] {
  const zip = readFileSync(file)
  try {
    const entries = readEntries(zip).filter(({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/'))
    for (const entry of entries) checkEntry(entry)
    const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
    if (total > ARCHIVE_LIMITS.totalBytes)
      throw unsafe(`The archive is larger than ${ARCHIVE_LIMITS.totalBytes / 1024 / 1024} MB when unpacked.`)
    const names = entries.map(({ name }) => basename(name.replaceAll('\\', '/')))
    if (new Set(names).size < names.length) throw unsafe('The archive holds two files of the same name. Pack one data set per archive.')
    for (const [index, entry] of entries.entries())
      writeFileSync(join(folder, names[index] as string), contentOf(zip, entry), { flag: 'wx' })
    return names
  } catch (error) {
    if (error instanceof VectorFileError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw unsafe('A file in the archive is larger than the archive says.')
    throw new VectorFileError('not-readable', `The archive is damaged and cannot be unpacked (${code ?? (error as Error).message}).`)
  }
}
