import { beforeAll, describe, expect, test } from 'vitest'
import { getAcsUser } from '@/lib/access/acs-users/queries'
import type { Actor } from '@/lib/platform/actor'
import { addAccessSystem, addAcsUser, addIdentity, addWorkspace, refusalOf } from '@/lib/testing/test-data'
import { findSimilarIdentities, searchIdentityOptions } from '../identities/queries'
import { suggestAcsUsers, suggestIdentities } from './queries'

let admin: Actor
let house: string
let pier: string
beforeAll(async () => {
  admin = await addWorkspace()
  house = await addAccessSystem(admin, 'Harbor House')
  pier = await addAccessSystem(admin, 'Pier 7')
})

const jonathan = { fullName: 'Jonathan Smith', emailAddress: 'jon@example.com', phoneNumber: '+15555550110' }

describe('suggested ACS users', () => {
  beforeAll(async () => {
    await addAcsUser(admin, house, { fullName: 'SMITH Jonathan', emailAddress: 'JON@example.com' })
    await addAcsUser(admin, house, { fullName: 'Jon Smith' })
    await addAcsUser(admin, house, { fullName: 'Jonathon Smíth', phoneNumber: '555.555.0110' })
    await addAcsUser(admin, pier, { fullName: 'Somebody Else', emailAddress: 'jon@example.com' })
    await addAcsUser(admin, pier, { fullName: 'Maria Lopez' })
    const holder = await addIdentity(admin, 'Holder')
    await addAcsUser(admin, pier, { ...jonathan, userIdentityId: holder })
    const elsewhere = await addWorkspace()
    await addAcsUser(elsewhere, await addAccessSystem(elsewhere), jonathan)
  })

  const suggested = async (...given: [Parameters<typeof suggestAcsUsers>[1], (string | null)?]) =>
    (await suggestAcsUsers(admin.workspaceId, ...given)).map(({ displayName, reasons }) => [displayName, ...reasons])

  test('are those that nobody holds and that agree in something, best first, with why', async () => {
    expect(await suggested(jonathan)).toEqual([
      ['SMITH Jonathan', 'same email', 'same name'],
      ['Jonathon Smíth', 'same phone', 'similar name'],
      ['Somebody Else', 'same email'],
      ['Jon Smith', 'nickname'],
    ])
  })

  test('are of one access system where one is given', async () => {
    expect(await suggested(jonathan, pier)).toEqual([['Somebody Else', 'same email']])
    expect(await refusalOf(suggested(jonathan, 'no id'))).toMatchObject({ type: 'acs_system_not_found' })
  })

  test('need something to go by', async () => {
    expect(await suggested({ fullName: null, emailAddress: null, phoneNumber: null })).toEqual([])
    expect(await suggested({ fullName: null, emailAddress: null, phoneNumber: '+15555550110' })).toEqual([
      ['Jonathon Smíth', 'same phone'],
    ])
    expect(await suggested({ fullName: '%_', emailAddress: null, phoneNumber: null })).toEqual([])
  })
})

describe('somebody who may be the person that is typed', () => {
  let jane: string
  beforeAll(async () => {
    jane = await addIdentity(admin, {
      fullName: 'Zoë Ångström',
      emailAddress: 'zoe@example.com',
      phoneNumber: '+442079460958',
      userIdentityKey: 'resident-7',
    })
    await addIdentity(admin, 'Angstrom Zoe')
    await addIdentity(admin, { fullName: 'Quite Other', userIdentityKey: 'Resident-7' })
    await addIdentity(await addWorkspace(), { fullName: 'Zoë Ångström', userIdentityKey: 'resident-7' })
  })

  const nothing = { fullName: null, emailAddress: null, phoneNumber: null, userIdentityKey: null }
  const similar = async (given: Partial<Parameters<typeof findSimilarIdentities>[1]>, except?: string) =>
    (await findSimilarIdentities(admin.workspaceId, { ...nothing, ...given }, except)).map((person) => [
      person.displayName,
      ...person.same,
    ])

  test.each([
    [{ emailAddress: 'ZOE@example.com' }, 'email_address'],
    [{ phoneNumber: '+442079460958' }, 'phone_number'],
    [{ userIdentityKey: 'resident-7' }, 'user_identity_key'],
  ])('is who has %j', async (given, field) => {
    expect(await similar(given)).toEqual([['Zoë Ångström', field]])
  })

  test('is who has nearly this name, exact characteristics first', async () => {
    expect(await similar({ fullName: 'zoe angstroem' })).toEqual([
      ['Zoë Ångström', 'full_name'],
      ['Angstrom Zoe', 'full_name'],
    ])
    expect(await similar({ fullName: 'Angstrom Zoe', userIdentityKey: 'Resident-7' })).toEqual([
      ['Quite Other', 'user_identity_key'],
      ['Zoë Ångström', 'full_name'],
      ['Angstrom Zoe', 'full_name'],
    ])
  })

  test('is not the person that is edited', async () => {
    expect(await similar({ emailAddress: 'zoe@example.com' }, jane)).toEqual([])
  })

  test('is nobody while nothing is typed', async () => {
    expect(await similar({})).toEqual([])
  })

  test('is five people at most', async () => {
    for (let number = 0; number < 7; number++) await addIdentity(admin, 'Many Namesakes')
    expect(await similar({ fullName: 'Many Namesakes' })).toHaveLength(5)
  })
})

describe('the identities that an ACS user may belong to', () => {
  test('are suggested with why, and with whom they have in that access system already', async () => {
    const workspace = await addWorkspace()
    const system = await addAccessSystem(workspace)
    const free = await addIdentity(workspace, { fullName: 'Jon Smith', emailAddress: 'jon@example.com' })
    const taken = await addIdentity(workspace, 'Jonathan Smith')
    await addIdentity(workspace, 'Maria Lopez')
    await addAcsUser(workspace, system, { fullName: 'Old Card', userIdentityId: taken })
    const acsUserId = await addAcsUser(workspace, system, jonathan)
    const acsUser = await getAcsUser(workspace.workspaceId, acsUserId)
    expect(await suggestIdentities(workspace.workspaceId, acsUser)).toMatchObject([
      { userIdentityId: free, linkedAcsUserName: null, reasons: ['same email', 'nickname'] },
      { userIdentityId: taken, linkedAcsUserName: 'Old Card', reasons: ['same name'] },
    ])
    expect(await searchIdentityOptions(workspace.workspaceId, system, 'smith', 10)).toMatchObject([
      { userIdentityId: free, linkedAcsUserName: null, reasons: [] },
      { userIdentityId: taken, linkedAcsUserName: 'Old Card', reasons: [] },
    ])
  })

  test('are none where nobody resembles it', async () => {
    const acsUserId = await addAcsUser(admin, house, { fullName: 'Xaver Quiz' })
    expect(await suggestIdentities(admin.workspaceId, await getAcsUser(admin.workspaceId, acsUserId))).toEqual([])
  })
})
