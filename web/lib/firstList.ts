let markUsable: () => void = () => {}
const usable = new Promise<void>((resolve) => {
  markUsable = resolve
})
const PATIENCE_MS = 4000

/** The page's text stands: heavy parts may now take the line. */
export function markTextUsable(): void {
  markUsable()
}

/** Waits for the text, but not for ever: a page whose data never comes still gets its map. */
export function textUsable(): Promise<void> {
  return Promise.race([usable, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))])
}
