import { callApi } from '../faults/call-api'

const pages = [
  '/',
  '/identities',
  '/access-systems',
  '/reconcile',
  '/events',
  '/import',
  '/settings/workspace',
  '/settings/members',
]

type Named = Record<string, string>

/**
 * Lives through the life of a person, each step at the one version and looked at from the other.
 *
 * @param name by which the person is told from others
 * @throws Error with what was answered when a version fails.
 */
export async function drivePeople(one: string, other: string, apiKey: string, name: string): Promise<void> {
  const identity = { full_name: name, email_address: `${name}@example.com`, user_identity_key: name }
  const { user_identity } = await callApi(one, apiKey, '/user_identities/create', identity)
  const { user_identity_id } = user_identity as Named
  const seen = async (from: string) => {
    const answer = await callApi(from, apiKey, '/user_identities/get', { user_identity_id })
    return (answer.user_identity as Named).full_name
  }
  expectSame(await seen(other), name)
  await callApi(other, apiKey, '/user_identities/update', { user_identity_id, full_name: `${name} Renamed` })
  expectSame(await seen(one), `${name} Renamed`)
  const { acs_systems } = await callApi(one, apiKey, '/acs/systems/list')
  const [{ acs_system_id } = {} as Named] = acs_systems as Named[]
  const { acs_user } = await callApi(one, apiKey, '/acs/users/create', { acs_system_id, full_name: name })
  const { acs_user_id } = acs_user as Named
  await callApi(other, apiKey, '/user_identities/add_acs_user', { user_identity_id, acs_user_id })
  const { acs_users } = await callApi(one, apiKey, '/acs/users/list', { user_identity_id })
  expectSame((acs_users as Named[]).map((user) => user.acs_user_id).join(), acs_user_id)
  const { user_identities } = await callApi(other, apiKey, '/user_identities/list', { limit: 5 })
  expectSame(String((user_identities as Named[]).length), '5')
  await callApi(one, apiKey, '/user_identities/delete', { user_identity_id })
  const gone = await seen(other).catch((error: Error) => error.message)
  if (!gone?.includes('answered 404')) throw new Error(`A deleted person is still there: ${gone}`)
}

/**
 * Signs in to the demo by the page's own form, as a browser without JavaScript does.
 *
 * @returns the session's cookie.
 */
export async function signIn(url: string): Promise<string> {
  const page = await (await fetch(`${url}/sign-in`)).text()
  const form = page.slice(0, page.indexOf('Explore the demo'))
  const action = /name="(\$ACTION_ID_\w+)"/.exec(form)?.[1]
  if (!action) throw new Error(`The page of the sign-in at ${url} has no form for the demo.`)
  const fields = new FormData()
  fields.set(action, '')
  fields.set('next', '/')
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body: fields,
    headers: { Origin: url },
    redirect: 'manual',
  })
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const session = cookies.find((cookie) => cookie?.startsWith('keyholder.session_token='))
  if (!session) throw new Error(`The sign-in at ${url} answered ${answer.status} without a session.`)
  return session
}

/** Looks at pages with a session. @throws Error when one fails, or does not know the session */
export async function drivePages(url: string, session: string): Promise<void> {
  for (const page of pages) {
    const answer = await fetch(url + page, { headers: { Cookie: session }, redirect: 'manual' })
    const text = await answer.text()
    if (answer.status !== 200 || !text.includes('</html>')) {
      throw new Error(`${page} answered ${answer.status} ${answer.headers.get('location') ?? ''}`)
    }
  }
}

function expectSame(found: string | undefined, expected: string | undefined): void {
  if (found !== expected) throw new Error(`One version found “${found}” where the other wrote “${expected}”.`)
}
