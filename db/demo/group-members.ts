import type { accessGroupMembers } from '../schema/access-groups'
import type { AcsUser } from './acs-users'
import { type GroupPurpose, systemOfBuilding } from './buildings'
import type { Demo } from './demo'
import type { Group } from './sites'

/** Puts the ACS users into the access groups of their system that are meant for them. */
export function buildGroupMembers(
  demo: Demo,
  groups: Group[],
  acsUsers: AcsUser[],
): (typeof accessGroupMembers.$inferInsert)[] {
  return groups.flatMap((group) =>
    acsUsers
      .filter((acsUser) => acsUser.system === group.system && belongs(demo, group, acsUser))
      .map(({ row }) => ({
        workspaceId: demo.workspaceId,
        acsSystemId: row.acsSystemId,
        acsAccessGroupId: group.acsAccessGroupId,
        acsUserId: row.acsUserId,
      })),
  )
}

function belongs({ random }: Demo, group: Group, acsUser: AcsUser): boolean {
  const { purpose } = group
  if (acsUser.isService) return purpose.kind === 'service' && serves(group.name, acsUser.displayName)
  const { person } = acsUser
  // Who has long gone is still in some group or other: that is how it goes.
  if (!person) return purpose.kind === 'residentsWith' && random.chance(purpose.share * 0.5)
  const livesHere = person.kind === 'resident' && systemOfBuilding[person.building] === group.system
  switch (purpose.kind) {
    case 'residents':
      return livesHere && isHome(purpose, person.tower)
    case 'residentsWith':
      return livesHere && random.chance(purpose.share)
    case 'neighbours':
      return person.kind === 'resident' && !livesHere && random.chance(purpose.share)
    case 'staff':
      return person.kind === 'staff' && random.chance(purpose.share)
    case 'contractors':
      return person.kind === 'contractor' && random.chance(purpose.share)
    case 'service':
      return false
  }
}

const isHome = (purpose: GroupPurpose & { kind: 'residents' }, tower: string) =>
  purpose.tower === undefined || purpose.tower === tower

function serves(groupName: string, serviceName: string): boolean {
  if (serviceName.startsWith('Cleaning')) return groupName === 'Cleaning crew'
  if (serviceName === 'USPS' || serviceName.startsWith('Parcel')) return groupName === 'Deliveries'
  if (serviceName.startsWith('Fire') || serviceName === 'Knox Box') return groupName === 'Emergency services'
  return false
}
