/* A program keeps access systems, their entrances and access groups, where no vendor does. */
import { beforeEach, describe, expect, test } from 'vitest'
import { listenToQueries } from '@/db/client'
import type { Actor } from '@/lib/platform/actor'
import { addApiKey, apiRequest, readAnswer } from '@/lib/testing/api-requests'
import { addAccessGroup, addAccessSystem, addEntrance, addWorkspace, everythingIn } from '../testing/test-data'
import { app } from './app'

let admin: Actor
let apiKey: string
beforeEach(async () => {
  admin = await addWorkspace()
  apiKey = await addApiKey(admin)
})

const ask = async (path: string, body: object) => readAnswer(await app.fetch(apiRequest(path, { apiKey, body })))

/** Expects a success and gives what it answered beside `ok`. */
async function done(path: string, body: object): Promise<Record<string, unknown>> {
  const { status, text, body: answer } = await ask(path, body)
  expect(status, text.slice(0, 300)).toBe(200)
  const { ok: _, ...rest } = answer
  return rest
}

async function create(resource: 'systems' | 'entrances' | 'access_groups', body: object): Promise<string> {
  const kind = { systems: 'acs_system', entrances: 'acs_entrance', access_groups: 'acs_access_group' }[resource]
  const answer = await done(`/acs/${resource}/create`, body)
  return (answer[kind] as Record<string, string>)[`${kind}_id`] ?? ''
}

async function addFurnished() {
  const acs_system_id = await create('systems', { name: 'Garden House' })
  const gate = await create('entrances', { acs_system_id, display_name: 'Gate' })
  const shed = await create('entrances', { acs_system_id, display_name: 'Shed' })
  const group = await create('access_groups', { acs_system_id, name: 'Gardeners', acs_entrance_ids: [gate] })
  return { acs_system_id, gate, shed, group }
}

describe('an access system', () => {
  test('is created, and answered as it is read; what is not known of it is not told', async () => {
    const created = await done('/acs/systems/create', {
      name: ' Garden House ',
      vendor_name: 'Paxton Net2',
      time_zone: 'Europe/Berlin',
    })
    const system = created.acs_system as Record<string, unknown>
    expect(system).toMatchObject({
      name: 'Garden House',
      external_type_display_name: 'Paxton Net2',
      location: { time_zone: 'Europe/Berlin' },
      acs_user_count: 0,
    })
    expect(system).not.toHaveProperty('external_type')
    expect(await done('/acs/systems/get', { acs_system_id: system.acs_system_id })).toEqual(created)
  })

  test('is changed where something is given, and cleared by null', async () => {
    const given = { name: 'Garden House', vendor_name: 'Paxton Net2', time_zone: 'Europe/Berlin' }
    const acs_system_id = await create('systems', given)
    expect(await done('/acs/systems/update', { acs_system_id, name: 'Shed' })).toMatchObject({
      acs_system: { name: 'Shed', external_type_display_name: 'Paxton Net2', location: { time_zone: 'Europe/Berlin' } },
    })
    const cleared = await done('/acs/systems/update', { acs_system_id, vendor_name: null, time_zone: null })
    expect(cleared).toMatchObject({
      acs_system: { external_type_display_name: 'Kept by hand', location: { time_zone: null } },
    })
  })

  test('is deleted with all that is in it', async () => {
    const { acs_system_id, gate, group } = await addFurnished()
    expect(await done('/acs/systems/delete', { acs_system_id })).toEqual({})
    for (const [path, body] of [
      ['/acs/systems/get', { acs_system_id }],
      ['/acs/entrances/get', { acs_entrance_id: gate }],
      ['/acs/access_groups/get', { acs_access_group_id: group }],
    ] as const) {
      expect((await ask(path, body)).status, path).toBe(404)
    }
  })

  test('has a name of its own, and its time zone is one', async () => {
    await create('systems', { name: 'Garden House' })
    const taken = await ask('/acs/systems/create', { name: 'Garden House' })
    expect([taken.status, taken.body.error?.type]).toEqual([409, 'acs_system_name_taken'])
    const nowhere = await ask('/acs/systems/create', { name: 'Shed', time_zone: 'Mars/Olympus' })
    expect(nowhere).toMatchObject({ status: 400, body: { error: { validation_errors: { time_zone: {} } } } })
  })

  test('is found by a part of its name, in any letter case, or by its id', async () => {
    const acs_system_id = await create('systems', { name: 'Gärten am See' })
    await create('systems', { name: 'Pier 7' })
    for (const search of ['garten', 'SEE gär', acs_system_id]) {
      expect(await done('/acs/systems/list', { search }), search).toMatchObject({ acs_systems: [{ acs_system_id }] })
    }
    expect(await done('/acs/systems/list', { search: 'nothing' })).toEqual({ acs_systems: [] })
  })
})

describe('an entrance', () => {
  test('is created, changed and deleted', async () => {
    const { acs_system_id, gate } = await addFurnished()
    const created = await done('/acs/entrances/get', { acs_entrance_id: gate })
    expect(created).toMatchObject({
      acs_entrance: { acs_system_id, display_name: 'Gate', can_unlock_with_card: true, can_unlock_with_code: false },
    })
    const changes = { acs_entrance_id: gate, display_name: 'Main gate', can_unlock_with_code: true }
    const changed = await done('/acs/entrances/update', changes)
    expect(changed).toMatchObject({
      acs_entrance: { display_name: 'Main gate', can_unlock_with_card: true, can_unlock_with_code: true },
    })
    expect(await done('/acs/entrances/get', { acs_entrance_id: gate })).toEqual(changed)
    expect(await done('/acs/entrances/delete', { acs_entrance_id: gate })).toEqual({})
    expect((await ask('/acs/entrances/get', { acs_entrance_id: gate })).status).toBe(404)
  })
})

describe('an access group', () => {
  const opens = async (acs_access_group_id: string) => {
    const { acs_entrances } = await done('/acs/access_groups/list_accessible_entrances', { acs_access_group_id })
    return (acs_entrances as { acs_entrance_id: string }[]).map((one) => one.acs_entrance_id)
  }

  test('opens exactly the entrances that it is given', async () => {
    const { gate, shed, group } = await addFurnished()
    expect(await opens(group)).toEqual([gate])
    const change = (more: object) => done('/acs/access_groups/update', { acs_access_group_id: group, ...more })
    expect(await change({ acs_entrance_ids: [shed, shed] })).toMatchObject({ acs_access_group: { name: 'Gardeners' } })
    expect(await opens(group)).toEqual([shed])
    expect(await change({ name: 'Staff' })).toMatchObject({ acs_access_group: { name: 'Staff' } })
    expect(await opens(group)).toEqual([shed])
    await change({ acs_entrance_ids: [] })
    expect(await opens(group)).toEqual([])
    expect(await done('/acs/access_groups/delete', { acs_access_group_id: group })).toEqual({})
    expect((await ask('/acs/access_groups/get', { acs_access_group_id: group })).status).toBe(404)
  })

  test('opens none of another access system, and is not created halfway', async () => {
    const { gate } = await addFurnished()
    const acs_system_id = await create('systems', { name: 'Pier 7' })
    const before = await everythingIn(admin)
    const refused = await ask('/acs/access_groups/create', { acs_system_id, name: 'Crew', acs_entrance_ids: [gate] })
    expect([refused.status, refused.body.error?.type]).toEqual([404, 'acs_entrance_not_found'])
    const { apiKeys: _, ...after } = await everythingIn(admin)
    expect(before).toMatchObject(after)
  })

  test('is found by a part of its name or by an id', async () => {
    const { acs_system_id, group } = await addFurnished()
    await create('access_groups', { acs_system_id, name: 'Guests' })
    for (const search of ['garden', group]) {
      expect(await done('/acs/access_groups/list', { search }), search).toMatchObject({
        acs_access_groups: [{ acs_access_group_id: group }],
      })
    }
    expect((await done('/acs/access_groups/list', { search: acs_system_id })).acs_access_groups).toHaveLength(2)
  })

  test('is changed by as many statements, however many entrances it opens', async () => {
    const { acs_system_id, group } = await addFurnished()
    const doors: string[] = []
    for (let number = 0; number < 30; number++) doors.push(await addEntrance(admin, acs_system_id, `Door ${number}`))
    const statementsFor = async (acs_entrance_ids: string[]) => {
      let count = 0
      listenToQueries(() => count++)
      await done('/acs/access_groups/update', { acs_access_group_id: group, acs_entrance_ids }).finally(() =>
        listenToQueries(undefined),
      )
      return count
    }
    const few = await statementsFor(doors.slice(0, 1))
    expect(await statementsFor(doors.slice(1))).toBe(few)
  })
})

test('what its vendor reports is refused in a sentence, and nothing changes', async () => {
  const acs_system_id = await addAccessSystem(admin, 'Harbor House')
  const acs_entrance_id = await addEntrance(admin, acs_system_id)
  const acs_access_group_id = await addAccessGroup(admin, acs_system_id)
  const { apiKeys: _, ...before } = await everythingIn(admin)
  for (const [path, body] of [
    ['/acs/systems/update', { acs_system_id, name: 'X' }],
    ['/acs/systems/delete', { acs_system_id }],
    ['/acs/entrances/create', { acs_system_id, display_name: 'X' }],
    ['/acs/entrances/update', { acs_entrance_id, display_name: 'X' }],
    ['/acs/entrances/delete', { acs_entrance_id }],
    ['/acs/access_groups/create', { acs_system_id, name: 'X' }],
    ['/acs/access_groups/update', { acs_access_group_id, name: 'X' }],
    ['/acs/access_groups/delete', { acs_access_group_id }],
  ] as const) {
    const { status, body: answer } = await ask(path, body)
    expect([status, answer.error?.type], path).toEqual([409, 'acs_system_not_kept_by_hand'])
    expect(answer.error?.message).toMatch(/^“Harbor House” is reported by its vendor/)
  }
  const { apiKeys: _used, ...after } = await everythingIn(admin)
  expect(after).toEqual(before)
})
