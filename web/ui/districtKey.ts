import { DISTRICT_COLOURS } from '../map/palette.ts'

/** Value of `data-bm-district`, which carries the colours of `map/palette.css`. */
export function districtKey(districtId: string | null | undefined): string {
  return districtId && districtId in DISTRICT_COLOURS ? districtId : 'other-district'
}
