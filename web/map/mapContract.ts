import type { FeatureCollection } from 'geojson'
import type { DistrictCollection } from '../../server/districts/contract.ts'
import type { Picture } from '../../server/files/contract.ts'
import type { IdeaFeatureCollection } from '../../server/ideas/contract.ts'
import type { Installation } from '../../server/installations/contract.ts'
import type { Category } from '../../server/kernel/categories.ts'
import type { PlaceGeometry, Position } from '../../server/kernel/geometry.ts'
import type { Severity } from '../../server/kernel/severity.ts'
import type { PublicConfig } from '../../server/opendata/contract.ts'
import type { Project } from '../../server/projects/contract.ts'

/** What a pin can be. Each is told by its shape: round, diamond, rounded square. */
export const PIN_KINDS = ['idea', 'project', 'installation'] as const
export type PinKind = (typeof PIN_KINDS)[number]

/** Something on the map a person may point at. */
export type MapTarget = { kind: 'idea'; id: number } | { kind: 'project' | 'installation'; id: string } | { kind: 'district'; id: string }

/** Where the map looks. @unit degrees, web-mercator zoom @crs EPSG:4326 */
export type Camera = { lng: number; lat: number; zoom: number }

/** What the window shows, panel and sheet left out: west, south, east, north. @crs EPSG:4326 */
export type MapFrame = [number, number, number, number]

/** Room the panel, the bottom sheet and the top controls take from the map. @unit CSS pixels */
export type MapPadding = { top: number; right: number; bottom: number; left: number }

export type DrawMode = 'point' | 'line' | 'polygon'

/** The new-idea form lends the map its pencil. While it is there, pins give way and clicks draw. */
export type MapTool = {
  mode: DrawMode
  value: PlaceGeometry | null
  onChange: (geometry: PlaceGeometry | null) => void
  /** Where a dragged point or the cross is at this moment; null when it rests. */
  onTrial?: (geometry: PlaceGeometry | null) => void
  /** A line or area that is not finished, with the pointer as its last corner; null when there is none. */
  onDrawing?: (geometry: PlaceGeometry | null) => void
  /** True: a cross stands in the middle; arrows move the map under it, Enter places. */
  crosshair: boolean
  /** The planner's measuring tools leave the pins where they are. */
  keepsPins?: boolean
  /** What a first click means when it is not the place of an idea. */
  hint?: string
}

/** How a layer is told from other layers: by colour and, for eyes that mix up colours, by its line. */
export type ConstraintPaint = { colour: string; line: 'solid' | 'dashed' | 'dotted' }

/** A constraint layer painted over the ground, coloured by what it means. Its name is shown in the legend, in the page's language. */
export type ShownConstraint = {
  layerId: string
  name: string
  severity: Severity
  isDemo: boolean
  /** From 0 to 1; 1 is the usual, see-through painting. */
  opacity?: number
  /** The planner's own colour of the layer instead of what it means, with the ground it merely covers hinted at. */
  paint?: ConstraintPaint
}

/** A picture of the map for paper; null when the map could not be drawn. */
export type MapSnapshot = { url: string; width: number; height: number } | null

/** What the map needs of a project; the list's items fit as they are. */
export type MapProject = Pick<
  Project,
  'projectId' | 'roundYear' | 'title' | 'category' | 'districtId' | 'labelPoint' | 'state' | 'outcome' | 'awardedDkk'
>

/** What the map needs of an installation; the list's items fit as they are. `picture` puts a thumbnail on its tile. */
export type MapInstallation = Pick<
  Installation,
  'installationId' | 'title' | 'category' | 'districtId' | 'geometry' | 'awardedDkk' | 'openedYear'
> & { picture?: Picture | null }

/** What the small card beside a pin says. */
export type CardFacts = {
  target: MapTarget
  title: string
  category: Category | null
  districtId: string | null
  amountDkk: number | null
  /** Round of a project, opening of an installation. */
  year: number | null
  outcome: Project['outcome'] | null
}

export type MapRoomProps = {
  /** Undefined while loading: the backdrop stands alone. */
  districts: DistrictCollection | undefined
  ideas: IdeaFeatureCollection | undefined
  projects: readonly MapProject[] | undefined
  installations: readonly MapInstallation[] | undefined
  visibleKinds: readonly PinKind[]
  selected: MapTarget | null
  /** What the list's pointer or focus rests on. */
  hovered: MapTarget | null
  /** From the URL. Null: show all districts. A value the map did not report itself makes it fly there. */
  camera: Camera | null
  padding: MapPadding
  basemap: PublicConfig['basemap']
  language: 'da' | 'en'
  tool: MapTool | null
  /** One geometry to stress, for example the idea whose page is open. */
  highlight: PlaceGeometry | null
  /** Constraint layers to paint, the weightiest first; their legend stands on the map where there is room. */
  constraints: readonly ShownConstraint[]
  onHideConstraints: () => void
  /** What the workspace's tools draw: buffers, pairs in conflict, a place asked about. Null draws nothing. */
  marks: FeatureCollection | null
  /** What a vote gave: a circle per project, its area in proportion to the money. Null shows none. */
  results: FeatureCollection | null
  /** Asks for a picture once the map stands still. */
  onSnapshot: ((picture: MapSnapshot) => void) | null
  /** False leaves telling about the selected thing to the panel or sheet (phones). */
  showCard: boolean
  onSelect: (target: MapTarget | null) => void
  onHover: (target: MapTarget | null) => void
  /** Half a second after the map came to rest. Not called for the first fit. */
  onCameraChange: (camera: Camera, frame: MapFrame) => void
}

export type { PlaceGeometry, Position }
