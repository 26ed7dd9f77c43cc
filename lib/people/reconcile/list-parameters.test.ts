import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { queueFilters, readQueueParameters, writeQueueParameters } from './list-parameters'

const parameters = fastCheck.record({
  search: fastCheck.string(),
  acsSystemId: fastCheck.option(fastCheck.uuid()),
  confidence: fastCheck.option(fastCheck.constantFrom(...queueFilters)),
})

test('what is written into the address is read back the same', () => {
  fastCheck.assert(
    fastCheck.property(parameters, (given) => {
      expect(readQueueParameters(writeQueueParameters(given))).toEqual(given)
    }),
  )
})

test('what an address does not know is left at the default', () => {
  const address = new URLSearchParams({ system: '', confidence: 'sure' })
  expect(readQueueParameters(address)).toEqual({ search: '', acsSystemId: null, confidence: null })
})
