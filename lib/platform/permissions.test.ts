import { expect, test } from 'vitest'
import { memberRoles } from '@/db/schema/workspaces'
import { may, type Permission } from './permissions'

test.each<[Permission, string[]]>([
  ['identity.write', ['owner', 'manager']],
  ['identity.delete', ['owner', 'manager']],
  ['identity.move', ['owner', 'manager', 'support']],
  ['acs_user.link', ['owner', 'manager', 'support']],
  ['acs_user.create', ['owner', 'manager']],
  ['acs_user.write', ['owner', 'manager', 'support']],
  ['acs_user.suspend', ['owner', 'manager', 'support']],
  ['acs_user.write', ['owner', 'manager', 'support']],
  ['credential.manage', ['owner', 'manager', 'support']],
  ['api_key.manage', ['owner', 'manager']],
  ['webhook.manage', ['owner', 'manager']],
  ['workspace.reset', ['owner', 'manager']],
  ['workspace.write', ['owner']],
  ['member.manage', ['owner']],
])('%s is for %j alone', (permission, roles) => {
  expect(memberRoles.filter((role) => may(role, permission))).toEqual(roles)
})
