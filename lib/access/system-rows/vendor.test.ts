import fastCheck from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accessSystemTypes } from '@/db/schema/access-systems'
import { accessSystemHealth } from '../systems/access-system'
import { systemMonograms, vendorOf, vendors } from './vendor'

const byVendor = (externalType: string) => ({ externalType, vendorName: null })
const byHand = (vendorName: string | null) => ({ externalType: null, vendorName })

const marksOf = (systems: { externalType: string | null; vendorName: string | null }[]) => [
  ...systemMonograms(systems.map((system, place) => ({ acsSystemId: `system ${place}`, ...system }))).values(),
]
const monogramsOf = (...types: string[]) => marksOf(types.map(byVendor))

describe('vendors', () => {
  test('every kind of access system has a name and two letters of its own', () => {
    expect(Object.keys(vendors).sort()).toEqual([...accessSystemTypes].sort())
    expect(new Set(Object.values(vendors).map(({ displayName }) => displayName)).size).toBe(accessSystemTypes.length)
    expect(new Set(Object.values(vendors).map(({ monogram }) => monogram)).size).toBe(accessSystemTypes.length)
    for (const { monogram } of Object.values(vendors)) expect(monogram).toMatch(/^[A-Z]{2}$/)
  })
})

describe('the vendor of an access system', () => {
  test.each([
    [byVendor('brivo_account'), 'Brivo account', 'BR'],
    // A kind that came later than this version is shown as it is.
    [byVendor('acme_cloud'), 'acme cloud', 'AC'],
    [byVendor('constructor'), 'constructor', 'CO'],
    [byHand('Paxton Net2'), 'Paxton Net2', 'PN'],
    [byHand('Ünal'), 'Ünal', 'UN'],
    [byHand('x'), 'x', 'XX'],
    [byHand('鍵'), '鍵', 'BY'],
    [byHand(null), 'Kept by hand', 'BY'],
  ])('%j is %s, in short %s', (system, displayName, monogram) => {
    expect(vendorOf(system)).toMatchObject({ displayName, monogram })
  })
})

describe('the marks of a workspace’s access systems', () => {
  test('are the vendors’ letters where each vendor has one system', () => {
    expect(monogramsOf('salto_ks_site', 'brivo_account', 'latch_building')).toEqual(['SK', 'BR', 'LA'])
  })

  test('count a vendor’s systems where it has several', () => {
    expect(monogramsOf('salto_ks_site', 'brivo_account', 'salto_ks_site')).toEqual(['S1', 'BR', 'S2'])
  })

  test('go on counting where two vendors with several systems share a letter', () => {
    expect(monogramsOf('salto_ks_site', 'salto_space_system', 'salto_ks_site', 'salto_space_system')).toEqual([
      'S1',
      'S2',
      'S3',
      'S4',
    ])
  })

  test('are two characters each, and no two the same, for any 200 access systems', () => {
    const system = fastCheck.oneof(
      fastCheck.constantFrom(...accessSystemTypes).map(byVendor),
      fastCheck.string().map(byVendor),
      fastCheck.string({ unit: 'grapheme' }).map(byHand),
    )
    fastCheck.assert(
      fastCheck.property(fastCheck.array(system, { maxLength: 200 }), (given) => {
        const monograms = marksOf(given)
        expect(monograms).toHaveLength(given.length)
        expect(new Set(monograms).size).toBe(given.length)
        for (const monogram of monograms) expect(monogram).toMatch(/^[A-Za-z0-9]{2}$/)
      }),
    )
    expect(new Set(monogramsOf(...Array.from({ length: 200 }, () => 'hotek_site' as const))).size).toBe(200)
  })
})

describe('the health of an access system', () => {
  const error = { error_code: 'disconnected', message: 'Disconnected', created_at: '2026-01-01T00:00:00Z' }
  const warning = { warning_code: 'slow', message: 'Slow', created_at: '2026-01-01T00:00:00Z' }

  test.each([
    ['healthy', [], []],
    ['warning', [], [warning]],
    ['error', [error], []],
    ['error', [error], [warning]],
  ])('is %s', (health, errors, warnings) => {
    expect(accessSystemHealth({ errors, warnings })).toBe(health)
  })
})
