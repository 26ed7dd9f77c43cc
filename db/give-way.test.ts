import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { giveWay } from './give-way'

/** Computes for so many milliseconds. */
function compute(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

test('however many long works are under way, everything else gets a turn after a few pieces of one', async () => {
  let [pieces, isOver, most] = [0, false, 0]
  const work = async () => {
    for (let piece = 0; piece < 8; piece++) {
      compute(4)
      pieces++
      await giveWay()
    }
  }
  const watch = async () => {
    // The first piece of each work comes before anybody can wait.
    await setImmediate()
    while (!isOver) {
      const before = pieces
      await setImmediate()
      most = Math.max(most, pieces - before)
    }
  }
  const watching = watch()
  await Promise.all(Array.from({ length: 12 }, work))
  isOver = true
  await watching
  expect(pieces).toBe(96)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(6)
})

test('what is short does not wait', async () => {
  await setImmediate()
  let rounds = 0
  const counting = setImmediate().then(() => rounds++)
  await giveWay()
  await giveWay()
  expect(rounds).toBe(0)
  await counting
})
