export type Box = { left: number; top: number; right: number; bottom: number }
type Size = { width: number; height: number }
type Spot = { x: number; y: number }

/**
 * Where a card goes so that it stays in the free part of the map and never covers the pin it speaks of:
 * above, else below, else beside on the wider side. Null when the pin is out of sight.
 * @unit CSS pixels
 */
export function placeCard(pin: Spot, card: Size, free: Box, gap: number): { left: number; top: number } | null {
  if (pin.x < free.left || pin.x > free.right || pin.y < free.top || pin.y > free.bottom) return null
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high))
  const left = clamp(pin.x - card.width / 2, free.left, Math.max(free.left, free.right - card.width))
  if (pin.y - gap - card.height >= free.top) return { left, top: pin.y - gap - card.height }
  if (pin.y + gap + card.height <= free.bottom) return { left, top: pin.y + gap }
  const top = clamp(pin.y - card.height / 2, free.top, Math.max(free.top, free.bottom - card.height))
  const isRightWider = free.right - pin.x >= pin.x - free.left
  return { left: isRightWider ? pin.x + gap : pin.x - gap - card.width, top }
}
