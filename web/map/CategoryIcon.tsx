import type { Category } from '../../server/kernel/categories.ts'
import { CATEGORY_ICONS, type IconPart } from './categoryIcons.ts'

type CategoryIconProps = { category: Category; size?: number; className?: string }

/** The sign of a category as it stands on the map, for lists, chips and legends. Decorative: the words stand beside it. */
export function CategoryIcon({ category, size = 20, className }: CategoryIconProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {CATEGORY_ICONS[category].map((part) => (
        <IconShape key={JSON.stringify(part)} part={part} />
      ))}
    </svg>
  )
}

function IconShape({ part }: { part: IconPart }) {
  if ('path' in part) return <path d={part.path} />
  if ('circle' in part) {
    const { x, y, radius } = part.circle
    return <circle cx={x} cy={y} r={radius} fill={part.filled ? 'currentColor' : 'none'} />
  }
  const { x, y, width, height, radius } = part.rectangle
  return <rect x={x} y={y} width={width} height={height} rx={radius} />
}
