/** True where planners and organisers work: pins lead to assessments, and the map carries their tools. */
export function isWorkspace(pathname: string): boolean {
  return pathname === '/plan' || pathname.startsWith('/plan/')
}
