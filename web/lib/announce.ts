/** Says a line to screen readers through the live region that `index.html` holds. */
export function announce(text: string): void {
  const region = document.getElementById('announcer')
  if (region && region.textContent !== text) region.textContent = text
}
