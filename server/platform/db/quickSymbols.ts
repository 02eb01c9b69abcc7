// PostgreSQL looks up two symbols of PostGIS for every function it makes or calls for the first time, and the loader
// inside PGlite (Emscripten's `dlsym`) lists all 23,000 names of the library each time: half of a first start went into
// that. Here the list of a library is made once. Only for the database's own thread, where nothing changes a library.

/** What every library of PostgreSQL has, and nothing else. */
const MARK = 'Pg_magic_func'

/** Makes `Object.keys` of this thread remember the names of PostgreSQL's libraries. */
export function rememberLibraryNames(): void {
  const list = Object.keys
  const known = new WeakMap<object, string[]>()
  Object.keys = (object: object) => {
    if (!object || !Object.hasOwn(object, MARK)) return list(object)
    const names = known.get(object) ?? list(object)
    known.set(object, names)
    return names
  }
}
