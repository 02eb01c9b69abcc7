import type { MapTarget } from '../map/mapContract.ts'

export type Mode = 'ideas' | 'projects' | 'installations'

export interface PlaceInSite {
  mode: Mode
  /** What the open page is about; null on lists. */
  subject: MapTarget | null
  /** The year of a round's page. */
  year: number | null
}

/** The planner's workspace: an idea's assessment is about the idea. */
function placeInWorkspace(room: string, id: string): PlaceInSite {
  const subject = room === 'ideer' && /^\d+$/.test(id) ? ({ kind: 'idea', id: Number(id) } as const) : null
  return { mode: 'ideas', subject, year: null }
}

/** What the map shows for an address: its mode, and what it is about. */
export function placeInSite(pathname: string): PlaceInSite {
  const [room = '', id = ''] = pathname.split('/').filter(Boolean)
  const known = decodeURIComponent(id)
  if (room === 'ideer' && /^\d+$/.test(known)) return { mode: 'ideas', subject: { kind: 'idea', id: Number(known) }, year: null }
  if (room === 'plan') return placeInWorkspace(known, pathname.split('/').filter(Boolean)[2] ?? '')
  if (room === 'bydele' && known) return { mode: 'ideas', subject: { kind: 'district', id: known }, year: null }
  if (room === 'projekter' && known) {
    return { mode: 'projects', subject: { kind: 'project', id: known }, year: Number(known.slice(0, 4)) || null }
  }
  if (room === 'runder') return { mode: 'projects', subject: null, year: Number(known) || null }
  if (room === 'anlaeg') return { mode: 'installations', subject: known ? { kind: 'installation', id: known } : null, year: null }
  return { mode: 'ideas', subject: null, year: null }
}
