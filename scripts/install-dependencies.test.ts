import { expect, test } from 'vitest'
import { isInstalled } from './install-dependencies.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-a' },
  'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
}
const pg = { version: '8.0.0', integrity: 'sha512-a' }

test.each([
  ['what the lockfile says is installed', { 'node_modules/pg': pg }, true],
  ['nothing is installed', {}, false],
  ['another version is installed', { 'node_modules/pg': { ...pg, version: '7.0.0' } }, false],
  ['another package of that version is installed', { 'node_modules/pg': { ...pg, integrity: 'sha512-c' } }, false],
])('%s', (_title, installed, expected) => {
  expect(isInstalled(wanted, installed)).toBe(expected)
})
