import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

/**
 * Finds a program in the folders of PATH and in others.
 *
 * @param {string} name
 * @param {string[]} [moreFolders] looked into after PATH
 * @returns {string | undefined} its full path
 */
export function findProgram(name, moreFolders = []) {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...moreFolders]
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

/**
 * @param {string} path
 */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
