import type { Category } from '../../server/kernel/categories.ts'

/** One drawn part of a sign on a 24×24 field, stroke 2, round ends. `filled` parts are dots. */
export type IconPart =
  | { path: string }
  | { circle: { x: number; y: number; radius: number }; filled?: true }
  | { rectangle: { x: number; y: number; width: number; height: number; radius: number } }

/**
 * The sign of each category: the list draws them as SVG, the map on a canvas.
 * @source Lucide 1.75 (ISC licence): tree-deciduous, toy-brick, volleyball, palette, armchair, lightbulb, footprints, sparkles
 */
export const CATEGORY_ICONS: Record<Category, readonly IconPart[]> = {
  green: [
    {
      path: 'M8 19a4 4 0 0 1-2.24-7.32A3.5 3.5 0 0 1 9 6.03V6a3 3 0 1 1 6 0v.04a3.5 3.5 0 0 1 3.24 5.65A4 4 0 0 1 16 19Z',
    },
    { path: 'M12 19v3' },
  ],
  play: [
    { rectangle: { x: 3, y: 8, width: 18, height: 12, radius: 1 } },
    { path: 'M10 8V5c0-.6-.4-1-1-1H6a1 1 0 0 0-1 1v3' },
    { path: 'M19 8V5c0-.6-.4-1-1-1h-3a1 1 0 0 0-1 1v3' },
  ],
  sport: [
    { path: 'M11 7a16 16 20 0 1 10.98 4.362' },
    { path: 'M12 12a13 13 0 0 1-8.66 5' },
    { path: 'M16.83 13.634a16 16 0 0 1-9.267 7.328' },
    { path: 'M20.66 17A13 13 0 0 0 12 12a13 13 0 0 1 0-10' },
    { path: 'M8.17 15.366a16 16 0 0 1-1.713-11.69' },
    { circle: { x: 12, y: 12, radius: 10 } },
  ],
  art: [
    {
      path: 'M12 22a1 1 0 0 1 0-20 10 9 0 0 1 10 9 5 5 0 0 1-5 5h-2.25a1.75 1.75 0 0 0-1.4 2.8l.3.4a1.75 1.75 0 0 1-1.4 2.8z',
    },
    { circle: { x: 13.5, y: 6.5, radius: 0.5 }, filled: true },
    { circle: { x: 17.5, y: 10.5, radius: 0.5 }, filled: true },
    { circle: { x: 6.5, y: 12.5, radius: 0.5 }, filled: true },
    { circle: { x: 8.5, y: 7.5, radius: 0.5 }, filled: true },
  ],
  'meeting-place': [
    { path: 'M19 9V6a2 2 0 0 0-2-2H7a2 2 0 0 0-2 2v3' },
    {
      path: 'M3 16a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-5a2 2 0 0 0-4 0v1.5a.5.5 0 0 1-.5.5h-9a.5.5 0 0 1-.5-.5V11a2 2 0 0 0-4 0z',
    },
    { path: 'M5 18v2' },
    { path: 'M19 18v2' },
  ],
  'light-and-safety': [
    { path: 'M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5' },
    { path: 'M9 18h6' },
    { path: 'M10 22h4' },
  ],
  path: [
    { path: 'M4 16v-2.38C4 11.5 2.97 10.5 3 8c.03-2.72 1.49-6 4.5-6C9.37 2 10 3.8 10 5.5c0 3.11-2 5.66-2 8.68V16a2 2 0 1 1-4 0Z' },
    { path: 'M20 20v-2.38c0-2.12 1.03-3.12 1-5.62-.03-2.72-1.49-6-4.5-6C14.63 6 14 7.8 14 9.5c0 3.11 2 5.66 2 8.68V20a2 2 0 1 0 4 0Z' },
    { path: 'M16 17h4' },
    { path: 'M4 13h4' },
  ],
  other: [
    {
      path: 'M11.017 2.814a1 1 0 0 1 1.966 0l1.051 5.558a2 2 0 0 0 1.594 1.594l5.558 1.051a1 1 0 0 1 0 1.966l-5.558 1.051a2 2 0 0 0-1.594 1.594l-1.051 5.558a1 1 0 0 1-1.966 0l-1.051-5.558a2 2 0 0 0-1.594-1.594l-5.558-1.051a1 1 0 0 1 0-1.966l5.558-1.051a2 2 0 0 0 1.594-1.594z',
    },
    { path: 'M20 2v4' },
    { path: 'M22 4h-4' },
    { circle: { x: 4, y: 20, radius: 2 } },
  ],
}
