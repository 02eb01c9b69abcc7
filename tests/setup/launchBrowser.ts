import { type Browser, chromium } from 'playwright-core'

// None of the browser's own conversations with the world.
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]
// Only the map is drawn through WebGL; the page around it is painted and put together without, at half of the time.
// Beside other tests it may be slow for seconds, which the browser would take for dead.
const DRAWING = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing', '--disable-gpu-watchdog']
const NOT_DRAWING = ['--disable-gpu', '--disable-software-rasterizer']

/** A browser that draws the map in software, or one that cannot draw it: the page says so and works, at a quarter of the time. */
export function launchBrowser(executablePath: string, drawsMap = true): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...FLAGS, ...(drawsMap ? DRAWING : NOT_DRAWING)] })
}
