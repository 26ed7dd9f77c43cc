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
    // Only a test that hangs reaches these limits; a machine may be busy with other work.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Left to itself, of two processors it uses one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, integrationTests],
          setupFiles: './lib/testing/fixed-seed.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [integrationTests],
          exclude,
          globalSetup: './db/testing/prepare-database.ts',
          setupFiles: ['./db/testing/own-database.ts', './lib/testing/fixed-seed.ts'],
        },
      },
    ],
  },
})
