import { expect, test } from 'vitest'
import { drawLabelledSet } from './labelled-set'
import { measureMatching, storeLabelledSet } from './measure-matching'

test('what is certain is right, and what is certain or likely is nearly all and nearly always right', async () => {
  const set = drawLabelledSet(500, 1)
  const { upTo, baseline } = await measureMatching(set, await storeLabelledSet(set))
  expect(upTo.certain.precision).toBeGreaterThanOrEqual(0.999)
  expect(upTo.likely.precision).toBeGreaterThanOrEqual(0.97)
  expect(upTo.likely.recall).toBeGreaterThanOrEqual(0.94)
  expect(upTo.likely.precision).toBeGreaterThan(baseline.precision)
  expect(upTo.likely.recall).toBeGreaterThan(baseline.recall)
})
