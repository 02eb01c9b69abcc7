import type { PlaceGeometry } from '../../map/mapContract.ts'

export type ToolName = 'layers' | 'identify' | 'measure' | 'buffer'

/** What every tool of the workspace is given. */
export interface ToolProps {
  /** The place or shape the tools speak of; each takes over what the one before has drawn. */
  geometry: PlaceGeometry | null
  onGeometry: (geometry: PlaceGeometry | null) => void
  onTool: (tool: ToolName) => void
}
