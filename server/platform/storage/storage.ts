export interface StoredFile {
  key: string
  modifiedAt: Date
}

/** Where files live: a folder by default. Keys are relative paths of letters, digits, `-`, `_`, `.` and `/`. */
export interface Storage {
  /** Writes the whole file or nothing. @errors Problem `storage-full` */
  write(key: string, bytes: Uint8Array): Promise<void>
  /** The file's bytes, or `null`. */
  read(key: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Removes it; not there is fine. */
  remove(key: string): Promise<void>
  /** Files whose key begins with a prefix that ends in `/`. */
  list(prefix: string): Promise<StoredFile[]>
}

const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/

/** Keys never leave the store: no empty or dotted segments, nothing absolute. */
export function isStorageKey(key: string): boolean {
  return key.length <= 300 && key.split('/').every((part) => segment.test(part))
}
