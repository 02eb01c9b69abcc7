/**
 * Font stacks of the labels. Without a glyph server MapLibre draws with the fonts of the page and reads the weight out of the first
 * name, so the first name only says the weight and the second is the page's own font.
 */
export const FONTS: Record<'regular' | 'semiBold' | 'bold', string[]> = {
  regular: ['map medium', 'IBM Plex Sans', 'Helvetica Neue', 'Arial'],
  semiBold: ['map semibold', 'IBM Plex Sans', 'Helvetica Neue', 'Arial'],
  bold: ['map bold', 'IBM Plex Sans', 'Helvetica Neue', 'Arial'],
}
