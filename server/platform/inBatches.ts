/**
 * Lets `ask` answer many questions at once: a question goes out straight away while fewer than `lanes` batches are under
 * way, otherwise it waits for the next one. Every question is really asked; nothing is remembered.
 * @errors a batch that fails fails each of its questions
 */
export function inBatches<Question, Answer>(
  { lanes, most }: { lanes: number; most: number },
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  const waiting: { question: Question; done: (answer: Answer) => void; fail: (error: unknown) => void }[] = []
  let underWay = 0

  async function askNext(): Promise<void> {
    underWay += 1
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most)
      try {
        const answers = await ask(batch.map(({ question }) => question))
        for (const [index, { done }] of batch.entries()) done(answers[index] as Answer)
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    underWay -= 1
  }

  return (question) =>
    new Promise((done, fail) => {
      waiting.push({ question, done, fail })
      if (underWay < lanes) void askNext()
    })
}
