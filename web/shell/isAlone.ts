/** True where a page stands without map, search and menus: in the booth. */
export function isAlone(pathname: string): boolean {
  return pathname === '/stem' || pathname.startsWith('/stem/')
}
