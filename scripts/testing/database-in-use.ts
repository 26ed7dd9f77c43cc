import { closeDatabase } from '@/db/client'
import { databaseConfiguration } from '@/db/configuration'
import { lockDataFolder } from '@/db/data-folder-lock'

/** Runs something while the embedded database's folder is locked, as a running server locks it. */
export async function whileInUse<Result>(run: () => Promise<Result>): Promise<Result> {
  await closeDatabase()
  const unlock = lockDataFolder(databaseConfiguration().folder)
  try {
    return await run()
  } finally {
    unlock()
  }
}
