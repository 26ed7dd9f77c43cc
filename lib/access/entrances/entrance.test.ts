import { expect, test } from 'vitest'
import { countOfDoors } from './entrance'

const inSystems = (...systems: string[]) => systems.map((acsSystemId) => ({ acsSystemId }))

test.each([
  [inSystems(), '0 doors in 0 systems'],
  [inSystems('a'), '1 door in 1 system'],
  [inSystems('a', 'b', 'a'), '3 doors in 2 systems'],
])('%j reads: %s', (entrances, words) => {
  expect(countOfDoors(entrances)).toBe(words)
})
