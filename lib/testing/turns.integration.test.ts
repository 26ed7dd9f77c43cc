/* Whose turn it is is found by index, however much waits. PostgreSQL alone is asked; it is what grows. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { asOwner } from '@/db/testing/as-owner'
import { rowsOf } from '@/db/testing/attempt'
import { workspacesInTurn } from '@/lib/background/jobs/turns'
import { sharesInTurn } from '@/lib/background/mail/turns'
import { createWebhook } from '@/lib/http-api/webhooks/commands'
import { webhooksInTurn } from '@/lib/http-api/webhooks/turns'
import { inTransaction, type Transaction } from '@/lib/platform/transaction'
import { addWorkspace } from './test-data'

type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Relation Name'?: string
  Plans?: Plan[]
}

describe.runIf(process.env.DATABASE_URL)('with 20,000 of everything waiting for one workspace', () => {
  beforeAll(async () => {
    const admin = await addWorkspace()
    const { workspaceId } = admin
    const { webhookId } = await createWebhook(admin, { url: 'https://example.com/webhooks' })
    const connection = await database()
    const many = sql`from generate_series(1, 20000) as n`
    await connection.execute(sql`
      insert into events (workspace_id, event_id, event_type, actor_kind, actor_name, user_identity_id)
      select ${workspaceId}, gen_random_uuid(), 'user_identity.updated', 'member', 'Dana',
        case when n % 2 = 0 then ${webhookId}::uuid else gen_random_uuid() end ${many}`)
    await connection.execute(sql`
      insert into jobs (workspace_id, job_id, kind, subject_id, actor_name, total)
      select ${workspaceId}, gen_random_uuid(), 'nothing', gen_random_uuid(), 'Dana', 1 ${many}`)
    await connection.execute(sql`
      insert into mails (mail_id, kind, subject_id, share_id, content, expires_at)
      select gen_random_uuid(), 'nothing', ${uuidv7()}, ${workspaceId}, 'x', now() + interval '1 day' ${many}`)
    await asOwner('vacuum analyze webhook_deliveries, jobs, mails')
    return async () => {
      await connection.execute(sql`delete from jobs where workspace_id = ${workspaceId}`)
      await connection.execute(sql`delete from mails where share_id = ${workspaceId}`)
      await connection.execute(sql`delete from webhooks where workspace_id = ${workspaceId}`)
    }
  })

  test.each<[string, (transaction: Transaction) => Promise<unknown[]>]>([
    [
      'webhooks',
      (transaction) => webhooksInTurn(transaction, new Date(Date.now() + 1000), { workspaceIds: [], lanes: [] }),
    ],
    ['jobs', (transaction) => workspacesInTurn(transaction, ['nothing'])],
    ['mails', (transaction) => sharesInTurn(transaction)],
  ])('the next of %s reads a few rows', async (_name, pick) => {
    let sent: { statement: string; parameters: unknown[] } | undefined
    const picked = await inTransaction(async (transaction) => {
      listenToQueries((statement, parameters) => {
        sent = { statement, parameters }
      })
      return pick(transaction).finally(() => listenToQueries(undefined))
    })
    expect(picked.length).toBeGreaterThan(0)
    const { statement = '', parameters = [] } = sent ?? {}
    const parts = statement.split(/\$\d+/).map((text) => sql.raw(text))
    const places = [...statement.matchAll(/\$(\d+)/g)].map(([, place]) => sql.param(parameters[Number(place) - 1]))
    const whole = sql.join(parts.flatMap((part, index) => (places[index] ? [part, places[index]] : [part])))
    const [row] = await rowsOf<{ 'QUERY PLAN': { Plan: Plan }[] }>(sql`explain (analyze, format json) ${whole}`)
    const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)]
    const nodes = (row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => flatten(Plan))
    const read = nodes.map(
      (node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
    )
    expect(Math.max(...read), JSON.stringify(nodes.map(({ Plans: _, ...node }) => node))).toBeLessThan(500)
  })
})
