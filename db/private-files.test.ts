import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FolderCopy } from './backup/folder-copy'
import { DataFolderNotPrivate, makeContentsPrivate, makeFolderPrivate } from './private-files'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyholder-private-test-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modeOf = (...path: string[]) => statSync(join(folder, ...path)).mode & 0o7777

/** A folder as version 0.1 made it, open to everybody. */
function makeWide(...path: string[]): string {
  const wide = join(folder, ...path)
  mkdirSync(join(wide, 'postgres', 'base'), { recursive: true })
  writeFileSync(join(wide, 'postgres', 'base', '1'), 'rows')
  writeFileSync(join(wide, 'auth-secret'), 'secret')
  for (const file of [['auth-secret'], ['postgres', 'base', '1']]) chmodSync(join(wide, ...file), 0o666)
  for (const inner of [['postgres', 'base'], ['postgres'], []]) chmodSync(join(wide, ...inner), 0o777)
  return wide
}

describe('the data folder', () => {
  test('is made for its owner alone, and so is what the process writes from then on', () => {
    makeFolderPrivate(join(folder, 'made', 'if need be'))
    expect([modeOf('made'), modeOf('made', 'if need be')]).toEqual([0o700, 0o700])
    writeFileSync(join(folder, 'later'), '')
    expect(modeOf('later')).toBe(0o600)
  })

  test('of an older version is taken away from others, with all that is in it', () => {
    const data = makeWide('data')
    makeFolderPrivate(data)
    expect(modeOf('data')).toBe(0o700)
    makeContentsPrivate(data)
    expect([modeOf('data', 'auth-secret'), modeOf('data', 'postgres', 'base', '1')]).toEqual([0o600, 0o600])
    expect([modeOf('data', 'postgres'), modeOf('data', 'postgres', 'base')]).toEqual([0o700, 0o700])
  })

  test('may hold its database behind a link; other links are not followed', () => {
    const elsewhere = makeWide('elsewhere')
    const data = join(folder, 'data')
    makeFolderPrivate(data)
    symlinkSync(join(elsewhere, 'postgres'), join(data, 'postgres'))
    symlinkSync(join(elsewhere, 'auth-secret'), join(data, 'link'))
    makeContentsPrivate(data)
    expect(modeOf('elsewhere', 'postgres', 'base', '1')).toBe(0o600)
    expect(modeOf('elsewhere', 'auth-secret')).toBe(0o666)
  })

  test('is not one that all users share', () => {
    chmodSync(folder, 0o1777)
    expect(() => makeFolderPrivate(folder)).toThrow(
      `DATA_DIR is ${folder}, a folder that all users of this machine share. Choose a folder inside it.`,
    )
    expect(modeOf()).toBe(0o1777)
  })

  // Nobody may change the modes of this one, root neither.
  test.runIf(process.platform === 'linux')('is refused with a sentence where its mode cannot be changed', () => {
    expect(() => makeFolderPrivate('/proc/self')).toThrow(DataFolderNotPrivate)
    expect(() => makeFolderPrivate('/proc/self')).toThrow(
      /^Other users of this machine can read the data folder \/proc\/self, and Keyholder could not change that \(EPERM: .*\)\. Make its files belong to .* chmod -R go-rwx \/proc\/self$/,
    )
  })
})

test('the copy that a backup is made of is private, whatever its original is', () => {
  const data = makeWide('data')
  new FolderCopy(data, join(folder, 'copy')).update()
  expect([modeOf('copy'), modeOf('copy', 'postgres', 'base')]).toEqual([0o700, 0o700])
  expect([modeOf('copy', 'auth-secret'), modeOf('copy', 'postgres', 'base', '1')]).toEqual([0o600, 0o600])
})
