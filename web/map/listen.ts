import type { MapEventType, Map as MapLibreMap } from 'maplibre-gl'

type Listeners = { [Name in keyof MapEventType]?: (event: MapEventType[Name]) => void }

/** Listens to several of the map's events; the answer ends it, as an effect wants. */
export function listen(map: MapLibreMap, listeners: Listeners): () => void {
  const subscriptions = (Object.keys(listeners) as (keyof MapEventType)[]).map((name) => map.on(name, listeners[name] as never))
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe()
  }
}
