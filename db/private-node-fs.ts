import { NodeFS } from '@electric-sql/pglite/nodefs'

type Attributes = { mode?: number | null }
type NodeOperations = { setattr: (node: unknown, attributes: Attributes) => void }
type Initialized = ReturnType<NodeFS['init']>

/**
 * The embedded database's files on the disk, which only their owner may read. Emscripten gives each file the mode that
 * was asked for once it is made, whatever the process's mask says, and Postgres asks for 0666.
 */
export class PrivateNodeFS extends NodeFS {
  override async init(...parameters: Parameters<NodeFS['init']>): Initialized {
    const { emscriptenOpts } = await super.init(...parameters)
    const preRun = [emscriptenOpts.preRun ?? []].flat()
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, ({ NODEFS }) => keepPrivate(NODEFS)] } }
  }
}

function keepPrivate(fileSystem: object): void {
  const { node_ops: operations } = fileSystem as { node_ops: NodeOperations }
  const { setattr } = operations
  operations.setattr = (node, attributes) => {
    const { mode } = attributes
    setattr(node, mode == null ? attributes : { ...attributes, mode: mode & ~0o077 })
  }
}
