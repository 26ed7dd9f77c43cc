/* `npm run rotate-secret`, as a process of its own. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { closeDatabase } from '@/db/client'
import { seal } from '@/db/encryption/seal'
import { codeOf } from '@/lib/access/acs-user-rows/credential-secrets'
import { getCredentialRecord } from '@/lib/access/credentials/records'
import { checkSecrets } from '@/lib/platform/encryption/commands'
import { addAccessSystem, addCredential, addWorkspace } from '@/lib/testing/test-data'
import { runScript } from './testing/run-script'

// On a server, the secret is a variable; what then happens is tried without a process.
test.skipIf(process.env.DATABASE_URL)(
  'the secret beside the embedded database is replaced by another',
  async () => {
    const admin = await addWorkspace()
    const acsSystemId = await addAccessSystem(admin)
    await checkSecrets()
    const details = { accessMethod: 'code' as const, sealedCode: seal('door code', '4821') }
    const id = await addCredential(admin, { acsSystemId, acsUserId: null }, details)
    const folder = process.env.DATA_DIR ?? ''
    const former = readFileSync(join(folder, 'auth-secret'), 'utf8')
    await closeDatabase()

    const { code, output } = await runScript('rotate-secret', [])
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('just now: 1.') })
    const current = readFileSync(join(folder, 'auth-secret'), 'utf8')
    expect(current).toMatch(/^[0-9a-f]{64}$/)
    expect(current).not.toBe(former)
    expect(existsSync(join(folder, 'auth-secret-previous'))).toBe(false)
    // This process still knows the former secret: told of a change, it reads the file again.
    vi.stubEnv('AUTH_SECRET', current)
    await checkSecrets()
    expect(codeOf((await getCredentialRecord(admin.workspaceId, id)).credential)).toBe('4821')
    await closeDatabase()

    const wrong = await runScript('rotate-secret', [], { AUTH_SECRET: 'x'.repeat(32) })
    expect(wrong.code).toBe(1)
    expect(wrong.problems).toContain('AUTH_SECRET isn’t the secret that the database is encrypted with')
    expect((await runScript('rotate-secret', ['--lost'], { AUTH_SECRET: 'x'.repeat(32) })).output).toContain(
      'cannot be read any more: 1.',
    )
  },
  120_000,
)
