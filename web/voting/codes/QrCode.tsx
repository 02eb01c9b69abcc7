import { correction, generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { useMemo } from 'react'

const QUIET_ZONE = 4

/** A QR code as one path, sharp at any size of print. Medium correction: a folded slip still reads. */
export function QrCode({ text }: { text: string }) {
  const { path, size } = useMemo(() => {
    const code = generate(text, { minCorrectionLevel: correction.M })
    return { path: toSvgPath(code), size: code.size }
  }, [text])
  const side = size + 2 * QUIET_ZONE
  return (
    <svg className="bm-qr" viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`} shapeRendering="crispEdges" aria-hidden="true">
      <path d={path} fill="#000" />
    </svg>
  )
}
