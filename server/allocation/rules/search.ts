/** The largest whole number in a range for which something holds that holds below it too; null when it holds nowhere. */
export function largestWhere(low: number, high: number, holds: (value: number) => boolean): number | null {
  if (low > high || !holds(low)) return null
  let [known, open] = [low, high + 1]
  while (open - known > 1) {
    const middle = known + Math.floor((open - known) / 2)
    if (holds(middle)) known = middle
    else open = middle
  }
  return known
}

/** The smallest whole number in a range for which something holds that holds above it too; null when it holds nowhere. */
export function smallestWhere(low: number, high: number, holds: (value: number) => boolean): number | null {
  if (low > high || !holds(high)) return null
  let [open, known] = [low - 1, high]
  while (known - open > 1) {
    const middle = open + Math.floor((known - open) / 2)
    if (holds(middle)) known = middle
    else open = middle
  }
  return known
}
