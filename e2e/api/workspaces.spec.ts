import { checkEvent } from './support/contract'
import { expect, refusalOf, test, unique, unknownId } from './support/test'

test('a key opens one workspace, which is read, listed and renamed', async ({ seam, plain, read }) => {
  const workspace = await seam.workspaces.get()
  expect(workspace).toMatchObject({ name: 'Harborview Living', is_sandbox: true })
  expect((await read('/workspaces/get')).workspace).toEqual(workspace)
  expect(await seam.workspaces.list()).toEqual([workspace])
  expect((await read('/workspaces/list')).workspaces).toEqual([workspace])
  await seam.workspaces.update({ name: 'Renamed Living' })
  expect(await seam.workspaces.get()).toMatchObject({ name: 'Renamed Living', company_name: 'Renamed Living' })
  await plain('POST', '/workspaces/update', { body: { name: 'Harborview Living', is_suspended: false } })
  expect(await seam.workspaces.get()).toEqual(workspace)
})

test('a sandbox is reset, and nothing but it', async ({ seam, stranger }) => {
  const before = await seam.userIdentities.list({ limit: 5 })
  expect((await stranger.userIdentities.list()).length).toBeGreaterThan(0)
  const attempt = await stranger.workspaces.resetSandbox()
  expect(attempt).toMatchObject({ status: 'success', action_type: 'RESET_SANDBOX_WORKSPACE' })
  expect(await stranger.userIdentities.list()).toEqual([])
  expect(await stranger.acs.systems.list()).toEqual([])
  expect(await seam.userIdentities.list({ limit: 5 })).toEqual(before)
})

test('events are read, listed and filtered', async ({ seam, stranger, read }) => {
  const { user_identity_id, created_at } = await seam.userIdentities.create({ full_name: `Watched ${unique()}` })
  const since = new Date(Date.parse(created_at) - 60_000).toISOString()
  const [event, ...others] = await seam.events.list({ user_identity_id, since })
  expect(others).toEqual([])
  checkEvent(event)
  expect(event).toMatchObject({ event_type: 'user_identity.created', user_identity_id })
  const { event_id = '' } = event ?? {}
  expect(await seam.events.get({ event_id })).toEqual(event)
  expect((await read('/events/get', { event_id })).event).toEqual(event)
  expect((await read('/events/list', { event_ids: [event_id], since })).events).toEqual([event])
  const until = new Date(Date.now() + 60_000).toISOString()
  expect((await read('/events/list', { user_identity_id, between: [since, until] })).events).toEqual([event])
  const ofType = { user_identity_id, since, event_types: ['user_identity.created', 'acs_user.created'] }
  expect((await read('/events/list', ofType)).events).toEqual([event])
  expect(await seam.events.list({ user_identity_id, since, event_type: 'acs_user.created' })).toEqual([])
  expect(await seam.events.list({ user_identity_id, since: until })).toEqual([])
  expect(await seam.events.list({ since, device_id: unknownId() })).toEqual([])
  expect(await seam.events.list({ user_identity_id, since, limit: 0 })).toEqual([])

  expect(await refusalOf(stranger.events.get({ event_id }))).toMatchObject({ code: 'event_not_found', statusCode: 404 })
  expect(await stranger.events.list({ user_identity_id, since })).toEqual([])
})
