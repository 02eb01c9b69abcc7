import type { FeatureCollection } from 'geojson'
import { useSyncExternalStore } from 'react'
import type { MapFrame, MapSnapshot, MapTarget, MapTool, PlaceGeometry, ShownConstraint } from '../map/mapContract.ts'

/** What pages lend the one map for as long as they are open. The moment's state: never in the URL, never the server's. */
export interface LentToMap {
  tool: MapTool | null
  highlight: PlaceGeometry | null
  hovered: MapTarget | null
  /** Constraint layers that matter to the open page, and whether they are painted. */
  constraints: readonly ShownConstraint[]
  showsConstraints: boolean
  /** What the window shows now; null until the map was moved. */
  frame: MapFrame | null
  /** What the workspace's tools draw. */
  marks: FeatureCollection | null
  /** What a vote gave, while a result's page is open. */
  results: FeatureCollection | null
  /** Only these ideas keep their pins; null shows what the address filters. */
  ideaIds: ReadonlySet<number> | null
  onSnapshot: ((picture: MapSnapshot) => void) | null
  /** What a tool's panel covers of a wide map at the right. @unit CSS pixels */
  coveredRight: number
}

let state: LentToMap = {
  tool: null,
  highlight: null,
  hovered: null,
  constraints: [],
  showsConstraints: false,
  frame: null,
  marks: null,
  results: null,
  ideaIds: null,
  onSnapshot: null,
  coveredRight: 0,
}
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Lends the map something or takes it back (`null`). Call it in an effect and take back in the effect's cleanup. */
export function lendToMap(change: Partial<LentToMap>): void {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

export function useLentToMap<T>(select: (state: LentToMap) => T): T {
  return useSyncExternalStore(subscribe, () => select(state))
}
