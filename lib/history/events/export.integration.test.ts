import { expect, test } from 'vitest'
import { createUserIdentity, updateUserIdentity } from '@/lib/people/identities/commands'
import { csvFile } from '@/lib/platform/csv/file'
import { inTransaction } from '@/lib/platform/transaction'
import { addWorkspace } from '@/lib/testing/test-data'
import { recordEvents } from './commands'
import { eventsTable } from './export'

async function exported(...given: Parameters<typeof eventsTable>): Promise<string[]> {
  const parts: string[] = []
  for await (const part of csvFile(eventsTable(...given))) parts.push(part)
  return parts
}

test('what is filtered comes out as CSV, and nothing in it is computed', async () => {
  const admin = { ...(await addWorkspace()), name: '=HYPERLINK("https://evil.example")' }
  const { userIdentityId } = await createUserIdentity(admin, { full_name: '+Jane "J", Doe' })
  await updateUserIdentity(
    { ...admin, name: 'Dana' },
    { user_identity_id: userIdentityId, email_address: 'j@example.com' },
  )
  const text = (await exported(admin.workspaceId, {})).join('')
  expect(text.startsWith('\uFEFFTime,Actor,')).toBe(true)
  const [, updated, created] = text.split('\r\n')
  expect(updated).toContain('"changed the email address of +Jane ""J"", Doe",email address: none → j@example.com,')
  expect(created).toContain('"\'=HYPERLINK(""https://evil.example"")",member,')
  expect(created).toContain('"\'+Jane ""J"", Doe"')
  const filtered = (await exported(admin.workspaceId, { actorName: 'Dana' })).join('')
  expect(filtered.trim().split('\r\n')).toHaveLength(2)
})

test('a long history is read batch by batch, whole and in order', async () => {
  const admin = await addWorkspace()
  const total = 1203
  await inTransaction((transaction) =>
    recordEvents(
      transaction,
      admin,
      Array.from({ length: total }, (_, n) => ({
        eventType: 'user_identity.updated' as const,
        data: { user_identity_name: `Person ${total - n}` },
      })),
    ),
  )
  const parts = await exported(admin.workspaceId, {})
  expect(parts.length).toBeGreaterThan(4)
  const rows = parts.join('').trim().split('\r\n').slice(1)
  expect(rows.map((row) => /Person (\d+),/.exec(row)?.[1])).toEqual(Array.from({ length: total }, (_, n) => `${n + 1}`))
})
