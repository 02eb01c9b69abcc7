let answer: boolean | undefined

function tryIt(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  // A browser has few of them; this one is not kept from the map.
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}

/** Whether this browser can draw what the map library draws with: some old, and some well guarded ones, cannot. */
export function canDraw(): boolean {
  answer ??= tryIt()
  return answer
}
