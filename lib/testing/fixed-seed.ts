/*
 * Property tests make up the same cases in every run, so that a run without changes never fails by chance.
 * FAST_CHECK_SEED makes up others.
 */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

if (readFileSync(expect.getState().testPath ?? '', 'utf8').includes("from 'fast-check'")) {
  const { configureGlobal } = await import('fast-check')
  configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED || 1) })
}
