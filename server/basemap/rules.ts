import type { Config } from '../platform/config.ts'

/** The basemap as the page may know it: addresses of this server only. Null means our own backdrop. */
export function publicBasemap(basemap: Config['basemap']): { kind: 'style' | 'pmtiles'; url: string; attribution: string | null } | null {
  const { styleUrl, pmtiles, attribution } = basemap
  if (styleUrl !== null) return { kind: 'style', url: '/basemap/style.json', attribution }
  return pmtiles === null ? null : { kind: 'pmtiles', url: '/basemap/file.pmtiles', attribution }
}
