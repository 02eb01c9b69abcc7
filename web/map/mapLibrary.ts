import workerUrl from 'virtual:map-worker-url'
import { AttributionControl, Map as LibraryMap, setWorkerUrl } from 'maplibre-gl'

setWorkerUrl(workerUrl)

/** What the page uses of the map library: named, so that its other controls stay out of the build. */
export { AttributionControl, LibraryMap as Map }
