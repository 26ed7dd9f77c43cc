import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parse } from 'yaml'
import { buildSources } from '../build-application.mjs'
import { findProgram } from '../find-program.mjs'
import { root } from '../run-command.mjs'
import { environmentOf, filesOf, parseDockerfile, partsOfCopy } from './dockerfile.mjs'

const folder = join(root, 'deploy')
/** @param {string} path from the repository's root */
const read = (path) => readFileSync(join(root, path), 'utf8')

/**
 * What is wrong with what deploy/ holds, in sentences; nothing where all is well.
 *
 * @param {string[]} files every file that a clean checkout has
 * @returns {string[]}
 */
export function problemsOfDeployment(files) {
  return [...problemsOfDockerfile(files), ...problemsOfCompose(), ...problemsOfUnit()]
}

/** @param {string[]} files @returns {string[]} */
function problemsOfDockerfile(files) {
  const problems = []
  const stages = parseDockerfile()
  const ignored = read('.dockerignore').split('\n')
  const copied = []
  for (const [place, stage] of stages.entries()) {
    const earlier = stages.slice(0, place).map(({ name }) => name)
    if (!earlier.includes(stage.image) && !/:(?!latest$).+/.test(stage.image)) {
      problems.push(`Dockerfile: the image ${stage.image} has no version.`)
    }
    for (const instruction of stage.instructions.filter(({ name }) => name === 'COPY')) {
      const { from } = instruction.flags
      if (from && !earlier.includes(from)) problems.push(`Dockerfile: there is no stage ${from} to copy from.`)
      if (from) continue
      for (const source of partsOfCopy(instruction).sources) {
        const meant = filesOf(files, source)
        copied.push(...meant)
        if (meant.length === 0) {
          problems.push(`Dockerfile: ${source} is copied, and a clean checkout has no such file.`)
        }
        if (ignored.includes(source)) problems.push(`Dockerfile: ${source} is copied, and .dockerignore leaves it out.`)
      }
    }
  }
  for (const source of buildSources.filter((path) => existsSync(join(root, path)))) {
    if (filesOf(copied, source).length === 0)
      problems.push(`Dockerfile: ${source} is part of the build, and is not copied.`)
  }
  const last = stages.at(-1)?.instructions ?? []
  const user = last.findLast(({ name }) => name === 'USER')?.text ?? 'root'
  if (['root', '0'].includes(user)) problems.push('Dockerfile: the server would run as root.')
  if (!last.some(({ name }) => name === 'HEALTHCHECK')) problems.push('Dockerfile: there is no HEALTHCHECK.')
  const command = last.findLast(({ name }) => name === 'CMD')?.text ?? ''
  if (!command.startsWith('[')) problems.push('Dockerfile: CMD would be run by a shell, which keeps signals to itself.')
  return problems
}

/** @returns {string[]} */
function problemsOfCompose() {
  const problems = []
  const text = read('deploy/compose.yaml')
  const { services, volumes } = parse(text)
  const { keyholder } = services
  if (!existsSync(join(folder, keyholder.build.context, keyholder.build.dockerfile))) {
    problems.push('compose.yaml: there is no such Dockerfile.')
  }
  const known = read('README.md')
  for (const name of Object.keys({ ...keyholder.environment, ...environmentOf(lastStage()) })) {
    if (!known.includes(`\`${name}\``) && !['NODE_ENV', 'NEXT_TELEMETRY_DISABLED'].includes(name)) {
      problems.push(`compose.yaml: Keyholder knows no variable ${name}.`)
    }
  }
  for (const [, name] of text.matchAll(/\$\{(\w+)/g)) {
    if (!read('deploy/environment.example').includes(`${name}=`)) {
      problems.push(`environment.example: ${name} is missing, which compose.yaml asks for.`)
    }
  }
  for (const [name, service] of Object.entries(services)) {
    if (service.image && !service.build && !/:(?!latest$).+/.test(service.image)) {
      problems.push(`compose.yaml: the image of ${name} has no version.`)
    }
    if (!service.security_opt?.includes('no-new-privileges:true')) {
      problems.push(`compose.yaml: ${name} may gain privileges.`)
    }
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':')
      const isThere = source.startsWith('.') ? existsSync(join(folder, source)) : source in volumes
      if (!isThere) problems.push(`compose.yaml: ${name} mounts ${source}, which is not there.`)
    }
  }
  if (!keyholder.read_only || !keyholder.cap_drop?.includes('ALL') || keyholder.ports) {
    problems.push('compose.yaml: keyholder must be read-only, without capabilities, and reached by the proxy alone.')
  }
  if (JSON.stringify(keyholder.environment).includes('POSTGRES_PASSWORD')) {
    problems.push('compose.yaml: keyholder must not know the password of the role that owns the tables.')
  }
  return problems
}

function lastStage() {
  const stage = parseDockerfile().at(-1)
  if (!stage) throw new Error('The Dockerfile has no stage.')
  return stage
}

/** What systemd has to say of the unit, on a machine that has it. @returns {string[]} */
function problemsOfUnit() {
  const analyze = findProgram('systemd-analyze', [])
  if (!analyze) return []
  // It asks for the files that the unit names; here they are elsewhere.
  const unit = read('deploy/keyholder.service')
    .replaceAll('/usr/bin/node', process.execPath)
    .replaceAll('/opt/keyholder', root.replace(/\/$/, ''))
  const temporary = mkdtempSync(join(tmpdir(), 'keyholder-unit-'))
  try {
    const file = join(temporary, 'keyholder.service')
    writeFileSync(file, unit)
    const verify = spawnSync(analyze, ['verify', '--man=no', file], { encoding: 'utf8' })
    const said = `${verify.stdout}${verify.stderr}`.split('\n').filter((line) => line.includes('keyholder.service'))
    const problems = said.map((line) => `keyholder.service: ${line}`)
    const security = spawnSync(analyze, ['security', '--offline=true', '--threshold=20', file], { encoding: 'utf8' })
    // Older ones cannot tell of a unit that is not installed.
    if (security.status !== 0 && /exposure level/.test(security.stdout)) {
      problems.push('keyholder.service: systemd-analyze security finds it more exposed than 2.0.')
    }
    return problems
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}
