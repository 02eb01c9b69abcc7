import { useLocation } from '@tanstack/react-router'
import { placeInSite } from './placeInSite.ts'

export function usePlaceInSite() {
  return placeInSite(useLocation({ select: (location) => location.pathname }))
}
