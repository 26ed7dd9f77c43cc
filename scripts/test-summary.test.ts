import { expect, test } from 'vitest'
import { isAtLeast } from './check-node-version.mjs'
import { countTests, type FinishedStep, listFailures, summarize } from './test-summary.mjs'

test.each([
  ['ok', undefined, { passed: 0, failed: 0, skipped: 0 }],
  ['failed', undefined, { passed: 0, failed: 1, skipped: 0 }],
  ['skipped', undefined, { passed: 0, failed: 0, skipped: 1 }],
  [
    'ok',
    { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 },
    { passed: 3, failed: 0, skipped: 2 },
  ],
  ['failed', { numPassedTests: 3, numFailedTests: 2 }, { passed: 3, failed: 2, skipped: 0 }],
  // A file that could not even be read fails the step without a failed test.
  ['failed', { numPassedTests: 3, numFailedTests: 0 }, { passed: 3, failed: 1, skipped: 0 }],
  ['ok', { stats: { expected: 4, flaky: 1, unexpected: 0, skipped: 1 } }, { passed: 5, failed: 0, skipped: 1 }],
  ['failed', { stats: { expected: 4, flaky: 0, unexpected: 2, skipped: 0 } }, { passed: 4, failed: 2, skipped: 0 }],
] as const)('a step that is %s with the report %j counts %j', (outcome, report, counts) => {
  expect(countTests(outcome, report)).toEqual(counts)
})

const step = (outcome: FinishedStep['outcome'], counts: FinishedStep['counts']): FinishedStep => ({
  title: 'Step',
  outcome,
  seconds: 1.25,
  counts,
  failures: [],
})

test('the last line is the sum of all steps', () => {
  const passed = step('ok', { passed: 3, failed: 0, skipped: 0 })
  expect(summarize([passed, step('failed', { passed: 1, failed: 2, skipped: 0 })])).toMatch(/\n4 passed, 2 failed\n$/)
  expect(summarize([passed, step('skipped', { passed: 0, failed: 0, skipped: 1 })])).toMatch(
    /\n3 passed, 0 failed, 1 skipped\n$/,
  )
})

test('what failed is named again above the table, with the beginning of why', () => {
  const vitest = {
    testResults: [
      {
        name: 'lib/a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'adds', failureMessages: [] },
          { status: 'failed', fullName: 'takes away', failureMessages: ['\u001b[31mExpected 1\u001b[39m\nGot 2'] },
        ],
      },
      { name: 'lib/b.test.ts', status: 'failed', message: 'It cannot be read.', assertionResults: [] },
    ],
  }
  expect(listFailures(vitest)).toEqual([
    'lib/a.test.ts > takes away\n    Expected 1\n    Got 2',
    'lib/b.test.ts\n    It cannot be read.',
  ])
  const error = { message: Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n') }
  const playwright = {
    suites: [
      {
        specs: [{ ok: true, title: 'opens', file: 'a.spec.ts', line: 1, tests: [] }],
        suites: [
          { specs: [{ ok: false, title: 'shuts', file: 'a.spec.ts', line: 7, tests: [{ results: [{ error }] }] }] },
        ],
      },
    ],
  }
  const [shut, ...others] = listFailures(playwright)
  expect(others).toEqual([])
  expect(shut).toMatch(/^a\.spec\.ts:7 > shuts\n {4}line 1\n/)
  expect(shut).toMatch(/line 12$/)
  expect(listFailures(undefined)).toEqual([])
  const failed = { ...step('failed', { passed: 0, failed: 1, skipped: 0 }), failures: listFailures(playwright) }
  expect(summarize([failed])).toMatch(
    /^Failed:\n\na\.spec\.ts:7 > shuts\n[\s\S]*\nStep +failed[\s\S]*\n0 passed, 1 failed\n$/,
  )
})

test('versions are compared number by number', () => {
  expect(isAtLeast('20.9.0', '20.9')).toBe(true)
  expect(isAtLeast('20.10.0', '20.9')).toBe(true)
  expect(isAtLeast('22.0.0', '20.19')).toBe(true)
  expect(isAtLeast('20.8.9', '20.9')).toBe(false)
  expect(isAtLeast('18.20.0', '20.9')).toBe(false)
})
