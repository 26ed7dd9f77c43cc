import { expect, test } from 'vitest'
import { eventTypes } from './event'
import { eventKinds, readEventKind } from './kinds'

test('every type of event is of exactly one kind', () => {
  const inKinds = Object.values(eventKinds).flatMap(({ types }) => types as readonly string[])
  expect(inKinds.toSorted()).toEqual([...eventTypes].sort())
})

test('an address names a kind, or none', () => {
  expect(readEventKind('links')).toBe('links')
  for (const none of [null, '', 'nonsense', 'constructor']) expect(readEventKind(none)).toBeNull()
})
