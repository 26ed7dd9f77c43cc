import { expect, test } from 'vitest'
import { judgeAudit } from './audit-dependencies.mjs'

const report = (vulnerabilities: Record<string, { severity: string }>) =>
  JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: { total: Object.keys(vulnerabilities).length } } })

test('an audit fails by what is high or critical, and names it', () => {
  expect(judgeAudit(report({}))).toEqual({ outcome: 'ok' })
  expect(judgeAudit(report({ one: { severity: 'moderate' }, two: { severity: 'low' } }))).toEqual({ outcome: 'ok' })
  expect(judgeAudit(report({ one: { severity: 'high' }, two: { severity: 'critical' } }))).toEqual({
    outcome: 'failed',
    reason: 'vulnerable: one (high), two (critical)',
  })
})

test.each([
  ['', 'it gave no report'],
  ['<html>', 'it gave no report'],
  [JSON.stringify({ message: '405 Method Not Allowed - POST https://example.com/' }), '405 Method Not Allowed'],
  [JSON.stringify({ error: { summary: 'offline' } }), 'offline'],
])('a registry that answers %j has checked nothing, which is said', (answer, told) => {
  expect(judgeAudit(answer)).toEqual({
    outcome: 'skipped',
    reason: `no dependency was checked for known vulnerabilities, as the registry did not answer: ${told}`,
  })
})
