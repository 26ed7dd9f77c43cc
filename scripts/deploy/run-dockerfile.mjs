import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../run-command.mjs'
import { environmentOf, filesOf, partsOfCopy } from './dockerfile.mjs'

const startSeconds = 180

/**
 * Executes a Dockerfile's steps without an engine: every stage is a folder that stands for the root of
 * its file system, and this machine's Node.js stands for the image's. Then starts what it starts, and asks
 * its health check.
 *
 * @param {import('./dockerfile.mjs').Stage[]} stages
 * @param {string[]} files every file that a clean checkout has
 * @param {string} folder an empty one
 * @throws Error that names the step that failed.
 */
export async function runDockerfile(stages, files, folder) {
  /** @type {Record<string, string>} the working folder at the end of each stage */
  const workingFolders = {}
  for (const stage of stages) {
    const stageRoot = join(folder, stage.name)
    if (existsSync(join(folder, stage.image))) copyTree(join(folder, stage.image), stageRoot)
    mkdirSync(stageRoot, { recursive: true })
    let workingFolder = join(stageRoot, workingFolders[stage.image] ?? '')
    const base = stages.find(({ name }) => name === stage.image)
    const environment = { ...(base && environmentOf(base)), ...environmentOf(stage) }
    for (const instruction of stage.instructions) {
      const { name, flags, text } = instruction
      if (name === 'WORKDIR') {
        workingFolder = join(stageRoot, text)
        workingFolders[stage.name] = text
        mkdirSync(workingFolder, { recursive: true })
      } else if (name === 'COPY') {
        copy(instruction, flags.from ? join(folder, flags.from) : '', files, stageRoot, workingFolder)
      } else if (name === 'RUN') {
        runStep(text, environment, stageRoot, workingFolder)
      }
    }
    workingFolders[stage.name] ??= workingFolders[stage.image] ?? ''
    if (stage === stages.at(-1)) await runServer(stage, environment, stageRoot, workingFolder)
  }
}

/** With hard links: a folder of packages is large. @param {string} from @param {string} to */
function copyTree(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  const { status, stderr } = spawnSync('cp', ['-RPl', from, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/**
 * @param {import('./dockerfile.mjs').Instruction} instruction
 * @param {string} fromStage the root of the stage to copy from, or nothing for the checkout
 * @param {string[]} files @param {string} stageRoot @param {string} workingFolder
 */
function copy(instruction, fromStage, files, stageRoot, workingFolder) {
  const { sources, destination } = partsOfCopy(instruction)
  const isFolder = destination.endsWith('/') || sources.length > 1
  const target = destination.startsWith('/') ? join(stageRoot, destination) : join(workingFolder, destination)
  for (const source of sources) {
    const name = source.slice(source.lastIndexOf('/') + 1)
    if (fromStage) {
      copyTree(join(fromStage, source), isFolder ? join(target, name) : target)
      continue
    }
    // Of a folder, what is in it is copied; a file keeps its name in one.
    for (const file of filesOf(files, source)) {
      const below = file.startsWith(`${source}/`) ? file.slice(source.length) : ''
      cpSync(join(root, file), isFolder || below ? join(target, below || basename(file)) : target)
    }
  }
}

/** @param {string} text @param {Record<string, string>} environment @param {string} stageRoot @param {string} workingFolder */
function runStep(text, environment, stageRoot, workingFolder) {
  console.log(`RUN ${text}`)
  const here = text.replaceAll('/data', join(stageRoot, 'data')).replaceAll('node:node', '"$(id -u):$(id -g)"')
  const { status } = spawnSync('/bin/sh', ['-c', here], {
    cwd: workingFolder,
    env: environmentWith(environment),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`This step of the Dockerfile failed: RUN ${text}`)
}

/** @param {import('./dockerfile.mjs').Stage} stage @param {Record<string, string>} given @param {string} stageRoot @param {string} workingFolder */
async function runServer(stage, given, stageRoot, workingFolder) {
  /** @param {string} text */
  const wordsOf = (text) => /** @type {string[]} */ (JSON.parse(text.slice(text.indexOf('['))))
  const textOf = (/** @type {string} */ name) => stage.instructions.findLast((one) => one.name === name)?.text ?? '[]'
  const port = await freePort()
  const environment = environmentWith({
    ...given,
    DATA_DIR: join(stageRoot, 'data'),
    HOSTNAME: '127.0.0.1',
    PORT: String(port),
  })
  const [program = '', ...words] = wordsOf(textOf('CMD'))
  console.log(`CMD ${[program, ...words].join(' ')}`)
  const mark = join(stageRoot, 'started')
  writeFileSync(mark, '')
  const server = spawn(program, words, {
    cwd: workingFolder,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  try {
    await answers(`http://127.0.0.1:${port}/`, server)
    const [asker = '', ...question] = wordsOf(textOf('HEALTHCHECK'))
    const { status } = spawnSync(asker, question, { env: environment, stdio: 'inherit' })
    if (status !== 0) throw new Error('The HEALTHCHECK of the Dockerfile finds that the server is not well.')
    const { stdout } = spawnSync('find', [workingFolder, '-newer', mark, '-type', 'f'], { encoding: 'utf8' })
    if (stdout) throw new Error(`With a read-only file system the server could not have written:\n${stdout}`)
  } finally {
    server.kill('SIGTERM')
    await ended
  }
  if (server.exitCode !== 0) throw new Error(`Asked to stop, the server ended with ${server.exitCode}.`)
}

/** @param {string} address @param {import('node:child_process').ChildProcess} server */
async function answers(address, server) {
  for (let second = 0; second < startSeconds; second += 1) {
    if (server.exitCode !== null) break
    const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined)
    if (answer && answer.status < 500) return
    await sleep(1000)
  }
  throw new Error('The server that the Dockerfile starts does not answer.')
}

/**
 * This machine's variables, without those that say where a database is or what npm is doing, and with others.
 *
 * @param {Record<string, string>} others
 */
function environmentWith(others) {
  const ours = /^(npm_|DATABASE_|DATA_DIR$|DEMO$|BASE_URL$|AUTH_SECRET$|NODE_ENV$|PORT$|HOSTNAME$)/i
  const theirs = Object.entries(process.env).filter(([name]) => !ours.test(name))
  return /** @type {NodeJS.ProcessEnv} */ ({ ...Object.fromEntries(theirs), ...others })
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
