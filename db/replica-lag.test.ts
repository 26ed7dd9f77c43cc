import { beforeEach, expect, test } from 'vitest'
import { freshMilliseconds, ReplicaLag } from './replica-lag'

let lag: ReplicaLag
beforeEach(() => {
  lag = new ReplicaLag()
})

test('nothing is known before it was measured', () => {
  expect(lag.isFresh(0)).toBe(false)
  expect(lag.isMeasuredBefore(0)).toBe(true)
})

test('a replica that has replayed all is fresh until it was not measured for too long', () => {
  lag.measured(0, 100, 100)
  expect(lag.isFresh(freshMilliseconds)).toBe(true)
  expect(lag.isFresh(freshMilliseconds + 1)).toBe(false)
})

test('it is measured once a second', () => {
  lag.measured(0, 100, 100)
  expect(lag.isMeasuredBefore(999)).toBe(false)
  expect(lag.isMeasuredBefore(1000)).toBe(true)
})

test('one that is behind is as fresh as the newest moment that it has replayed', () => {
  lag.measured(0, 100, 100)
  lag.measured(4000, 200, 150)
  lag.measured(8000, 300, 250)
  expect(lag.isFresh(4000 + freshMilliseconds)).toBe(true)
  expect(lag.isFresh(4001 + freshMilliseconds)).toBe(false)
})

test('one that stands still is stale in the end, however often it is measured, and fresh again when it catches up', () => {
  for (let second = 0; second <= 30; second++) lag.measured(second * 1000, 100 + second, 100)
  expect(lag.isFresh(30_000)).toBe(false)
  lag.measured(31_000, 131, 131)
  expect(lag.isFresh(31_000)).toBe(true)
})

test('one that was behind for long catches up with a moment that was not forgotten', () => {
  for (let second = 0; second <= 30; second++) lag.measured(second * 1000, 100 + second, 100)
  lag.measured(31_000, 1000, 128)
  expect(lag.isFresh(31_000)).toBe(true)
})

test('what was a replica and is none any more is not read from, nor what failed', () => {
  lag.measured(0, 100, 100)
  lag.measured(1000, 100, null)
  expect(lag.isFresh(1000)).toBe(false)
  lag.measured(2000, 100, 100)
  lag.distrust()
  expect(lag.isFresh(2000)).toBe(false)
})
