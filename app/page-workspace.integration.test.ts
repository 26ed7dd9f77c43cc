/* A page of one workspace, while the session looks at another by now. */
import { hashPassword } from 'better-auth/crypto'
import { NextRequest } from 'next/server'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { accounts, users } from '@/db/schema/accounts'
import { workspaceMembers } from '@/db/schema/workspaces'
import { getAuth } from '@/lib/accounts/auth/auth'
import { workspaceField, workspaceHeader } from '@/lib/accounts/workspaces/page-workspace'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addIdentity, addWorkspace, everythingIn } from '@/lib/testing/test-data'
import { chooseWorkspace } from './(dashboard)/actions'
import { createIdentity, removeIdentities } from './(dashboard)/identities/actions'
import { saveProfile } from './(dashboard)/settings/account/actions'
import { GET as exportAcsUsers } from './data/access-systems/[id]/acs-users/export/route'
import { GET as exportEvents } from './data/events/export/route'
import { GET as exportIdentities } from './data/identities/export/route'
import { GET as listIdentities } from './data/identities/route'

let cookie = ''
let pageOf: string | null = null
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie, ...(pageOf !== null && { [workspaceHeader]: pageOf }) }),
  cookies: async () => ({ get: () => undefined, set: () => undefined, delete: () => undefined }),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

let left: Actor
let present: Actor
beforeAll(async () => {
  left = await addWorkspace({ name: 'Harborview' })
  present = await addWorkspace({ name: 'Seaview' })
  const connection = await database()
  const [userId, email, password] = [uuidv7(), 'robin@example.com', 'trombone saddle 91']
  await connection.insert(users).values({ id: userId, name: 'Robin', email })
  await connection.insert(accounts).values({
    ...{ id: uuidv7(), userId, accountId: userId, providerId: 'credential' },
    password: await hashPassword(password),
  })
  for (const { workspaceId } of [left, present]) {
    await connection.insert(workspaceMembers).values({ workspaceId, userId, role: 'owner' })
  }
  const auth = await getAuth()
  const response = await auth.api.signInEmail({ body: { email, password }, asResponse: true })
  const lines = response.headers.getSetCookie()
  cookie = lines.map((line) => line.split(';')[0]).join('; ')
})
beforeEach(async () => {
  pageOf = left.workspaceId
  expect(await chooseWorkspace(present.workspaceId)).toMatchObject({ ok: true })
})

const person = () => {
  const form = new FormData()
  form.set('full_name', 'Jane Doe')
  return form
}
const refused = {
  kind: 'conflict',
  type: 'other_workspace',
  message: expect.stringContaining('This page is of “Harborview”, and you have switched to “Seaview” since'),
}

test('what a page of the former workspace asks for is refused, in both', async () => {
  const theirs = await addIdentity(present)
  const before = [await everythingIn(left), await everythingIn(present)]
  expect(await createIdentity(null, person())).toMatchObject({ refusal: refused })
  expect(await removeIdentities([theirs])).toMatchObject({ ok: false, refusal: refused })
  expect([await everythingIn(left), await everythingIn(present)]).toEqual(before)
  const response = await listIdentities(new NextRequest('http://localhost/data/identities'))
  expect(response.status).toBe(409)
  expect(await response.json()).toEqual({ error: expect.objectContaining(refused) })
})

test('a form that is posted without JavaScript tells by a field of its own', async () => {
  pageOf = null
  const form = person()
  form.set(workspaceField, left.workspaceId)
  const before = [await everythingIn(left), await everythingIn(present)]
  expect(await createIdentity(null, form)).toMatchObject({ refusal: refused })
  expect([await everythingIn(left), await everythingIn(present)]).toEqual(before)
  form.set(workspaceField, present.workspaceId)
  await expect(createIdentity(null, form)).rejects.toThrow('NEXT_REDIRECT')
})

test('a link to a file tells by a parameter', async () => {
  pageOf = null
  const id = await addAccessSystem(present)
  const exports = {
    identities: exportIdentities,
    events: exportEvents,
    'acs-users': (request: NextRequest) => exportAcsUsers(request, { params: Promise.resolve({ id }) }),
  }
  for (const [name, get] of Object.entries(exports)) {
    const from = (workspaceId: string) => get(new NextRequest(`http://localhost/?${workspaceField}=${workspaceId}`))
    const response = await from(left.workspaceId)
    expect(response.status, name).toBe(409)
    expect(await response.json()).toEqual({ error: expect.objectContaining(refused) })
    const served = await from(present.workspaceId)
    expect(served.status, name).toBe(200)
    expect(await served.text()).not.toBe('')
  }
})

test('a page of the present workspace, and one that does not tell, are served', async () => {
  for (const given of [present.workspaceId, null]) {
    pageOf = given
    const theirs = await addIdentity(present)
    expect(await removeIdentities([theirs])).toMatchObject({ ok: true })
    expect((await listIdentities(new NextRequest('http://localhost/data/identities'))).status).toBe(200)
  }
})

test('what is done to no workspace is done from any page', async () => {
  const form = new FormData()
  form.set('name', 'Robin Álvarez')
  form.set('email', 'robin@example.com')
  expect(await saveProfile(null, form)).toEqual({ kind: 'saved' })
  expect(await chooseWorkspace(left.workspaceId)).toMatchObject({ ok: true })
})

test('who was removed from the workspace that a page is of reads that', async () => {
  pageOf = uuidv7()
  expect(await removeIdentities([uuidv7()])).toMatchObject({
    refusal: { message: expect.stringContaining('that you are not a member of any more') },
  })
})
