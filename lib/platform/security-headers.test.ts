import { expect, test } from 'vitest'
import { apiHeaders, contentSecurityPolicy, securityHeaders } from './security-headers'

const policy = (more: Partial<Parameters<typeof contentSecurityPolicy>[0]> = {}) =>
  contentSecurityPolicy({ nonce: 'n0nce', secure: true, development: false, ...more })

test('only scripts with the nonce run, and none that are written as text', () => {
  const [scripts] = policy().match(/script-src [^;]+/) ?? []
  expect(scripts).toBe("script-src 'self' 'nonce-n0nce' 'strict-dynamic'")
  expect(policy()).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
})

test('nobody frames a page, moves its base or sends its forms elsewhere', () => {
  expect(policy()).toContain("frame-ancestors 'none'")
  expect(policy()).toContain("base-uri 'none'")
  expect(policy()).toContain("form-action 'self'")
  expect(policy()).toMatch(/^default-src 'none';/)
  expect(policy()).toContain("object-src 'none'")
})

test('an answer of the API does nothing where a browser shows it, and is kept by nobody', () => {
  expect(apiHeaders).toEqual({
    'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
    'Cache-Control': 'no-store',
  })
})

test('only by https does the server ask browsers for https', () => {
  expect(policy()).toContain('upgrade-insecure-requests')
  expect(policy({ secure: false })).not.toContain('upgrade-insecure-requests')
  expect(securityHeaders({ secure: true })).toHaveProperty(
    'Strict-Transport-Security',
    'max-age=31536000; includeSubDomains',
  )
  expect(securityHeaders({ secure: false })).not.toHaveProperty('Strict-Transport-Security')
})

test('hot reloading is for development', () => {
  expect(policy({ development: true })).toContain("'unsafe-eval'")
  expect(policy({ development: true })).toContain('connect-src')
  expect(policy()).not.toContain('ws:')
})
