/**
 * Asks again only when the last answer is older than `maxAgeMs`; who asks meanwhile waits for the same answer.
 * A failure is not kept.
 */
export function memoFor<Value>(maxAgeMs: number, ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | null = null
  let goodUntil = 0
  return () => {
    const now = performance.now()
    if (answer !== null && now < goodUntil) return answer
    // Until it settles it never ages: a slow database gets one question, not one per second.
    goodUntil = Number.POSITIVE_INFINITY
    const asked = ask()
    answer = asked
    asked.then(
      () => {
        goodUntil = now + maxAgeMs
      },
      () => {
        answer = null
      },
    )
    return asked
  }
}
