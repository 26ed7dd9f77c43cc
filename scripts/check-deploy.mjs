// npm run check:deploy: what can be known of deploy/ without an engine that runs images.
//   npm run check:deploy              the Dockerfile, the compose file and the unit, in seconds
//   npm run check:deploy -- --run     and the Dockerfile's steps, one by one, in a temporary folder
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { problemsOfDeployment } from './deploy/check.mjs'
import { parseDockerfile } from './deploy/dockerfile.mjs'
import { runDockerfile } from './deploy/run-dockerfile.mjs'
import { root } from './run-command.mjs'

const { values } = parseArgs({ options: { run: { type: 'boolean', default: false } } })
const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const files = listed.stdout.split('\n').filter(Boolean)

try {
  const problems = problemsOfDeployment(files)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  console.log('The Dockerfile, the compose file and the unit are as they should be.')
  if (values.run) {
    const folder = mkdtempSync(join(tmpdir(), 'keyholder-image-'))
    try {
      await runDockerfile(parseDockerfile(), files, folder)
      console.log('Every step of the Dockerfile was executed, and the server that it starts is well.')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
