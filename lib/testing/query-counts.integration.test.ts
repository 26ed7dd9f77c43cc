/* A page sends a fixed number of statements, whatever the data's size. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { database, listenToQueries } from '@/db/client'
import { acsUsers } from '@/db/schema/acs-users'
import { credentials } from '@/db/schema/credentials'
import { entrances } from '@/db/schema/entrances'
import { events } from '@/db/schema/events'
import { userIdentities } from '@/db/schema/user-identities'
import { receiveFile } from '@/lib/imports/commands'
import { pageReads, type ReadWorkspace } from './page-reads'
import { addAccessSystem, addAcsUser, addWorkspace } from './test-data'

/** A workspace of so many people, each with an ACS user and a mobile key in each of three access systems. */
async function fillWorkspace(people: number): Promise<ReadWorkspace> {
  const admin = await addWorkspace()
  const { workspaceId } = admin
  const connection = await database()
  const systems = [
    await addAccessSystem(admin, 'A'),
    await addAccessSystem(admin, 'B'),
    await addAccessSystem(admin, 'C'),
  ]
  const identities = Array.from({ length: people }, (_, number) => ({
    workspaceId,
    userIdentityId: uuidv7(),
    fullName: `Person ${number}`,
  }))
  const users = identities.flatMap(({ userIdentityId, fullName }) =>
    systems.map((acsSystemId) => ({
      workspaceId,
      acsSystemId,
      acsUserId: uuidv7(),
      userIdentityId,
      fullName,
      linkedAt: sql`now()`,
    })),
  )
  const keys = users.map(({ acsSystemId, acsUserId }) => ({
    workspaceId,
    acsSystemId,
    acsUserId,
    acsCredentialId: uuidv7(),
    accessMethod: 'mobile_key' as const,
    displayName: 'Mobile key',
  }))
  await connection.insert(userIdentities).values(identities)
  await connection.insert(acsUsers).values(users)
  await connection.insert(credentials).values(keys)
  await connection.insert(events).values(
    identities.map(({ userIdentityId }) => ({
      ...{ workspaceId, userIdentityId, eventId: uuidv7(), changeId: uuidv7() },
      ...{ eventType: 'user_identity.created', actorKind: 'system' as const, actorName: 'Import' },
    })),
  )
  const doors = Array.from({ length: people }, (_, number) => ({
    workspaceId,
    acsSystemId: systems[number % systems.length] ?? '',
    acsEntranceId: uuidv7(),
    displayName: `Door ${number}`,
  }))
  await connection.insert(entrances).values(doors)
  // More than one answer looks at, of whom some match and some do not.
  for (let number = 0; number < 30; number++) {
    await addAcsUser(admin, systems[0] ?? '', { fullName: number % 2 ? 'Perso 1' : `Stranger ${number}` })
  }
  const acsEntranceId = doors[0]?.acsEntranceId ?? ''
  const bytes = Buffer.from(`Key\n${doors.map(({ displayName }) => displayName).join('\n')}\n`)
  const { importId } = await receiveFile(admin, { name: 'people.csv', chunks: [bytes] }, { kind: 'user_identities' })
  return {
    workspaceId,
    importId,
    acsEntranceId,
    acsSystemId: systems[0] ?? '',
    userIdentityId: identities[0]?.userIdentityId ?? '',
  }
}

test.each([10, 500])('with %i people every page sends as many statements as ever', async (people) => {
  const workspace = await fillWorkspace(people)
  for (const [page, { statements, read }] of Object.entries(pageReads)) {
    const sent: string[] = []
    listenToQueries((statement) => sent.push(statement))
    await Promise.all(read(workspace)).finally(() => listenToQueries(undefined))
    expect(sent.length, page).toBe(statements)
  }
})
