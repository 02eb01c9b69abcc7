import type { Reporter, TestModule } from 'vitest/node'

/** Closes the output with one plain line that people and machines read alike. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else failed += 1
      }
    }
    console.log(`${passed} passed, ${failed} failed`)
  }
}
