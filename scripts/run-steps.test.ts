import { expect, test } from 'vitest'
import { runSteps } from './run-steps.mjs'
import { createOutputQueue, say } from './step-output.mjs'

/** Steps that end when the test says so, and the order in which they begin. */
function controlled() {
  const begun: string[] = []
  const ends = new Map<string, (result: string) => void>()
  const run = ({ name }: { name: string }) =>
    new Promise<string>((resolve) => {
      begun.push(name)
      ends.set(name, resolve)
    })
  const end = async (name: string, result = name) => {
    ends.get(name)?.(result)
    await new Promise(setImmediate)
  }
  return { begun, run, end }
}

test('steps run at the same time as far as there are cores, and after those they need', async () => {
  const { begun, run, end } = controlled()
  const steps = [
    { name: 'typecheck', cores: 1 },
    { name: 'build', cores: 1, after: ['typecheck'] },
    { name: 'lint', cores: 1 },
    { name: 'unit', cores: 2 },
    { name: 'e2e', cores: 1, after: ['build', 'not selected'] },
  ]
  const all = runSteps(steps, 2, run)
  expect(begun).toEqual(['typecheck', 'lint'])
  await end('lint')
  expect(begun).toEqual(['typecheck', 'lint'])
  await end('typecheck')
  expect(begun.slice(2)).toEqual(['build'])
  await end('build')
  expect(begun.slice(3)).toEqual(['unit'])
  await end('unit')
  expect(begun.slice(4)).toEqual(['e2e'])
  await end('e2e')
  expect(await all).toEqual(['typecheck', 'build', 'lint', 'unit', 'e2e'])
})

test('a step that needs more cores than there are runs alone', async () => {
  const { begun, run, end } = controlled()
  const all = runSteps(
    [
      { name: 'unit', cores: 2 },
      { name: 'lint', cores: 1 },
    ],
    1,
    run,
  )
  expect(begun).toEqual(['unit'])
  await end('unit')
  expect(begun).toEqual(['unit', 'lint'])
  await end('lint')
  expect(await all).toEqual(['unit', 'lint'])
})

test('no step begins after one that ends all', async () => {
  const { begun, run, end } = controlled()
  const steps = ['first', 'second', 'third'].map((name) => ({ name, cores: 1 }))
  const all = runSteps(steps, 2, run, (result) => result === 'interrupted')
  await end('first', 'interrupted')
  await end('second')
  expect(begun).toEqual(['first', 'second'])
  expect(await all).toEqual(['interrupted', 'second'])
})

test('the output of each step stays together, and the first one’s is shown at once', async () => {
  let shown = ''
  const queue = createOutputQueue((text) => {
    shown += text
  })
  const { run, end } = controlled()
  const step = (name: string) =>
    queue.run(async () => {
      say(`${name} begins`)
      await run({ name })
      say(`${name} ends`)
    })
  const both = [step('first'), step('second')]
  expect(shown).toBe('first begins\n')
  await end('second')
  expect(shown).toBe('first begins\n')
  await end('first')
  await Promise.all(both)
  expect(shown).toBe('first begins\nfirst ends\nsecond begins\nsecond ends\n')
})
