import { expect, test } from 'vitest'
import { whyWeak } from './password'

test.each(['a long enough password', 'trombone saddle 91', 'Xk7#pq92LmvT'])('%s is accepted', (password) => {
  expect(whyWeak(password, ['robin@example.com'])).toBeNull()
})

test.each(['1234567890', 'qwertyuiop', 'password12', 'P@ssw0rd123', 'iloveyou123', 'aaaaaaaaaaaa', 'Summer2024!'])(
  '%s is known from breaches, or one of its variations',
  (password) => {
    expect(whyWeak(password, [])).toMatch(/easy to guess/)
  },
)

test.each(['keyholder2026!', 'KeyholderAdmin1', 'Harborview12'])(
  '%s is made of this product’s own words',
  (password) => {
    expect(whyWeak(password, [])).toMatch(/easy to guess/)
  },
)

test('what everybody knows of its owner is no password', () => {
  const about = ['robin.alvarez@seaview-homes.example', 'Seaview Homes']
  for (const password of ['robin.alvarez@seaview-homes.example', 'robinalvarez', 'seaviewhomes']) {
    expect(whyWeak(password, about), password).not.toBeNull()
  }
})
