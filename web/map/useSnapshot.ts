import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useEffectEvent } from 'react'
import { freeMiddleOf } from './freeMiddle.ts'
import type { MapPadding, MapSnapshot } from './mapContract.ts'
import { SURFACE } from './palette.ts'

/** A map that has not come to rest by then is drawn as it is. @unit milliseconds */
const PATIENCE_MS = 8000
/** Width to height of the picture on an A4 page. */
const SHAPE = 16 / 10
const LARGEST_PX = 1600

/** Takes one picture of the free part of the map once it stands still. */
export function useSnapshot(map: MapLibreMap, padding: MapPadding, onSnapshot: ((picture: MapSnapshot) => void) | null): void {
  const tell = useEffectEvent((picture: MapSnapshot) => onSnapshot?.(picture))
  const room = useEffectEvent(() => padding)
  const isAsked = onSnapshot !== null
  useEffect(() => {
    if (!isAsked) return
    let isOver = false
    const take = () => {
      if (isOver) return
      isOver = true
      // The drawing buffer holds the picture only within the frame that drew it.
      void map.once('render', () => tell(pictureOf(map, room())))
      map.triggerRepaint()
    }
    // An idle map says nothing more: a repaint makes it say so again.
    map.on('idle', take)
    map.triggerRepaint()
    const timer = window.setTimeout(take, PATIENCE_MS)
    return () => {
      isOver = true
      window.clearTimeout(timer)
      map.off('idle', take)
    }
  }, [map, isAsked])
}

function pictureOf(map: MapLibreMap, padding: MapPadding): MapSnapshot {
  const source = map.getCanvas()
  const scale = source.width / map.getContainer().clientWidth
  const { clientWidth, clientHeight } = map.getContainer()
  const free = { width: clientWidth - padding.left - padding.right, height: clientHeight - padding.top - padding.bottom }
  const width = Math.min(free.width, free.height * SHAPE)
  const height = width / SHAPE
  const [x, y] = freeMiddleOf(map, padding)
  const shrink = Math.min(1, LARGEST_PX / (width * scale))
  const paper = document.createElement('canvas')
  paper.width = Math.round(width * scale * shrink)
  paper.height = Math.round(height * scale * shrink)
  const pen = paper.getContext('2d')
  if (!pen || paper.width < 1 || paper.height < 1) return null
  // What lies under everything is not drawn: it is the background of the canvas in the page.
  pen.fillStyle = SURFACE.veil
  pen.fillRect(0, 0, paper.width, paper.height)
  pen.drawImage(source, (x - width / 2) * scale, (y - height / 2) * scale, width * scale, height * scale, 0, 0, paper.width, paper.height)
  drawScale(pen, scale * shrink, paper.height, metresPerPixel(map))
  return { url: paper.toDataURL('image/png'), width: paper.width, height: paper.height }
}

const EQUATOR_M = 40_075_016.686
const WORLD_PX = 512

/** @unit metres per CSS pixel in the middle of the map */
function metresPerPixel(map: MapLibreMap): number {
  return (EQUATOR_M * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (WORLD_PX * 2 ** map.getZoom())
}

/** The largest of 1, 2, 5, 10, 20 … metres that fits into so many. */
export function niceLengthM(atMostM: number): number {
  const power = 10 ** Math.floor(Math.log10(atMostM))
  const step = [5, 2, 1].find((factor) => factor * power <= atMostM) ?? 1
  return step * power
}

const SCALE_PX = 130

/** Paper has no zoom: a bar says how long the metres are, and that north is up. */
function drawScale(pen: CanvasRenderingContext2D, scale: number, height: number, metres: number): void {
  const lengthM = niceLengthM(SCALE_PX * metres)
  const bar = (lengthM / metres) * scale
  const [left, bottom] = [16 * scale, height - 16 * scale]
  pen.fillStyle = SURFACE.paper
  pen.globalAlpha = 0.85
  pen.fillRect(left - 8 * scale, bottom - 30 * scale, bar + 16 * scale, 38 * scale)
  pen.globalAlpha = 1
  pen.fillStyle = SURFACE.ink
  pen.fillRect(left, bottom - 4 * scale, bar, 4 * scale)
  pen.font = `600 ${13 * scale}px "IBM Plex Sans", sans-serif`
  pen.fillText(`${lengthM >= 1000 ? `${lengthM / 1000} km` : `${lengthM} m`}  N ↑`, left, bottom - 11 * scale)
}
