import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run-command.mjs'

/**
 * One instruction: its name in capitals, its flags, and the rest of it.
 *
 * @typedef {{ name: string, flags: Record<string, string>, text: string }} Instruction
 */

/** @typedef {{ name: string, image: string, instructions: Instruction[] }} Stage */

/**
 * Reads deploy/Dockerfile, as far as it goes: of the format, what that file uses.
 *
 * @returns {Stage[]}
 */
export function parseDockerfile(text = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8')) {
  /** @type {Stage[]} */
  const stages = []
  /** @type {Record<string, string>} */
  const given = {}
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  for (const line of lines.map((one) => one.trim()).filter(Boolean)) {
    const instruction = parseInstruction(line)
    if (instruction.name === 'ARG') {
      const [name = '', value = ''] = instruction.text.split('=')
      given[name] = value
    } else if (instruction.name === 'FROM') {
      const [image = '', , name = String(stages.length)] = instruction.text.split(/\s+/)
      stages.push({
        name,
        image: image.replace(/\$\{(\w+)\}/, (_, variable) => given[variable] ?? ''),
        instructions: [],
      })
    } else {
      stages.at(-1)?.instructions.push(instruction)
    }
  }
  return stages
}

/** @param {string} line @returns {Instruction} */
function parseInstruction(line) {
  const [name = '', ...words] = line.split(/\s+/)
  /** @type {Record<string, string>} */
  const flags = {}
  while (words[0]?.startsWith('--')) {
    const [flag = '', value = ''] = (words.shift() ?? '').slice(2).split('=')
    flags[flag] = value
  }
  return { name: name.toUpperCase(), flags, text: words.join(' ') }
}

/**
 * What a COPY takes, and where it puts it.
 *
 * @param {Instruction} instruction
 */
export function partsOfCopy({ text }) {
  const sources = text.split(' ')
  const destination = sources.pop() ?? ''
  return { sources, destination }
}

/**
 * The variables that a stage sets.
 *
 * @param {Stage} stage
 * @returns {Record<string, string>}
 */
export function environmentOf({ instructions }) {
  const pairs = instructions.filter(({ name }) => name === 'ENV').flatMap(({ text }) => text.split(' '))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

/**
 * The files of a checkout that a COPY's source stands for: one, all in a folder, or those that `*` matches.
 *
 * @param {string[]} files
 * @param {string} source
 */
export function filesOf(files, source) {
  const pattern = source.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')
  return files.filter((file) => new RegExp(`^${pattern}(/|$)`).test(file))
}
