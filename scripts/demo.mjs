// npm run demo: from a fresh clone to a running demo, and in seconds from the second time on.
import process from 'node:process'
import { buildWhenNeeded } from './build-application.mjs'
import { checkNodeVersion } from './check-node-version.mjs'
import { installDependencies } from './install-dependencies.mjs'
import { whenParentEnds } from './parent-process.mjs'
import { runCommand } from './run-command.mjs'

checkNodeVersion('20.9', 'Keyholder')
whenParentEnds(() => process.kill(process.pid, 'SIGTERM'))
try {
  await installDependencies()
  await buildWhenNeeded()
  console.log('Starting Keyholder …')
  const { exitCode } = await runCommand(process.execPath, ['--import', 'tsx', 'server.ts'], {
    // Who looks around wants the address, not a line for each click.
    environment: { ...process.env, NODE_ENV: 'production', DEMO: '1', LOG_LEVEL: process.env.LOG_LEVEL || 'warn' },
  })
  process.exitCode = exitCode
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
