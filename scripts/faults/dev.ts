import { runScenarios } from './report'
import { scenarios } from './scenarios'

const names = process.argv[2]?.split(',') ?? []
await runScenarios(
  scenarios.filter(({ name }) => names.includes(name)),
  { writes: 500, kills: 2 },
)
process.exit()
