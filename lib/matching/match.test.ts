import { expect, test } from 'vitest'
import { matchReasons, similarName } from './match'

const nothing = { sameEmail: false, samePhone: false, nameSimilarity: 0 }

test.each([
  [[], {}],
  [['same email'], { sameEmail: true }],
  [['same phone'], { samePhone: true }],
  [['same name'], { nameSimilarity: 1 }],
  [['similar name'], { nameSimilarity: similarName }],
  [['similar name'], { nameSimilarity: 0.999 }],
  [[], { nameSimilarity: similarName - 0.001 }],
  [['same email', 'same phone', 'same name'], { sameEmail: true, samePhone: true, nameSimilarity: 1 }],
])('%j for %j', (reasons, evidence) => {
  expect(matchReasons({ ...nothing, ...evidence })).toEqual(reasons)
})
