/*
 * Has the application meet with faults while it writes, and counts what was acknowledged and what is there.
 *   npm run test:faults
 *   npm run test:faults -- --writes 2000 --kills 4 --only kill-embedded,slow-clients
 */
import { parseArgs } from 'node:util'
import { buildWhenNeeded } from '../build-application.mjs'
import { runScenarios } from './report'
import { scenarios } from './scenarios'

const usage = `Usage: npm run test:faults -- [--writes <number>] [--kills <number>] [--only <fault>,…]

  --writes  how many writes the kills are spread over, both databases together (8000)
  --kills   how often the application is killed, both databases together (12)
  --only    ${scenarios.map(({ name }) => name).join(', ')}
  --help    shows this`

function readOptions() {
  const { values } = parseArgs({
    options: {
      writes: { type: 'string', default: '8000' },
      kills: { type: 'string', default: '12' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return null
  const numberOf = (option: 'writes' | 'kills') => {
    if (!/^[1-9]\d{0,6}$/.test(values[option])) throw new Error(`--${option} must be a number, at least 1.\n\n${usage}`)
    return Number(values[option])
  }
  const names = values.only?.split(',') ?? scenarios.map(({ name }) => name)
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name))
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(', ')}.\n\n${usage}`)
  return {
    chosen: scenarios.filter(({ name }) => names.includes(name)),
    amount: { writes: Math.ceil(numberOf('writes') / 2), kills: Math.ceil(numberOf('kills') / 2) },
  }
}

try {
  const options = readOptions()
  if (!options) console.log(usage)
  else {
    await buildWhenNeeded()
    const outcomes = await runScenarios(options.chosen, options.amount)
    process.exitCode = outcomes.some(({ problems }) => problems.length > 0) ? 1 : 0
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
