import type { Picture } from '../../server/files/contract.ts'
import type { Category } from '../../server/kernel/categories.ts'
import { CategoryIcon } from '../map/CategoryIcon.tsx'
import { districtKey } from './districtKey.ts'

interface TileProps {
  category: Category
  districtId: string | null
  picture?: Picture | null
}

/** A picture of the place or, without one, the category's sign on the district's colour. */
export function Tile({ category, districtId, picture }: TileProps) {
  const small = picture?.variants[0]
  return (
    <span className="bm-tile" data-bm-district={districtKey(districtId)}>
      {small ? <img src={small.url} alt="" width={64} height={64} loading="lazy" /> : <CategoryIcon category={category} />}
    </span>
  )
}
