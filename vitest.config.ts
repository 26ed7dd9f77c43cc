import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const integrationTests = '**/*.integration.test.ts'
const exclude = [...configDefaults.exclude, '.next/**', 'e2e/**']

export default defineConfig({
  resolve: {
    alias: [{ find: /^@\//, replacement: fileURLToPath(new URL('./', import.meta.url)) }],
  },
  test: {
    // Vite sets BASE_URL to a path of its own.
    env: { BASE_URL: '', LOG_LEVEL: 'silent' },
    // Left to itself, of two processors it uses one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, integrationTests],
          // Generous, for machines that do other things too.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [integrationTests],
          exclude,
          globalSetup: './db/testing/prepare-database.ts',
          setupFiles: './db/testing/own-database.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
