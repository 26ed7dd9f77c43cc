import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { listComponents } from './make-sbom.mjs'

// It starts npm twice.
vi.setConfig({ testTimeout: 120_000 })

test('the list has every component of production, those of components too, and is CycloneDX', async () => {
  const { metadata, components, dependencies, ...about } = await listComponents()
  const { name, version, dependencies: direct } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(about).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.[5-9]$/), version: 1 })
  expect(about.serialNumber).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
  expect(metadata.component).toMatchObject({ type: 'application', name, version })

  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const installed = Object.keys(direct).map((key) => `${key}@${packages[`node_modules/${key}`].version}`)
  const listed: string[] = components.map((component: { name: string; version: string }) =>
    [component.name, component.version].join('@'),
  )
  expect(listed).toEqual(expect.arrayContaining(installed))
  // Both are dependencies of development too, and for that left out by `npm sbom --omit dev`.
  expect(listed).toEqual(
    expect.arrayContaining([expect.stringMatching(/^pg-protocol@/), expect.stringMatching(/^postcss@/)]),
  )
  expect(listed).not.toEqual(expect.arrayContaining([expect.stringMatching(/^vitest@/)]))

  const references = components.map((component: { 'bom-ref': string }) => component['bom-ref'])
  expect(new Set(references).size).toBe(references.length)
  // What lies within another package's archive has no checksum of its own.
  const bundled = Object.entries<{ inBundle?: boolean }>(packages).filter(([, { inBundle }]) => inBundle)
  const withoutChecksum = bundled.map(([path]) => path.split('node_modules/').at(-1))
  for (const { type, name, purl, hashes } of components) {
    expect({ type, purl }).toEqual({ type: 'library', purl: expect.stringMatching(/^pkg:npm\/.+@.+/) })
    if (hashes) expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }])
    else expect(withoutChecksum).toContain(name)
  }
  const known = new Set([metadata.component['bom-ref'], ...references])
  for (const { ref, dependsOn } of dependencies) {
    for (const reference of [ref, ...dependsOn]) expect(known, reference).toContain(reference)
  }
})
