import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { giveWay } from './give-way'

/**
 * Opens the embedded database's files for this process alone, as they are: nothing is migrated.
 *
 * @param folder the data folder, made if need be, or `memory://`.
 * @throws DataFolderInUse when another process has it; DataFolderNotPrivate when other users can read it.
 */
export async function openEmbeddedFiles(folder: string): Promise<{ client: PGlite; close: () => Promise<void> }> {
  const [{ PGlite }, { pg_trgm }, { unaccent }, { lockDataFolder }, { PrivateNodeFS }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/contrib/pg_trgm'),
    import('@electric-sql/pglite/contrib/unaccent'),
    import('./data-folder-lock'),
    import('./private-node-fs'),
  ])
  const inMemory = folder === 'memory://'
  const unlock = inMemory ? () => {} : lockDataFolder(folder)
  try {
    const client = await PGlite.create({
      ...(inMemory ? { dataDir: folder } : { fs: new PrivateNodeFS(join(folder, 'postgres')) }),
      extensions: { pg_trgm, unaccent },
    })
    letOthersHaveTurns(client)
    return {
      client,
      close: async () => {
        await client.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Without this, one statement after the other would be answered before this process looks at anything else, such as
 * other requests: the database computes in this very process.
 */
function letOthersHaveTurns(client: PGlite): void {
  const execute = client.execProtocolRaw.bind(client)
  client.execProtocolRaw = async (...given) => {
    const answer = await execute(...given)
    await giveWay()
    return answer
  }
}
