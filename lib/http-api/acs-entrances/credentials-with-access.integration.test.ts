import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { accessGroupEntrances, accessGroupMembers } from '@/db/schema/access-groups'
import { acsUserEntrances } from '@/db/schema/acs-user-entrances'
import { credentialEntrances } from '@/db/schema/credentials'
import { addApiKey, apiRequest, readAnswer } from '@/lib/testing/api-requests'
import {
  addAccessGroup,
  addAccessSystem,
  addAcsUser,
  addCredential,
  addEntrance,
  addWorkspace,
} from '../../testing/test-data'
import { app } from '../app'

test('a credential opens what it was issued for, what its ACS user was granted, and what its groups open', async () => {
  const admin = await addWorkspace()
  const { workspaceId } = admin
  const acsSystemId = await addAccessSystem(admin)
  const acsEntranceId = await addEntrance(admin, acsSystemId)
  const acsAccessGroupId = await addAccessGroup(admin, acsSystemId)
  const addHolder = async () => {
    const acsUserId = await addAcsUser(admin, acsSystemId)
    return { acsUserId, acsCredentialId: await addCredential(admin, { acsSystemId, acsUserId }) }
  }
  const [granted, member, issued] = [await addHolder(), await addHolder(), await addHolder()]
  await addHolder()
  const nobodys = await addCredential(admin, { acsSystemId, acsUserId: null })
  const here = { workspaceId, acsSystemId }
  const connection = await database()
  await connection.insert(acsUserEntrances).values({ ...here, acsEntranceId, acsUserId: granted.acsUserId })
  await connection.insert(accessGroupEntrances).values({ ...here, acsEntranceId, acsAccessGroupId })
  await connection.insert(accessGroupMembers).values({ ...here, acsAccessGroupId, acsUserId: member.acsUserId })
  for (const acsCredentialId of [granted.acsCredentialId, issued.acsCredentialId, nobodys]) {
    await connection.insert(credentialEntrances).values({ ...here, acsEntranceId, acsCredentialId })
  }
  const body = { acs_entrance_id: acsEntranceId }
  const request = apiRequest('/acs/entrances/list_credentials_with_access', { apiKey: await addApiKey(admin), body })
  const answer = await readAnswer(await app.fetch(request))
  const found = (answer.body.acs_credentials as { acs_credential_id: string }[]).map((one) => one.acs_credential_id)
  expect(found).toEqual([granted.acsCredentialId, member.acsCredentialId, issued.acsCredentialId, nobodys])
})
