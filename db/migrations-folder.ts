import { join } from 'node:path'

/** Where the migrations are: every command runs in the repository's root. */
export const migrationsFolder = () => join(process.cwd(), 'db', 'migrations')
