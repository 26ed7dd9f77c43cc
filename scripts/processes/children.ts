import type { ChildProcess } from 'node:child_process'

const children = new Set<ChildProcess>()

/** Has a process that this one started end with it, however that ends, short of SIGKILL. */
export function endWithThisProcess(child: ChildProcess): void {
  children.add(child)
  child.once('exit', () => children.delete(child))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
