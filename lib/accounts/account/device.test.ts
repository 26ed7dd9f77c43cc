import { expect, test } from 'vitest'
import { deviceInWords } from './device'

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['', 'An unknown browser'],
  ['\u0000<script>', 'A browser on an unknown system'],
])('%j is %s', (userAgent, words) => {
  expect(deviceInWords(userAgent)).toBe(words)
})

test('of no browser nothing is known', () => {
  expect(deviceInWords(null)).toBe('An unknown browser')
})
