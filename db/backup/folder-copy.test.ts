import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FolderCopy, sizeOfFolder } from './folder-copy'

let folder: string
let from: string
let to: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyholder-folder-copy-'))
  from = join(folder, 'from')
  to = join(folder, 'to')
  mkdirSync(join(from, 'base', 'empty'), { recursive: true })
  writeFileSync(join(from, 'base', 'table'), 'first')
  writeFileSync(join(from, 'log'), 'log')
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

test('a copy is brought up to date with what was changed, added and removed', () => {
  const copy = new FolderCopy(from, to)
  expect(copy.update()).toBe(8)
  writeFileSync(join(from, 'base', 'table'), 'other')
  writeFileSync(join(from, 'base', 'index'), 'index')
  rmSync(join(from, 'log'))
  copy.update()
  expect(readdirSync(to, { recursive: true }).sort()).toEqual(['base', 'base/empty', 'base/index', 'base/table'])
  expect(readFileSync(join(to, 'base', 'table'), 'utf8')).toBe('other')
})

test('only what has changed is copied again, and what may have been changed in the same moment', async () => {
  const copy = new FolderCopy(from, to)
  const writtenAt = statSync(join(from, 'log')).ctimeMs
  vi.useFakeTimers({ toFake: ['Date'], now: writtenAt })
  copy.update()
  // Just written: a change so soon after might bear the same moment.
  expect(copy.update()).toBe(8)
  vi.setSystemTime(writtenAt + 3000)
  expect(copy.update()).toBe(8)
  expect(copy.update()).toBe(0)
  // As many bytes, and a moment of change that was set back.
  writeFileSync(join(from, 'log'), 'LOG')
  utimesSync(join(from, 'log'), 1, 1)
  expect(copy.update()).toBe(3)
  expect(readFileSync(join(to, 'log'), 'utf8')).toBe('LOG')
})

test('the size of a folder is that of all its files', () => {
  expect(sizeOfFolder(from)).toBe(8)
})
