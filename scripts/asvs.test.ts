/* docs/asvs.md has every requirement once and names what is there; the inventories of docs/security.md are whole. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The sections of ASVS 5.0 that have requirements of levels 1 and 2, and the last number of those; they begin at 1. */
const sections: Record<string, number> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2 },
  ...{ '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2 },
  ...{ '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
  ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '9.1': 3, '9.2': 4 },
  ...{ '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1 },
  ...{ '12.1': 3, '12.2': 2, '12.3': 4 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5 },
  ...{ '14.1': 2, '14.2': 4, '14.3': 3 },
  ...{ '15.1': 3, '15.2': 3, '15.3': 7 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
  ...{ '17.1': 1, '17.2': 4, '17.3': 2 },
}
const numbers = Object.entries(sections).flatMap(([section, last]) =>
  Array.from({ length: last }, (_, index) => `${section}.${index + 1}`),
)

const security = readFileSync('docs/security.md', 'utf8')
const rows = readFileSync('docs/asvs.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number = '', about = '', state = '', shownBy = '']) => ({ number, about, state, shownBy }))

const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, token = '']) => token)
/** Of what stands in backticks, the files: not headers, variables and the like. */
const filesIn = (text: string) => quoted(text).filter((token) => /\/|^\.|\.(ts|json|md)$/.test(token))

test('every requirement of levels 1 and 2 is there once, in the standard’s order', () => {
  expect(numbers).toHaveLength(70 + 183)
  expect(rows.map(({ number }) => number)).toEqual(numbers)
})

test.each(rows)('$number names what is there', ({ about, state, shownBy }) => {
  expect(about).not.toBe('')
  expect(['Held', 'Open', 'Not applicable']).toContain(state)
  expect(shownBy).not.toBe('')
  for (const file of filesIn(shownBy)) expect(existsSync(file), file).toBe(true)
  if (state === 'Held') expect(filesIn(shownBy)).not.toEqual([])
  if (state === 'Open') expect(shownBy).toMatch(/Missing: \w|is missing/)
  else expect(shownBy).not.toMatch(/missing/i)
})

test('a section of docs/security.md that a requirement is shown by is there', () => {
  const named = rows.flatMap(({ shownBy }) => [...shownBy.matchAll(/`docs\/security\.md` \(([^)]+)\)/g)])
  expect(named.length).toBeGreaterThan(10)
  for (const [, section = ''] of named) expect(security).toMatch(new RegExp(`^###? ${section}$`, 'm'))
})

test('docs/security.md names every file that uses cryptography', () => {
  const [, inventory = ''] = /## Where cryptography is used\n(.*?)\n## /s.exec(security) ?? []
  const uses = 'node:crypto|better-auth/crypto|@node-rs/argon2|@simplewebauthn/server|standardwebhooks|@noble/'
  const found = execFileSync('git', ['grep', '-lE', `^import [^t].*'(${uses})`, '--', 'app', 'lib', 'db', 'server.ts'])
  const files = String(found)
    .split('\n')
    .filter((file) => file !== '' && !/\.test\.ts$|\/testing\//.test(file))
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => !quoted(inventory).includes(file))).toEqual([])
  for (const file of filesIn(inventory)) expect(existsSync(file), file).toBe(true)
})

test('docs/security.md names every security event', () => {
  const declared = readFileSync('lib/platform/security-log.ts', 'utf8')
  const events = [...declared.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, event = '']) => event)
  const [, logs = ''] = /## Logs\n(.*?)\n## /s.exec(security) ?? []
  expect(events.length).toBeGreaterThan(10)
  expect([...new Set(events)].filter((event) => !quoted(logs).includes(event))).toEqual([])
})
