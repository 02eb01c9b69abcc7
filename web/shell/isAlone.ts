const ALONE = /^\/(stem|scene|plan\/afstemning\/moede)(\/|$)/

/** True where a page stands without map, search and menus: in the booth, at a meeting, on its projector. */
export function isAlone(pathname: string): boolean {
  return ALONE.test(pathname)
}
