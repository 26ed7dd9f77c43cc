import type { accessGroupEntrances, accessGroups } from '../schema/access-groups'
import type { accessSystems } from '../schema/access-systems'
import type { entrances } from '../schema/entrances'
import { type GroupPurpose, groupPlans, type SystemName, systemNames, systemPlans } from './buildings'
import type { Demo } from './demo'

type Entrance = { acsEntranceId: string; displayName: string }

/** One access system with its doors. */
export type Site = {
  system: SystemName
  acsSystemId: string
  displayName: string
  sharedEntrances: Entrance[]
  homes: Entrance[]
}

/** One access group, with whom it is for. */
export type Group = { acsAccessGroupId: string; system: SystemName; name: string; purpose: GroupPurpose }

/** Makes the access systems, their entrances and access groups. All were connected before anybody was created. */
export function buildSites(demo: Demo) {
  const { workspaceId, newId, calendar, random } = demo
  const systemRows: (typeof accessSystems.$inferInsert)[] = []
  const entranceRows: (typeof entrances.$inferInsert)[] = []
  const groupRows: (typeof accessGroups.$inferInsert)[] = []
  const groupEntranceRows: (typeof accessGroupEntrances.$inferInsert)[] = []
  const sites = {} as Record<SystemName, Site>

  systemNames.forEach((system, position) => {
    const plan = systemPlans[system]
    const connectedAt = calendar.workingMoment(98 - position)
    const acsSystemId = newId(connectedAt)
    systemRows.push({
      workspaceId,
      acsSystemId,
      name: plan.displayName,
      externalType: plan.externalType,
      connectedAccountId: newId(connectedAt),
      isCredentialManager: plan.isCredentialManager ?? false,
      timeZone: 'America/New_York',
      ...issuesOf(system, demo),
      createdAt: connectedAt,
    })
    const addEntrance = (displayName: string): Entrance => {
      const createdAt = new Date(connectedAt.getTime() + 60_000 + entranceRows.length * 350)
      const acsEntranceId = newId(createdAt)
      entranceRows.push({
        workspaceId,
        acsEntranceId,
        acsSystemId,
        displayName,
        canUnlockWithMobileKey: plan.opensWith.includes('mobile'),
        canUnlockWithCard: plan.opensWith.includes('card'),
        canUnlockWithCode: plan.opensWith.includes('code'),
        createdAt,
      })
      return { acsEntranceId, displayName }
    }
    sites[system] = {
      system,
      acsSystemId,
      displayName: plan.displayName,
      sharedEntrances: plan.sharedEntrances.map(addEntrance),
      homes: plan.homes.map(addEntrance),
    }
  })

  const groups = groupPlans.map((plan, position): Group => {
    const site = sites[plan.system]
    const createdAt = new Date(calendar.workingMoment(92).getTime() + position * random.integer(1_000, 90_000))
    const acsAccessGroupId = newId(createdAt)
    groupRows.push({ workspaceId, acsAccessGroupId, acsSystemId: site.acsSystemId, name: plan.name, createdAt })
    for (const entrance of site.sharedEntrances) {
      if (plan.entrances !== 'all shared' && !plan.entrances.includes(entrance.displayName)) continue
      groupEntranceRows.push({
        workspaceId,
        acsSystemId: site.acsSystemId,
        acsAccessGroupId,
        acsEntranceId: entrance.acsEntranceId,
      })
    }
    return { acsAccessGroupId, system: plan.system, name: plan.name, purpose: plan.purpose }
  })

  return { sites, groups, systemRows, entranceRows, groupRows, groupEntranceRows }
}

function issuesOf(system: SystemName, { calendar }: Demo) {
  if (system === 'visionline') {
    return {
      errors: [
        {
          error_code: 'visionline_instance_unreachable',
          message:
            'The Visionline server at Harbor House does not answer. Check that it is switched on and connected to the network.',
          created_at: new Date(calendar.hoursFromNow(-7).getTime() + 13 * 60_000).toISOString(),
        },
      ],
    }
  }
  if (system === 'saltoKs') {
    return {
      warnings: [
        {
          warning_code: 'salto_ks_subscription_limit_almost_reached',
          message:
            'The Salto KS site is close to the number of users that its subscription allows. Remove users who have moved out, or extend the subscription.',
          created_at: calendar.workingMoment(3).toISOString(),
        },
      ],
    }
  }
  return {}
}
