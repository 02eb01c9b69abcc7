import type { Category } from '../../server/kernel/categories.ts'
import { CATEGORY_ICONS } from './categoryIcons.ts'
import { districtColours, OTHER_DISTRICT_COLOURS, SURFACE } from './palette.ts'
import { type ClusterImage, type PinImage, PLACE_DOT, readClusterImageId, readPinImageId } from './pinImageIds.ts'

export type MapImage = { data: ImageData; pixelRatio: number }

/** Outer size of the drawn signs, their shadow included. @unit CSS pixels */
const FIELD = { idea: 44, installation: 52, project: 42 } as const
const CLUSTER_DIAMETER = [38, 42, 48, 56] as const

type Pen = CanvasRenderingContext2D

/** Draws the image MapLibre asks for by name; null for names that are not ours. `districtIds` gives clusters their slots. */
export async function drawMapImage(id: string, districtIds: readonly string[]): Promise<MapImage | null> {
  if (id === PLACE_DOT) return drawPlaceDot()
  const pinImage = readPinImageId(id)
  if (pinImage) return drawPin(pinImage)
  const clusterImage = readClusterImageId(id)
  return clusterImage ? drawCluster(clusterImage, districtIds) : null
}

function draw(size: number, paint: (pen: Pen) => void): MapImage {
  const pixelRatio = Math.max(2, Math.ceil(window.devicePixelRatio))
  const canvas = document.createElement('canvas')
  canvas.width = size * pixelRatio
  canvas.height = size * pixelRatio
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('no 2D canvas')
  pen.scale(pixelRatio, pixelRatio)
  paint(pen)
  return { data: pen.getImageData(0, 0, canvas.width, canvas.height), pixelRatio }
}

/** Fills the path white with a soft shadow: the rim every sign stands on. */
function fillRim(pen: Pen, path: Path2D): void {
  pen.save()
  pen.shadowColor = `${SURFACE.shadow}55`
  pen.shadowBlur = 9
  pen.shadowOffsetY = 3
  pen.fillStyle = SURFACE.paper
  pen.fill(path)
  pen.restore()
}

async function drawPin(image: PinImage): Promise<MapImage> {
  if (image.kind === 'idea') return drawIdea(image)
  if (image.kind === 'project') return drawProject(image)
  const picture = image.pictureUrl ? await loadPicture(image.pictureUrl) : null
  return drawInstallation(image, picture)
}

function drawPlaceDot(): MapImage {
  return draw(8, (pen) => {
    pen.fillStyle = SURFACE.paper
    pen.fill(circlePath(4, 3.4))
    pen.fillStyle = SURFACE.soft
    pen.fill(circlePath(4, 2.2))
  })
}

function drawIdea({ category, districtId }: PinImage): MapImage {
  return draw(FIELD.idea, (pen) => {
    const middle = FIELD.idea / 2
    fillRim(pen, circlePath(middle, 17))
    pen.fillStyle = districtColours(districtId).base
    pen.fill(circlePath(middle, 14.4))
    drawSign(pen, category, middle, 17, SURFACE.paper)
  })
}

function drawInstallation({ category, districtId }: PinImage, picture: ImageBitmap | null): MapImage {
  return draw(FIELD.installation, (pen) => {
    const middle = FIELD.installation / 2
    const colours = districtColours(districtId)
    const inner = squarePath(middle, 17.6, 8)
    fillRim(pen, squarePath(middle, 20.4, 10.5))
    pen.fillStyle = colours.tint
    pen.fill(inner)
    if (picture) {
      drawCovering(pen, inner, picture, middle, 17.6)
    } else {
      drawSign(pen, category, middle, 21, colours.text)
    }
    pen.strokeStyle = colours.base
    pen.lineWidth = 1.6
    pen.stroke(inner)
  })
}

function drawProject({ category, districtId, isWon }: PinImage): MapImage {
  return draw(FIELD.project, (pen) => {
    const middle = FIELD.project / 2
    const colours = districtColours(districtId)
    fillRim(pen, diamondPath(middle, 17.5))
    const inner = diamondPath(middle, 14.8)
    pen.fillStyle = isWon ? colours.base : SURFACE.paper
    pen.fill(inner)
    pen.strokeStyle = colours.base
    pen.lineWidth = 1.8
    pen.stroke(inner)
    drawSign(pen, category, middle, 13, isWon ? SURFACE.paper : colours.text)
  })
}

function drawCluster({ shares, size }: ClusterImage, districtIds: readonly string[]): MapImage {
  const radius = (CLUSTER_DIAMETER[size] ?? CLUSTER_DIAMETER[0]) / 2
  const field = radius * 2 + 12
  return draw(field, (pen) => {
    const middle = field / 2
    fillRim(pen, circlePath(middle, radius))
    const ring = 6.5
    const total = shares.reduce((sum, share) => sum + share, 0) || 1
    let angle = -Math.PI / 2
    for (const [slot, share] of shares.entries()) {
      if (share === 0) continue
      const end = angle + (share / total) * 2 * Math.PI
      pen.beginPath()
      pen.arc(middle, middle, radius - 2 - ring / 2, angle, end)
      pen.strokeStyle = slot < districtIds.length ? districtColours(districtIds[slot]).base : OTHER_DISTRICT_COLOURS.base
      pen.lineWidth = ring
      pen.stroke()
      angle = end
    }
  })
}

function drawSign(pen: Pen, category: Category, middle: number, size: number, colour: string): void {
  pen.save()
  pen.translate(middle - size / 2, middle - size / 2)
  pen.scale(size / 24, size / 24)
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.lineWidth = 2.3
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  for (const part of CATEGORY_ICONS[category] ?? CATEGORY_ICONS.other) {
    const path = new Path2D('path' in part ? part.path : undefined)
    if ('circle' in part) path.arc(part.circle.x, part.circle.y, part.circle.radius, 0, 2 * Math.PI)
    if ('rectangle' in part)
      path.roundRect(part.rectangle.x, part.rectangle.y, part.rectangle.width, part.rectangle.height, part.rectangle.radius)
    pen.stroke(path)
  }
  pen.restore()
}

function drawCovering(pen: Pen, path: Path2D, picture: ImageBitmap, middle: number, half: number): void {
  const scale = Math.max((half * 2) / picture.width, (half * 2) / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  pen.save()
  pen.clip(path)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, middle - width / 2, middle - height / 2, width, height)
  pen.restore()
}

/** A picture that does not come leaves the tile with its sign. */
async function loadPicture(url: string): Promise<ImageBitmap | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
    return answer.ok ? await createImageBitmap(await answer.blob()) : null
  } catch {
    return null
  }
}

function circlePath(middle: number, radius: number): Path2D {
  const path = new Path2D()
  path.arc(middle, middle, radius, 0, 2 * Math.PI)
  return path
}

function squarePath(middle: number, half: number, corner: number): Path2D {
  const path = new Path2D()
  path.roundRect(middle - half, middle - half, half * 2, half * 2, corner)
  return path
}

function diamondPath(middle: number, half: number): Path2D {
  const corner = 3.5
  const path = new Path2D()
  path.moveTo(middle + corner, middle - half + corner)
  path.arcTo(middle + half, middle, middle, middle + half, corner)
  path.arcTo(middle, middle + half, middle - half, middle, corner)
  path.arcTo(middle - half, middle, middle, middle - half, corner)
  path.arcTo(middle, middle - half, middle + half, middle, corner)
  path.closePath()
  return path
}
