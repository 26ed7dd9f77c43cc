import { callApi } from './api'
import { expect, open, type Page } from './test'

/** Letters that nobody else's name has, so that tests never meet each other's people. */
export function uniqueWord(): string {
  const letters = Array.from({ length: 9 }, () => 'bcdfghjklmnpqrstvwxz'[Math.floor(Math.random() * 20)]).join('')
  return letters.charAt(0).toUpperCase() + letters.slice(1)
}

/** The ten digits of an American phone number that nobody else has. */
export function uniquePhoneDigits(): string {
  return `415${2 + Math.floor(Math.random() * 8)}${String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0')}`
}

export type Characteristics = { name?: string; email?: string; phone?: string; key?: string }

export async function fillIdentityForm(page: Page, person: Characteristics): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByRole('textbox', { name: 'User identity key' }) })
  if (person.name !== undefined) await form.getByRole('textbox', { name: 'Full name' }).fill(person.name)
  if (person.email !== undefined) await form.getByRole('textbox', { name: 'Email address' }).fill(person.email)
  if (person.phone !== undefined) await form.getByRole('textbox', { name: 'Phone number' }).fill(person.phone)
  if (person.key !== undefined) await form.getByRole('textbox', { name: 'User identity key' }).fill(person.key)
}

const personAddress = /\/identities\/([0-9a-f]{8}-[0-9a-f-]{27})$/

/** Waits for a person's page, without what a redirect adds to its address, and gives the person's id. */
export async function arriveAtPerson(page: Page): Promise<string> {
  await expect(page).toHaveURL(personAddress)
  return personAddress.exec(new URL(page.url()).pathname)?.[1] ?? ''
}

/** Makes a person through the form and stays on their page. */
export async function createPersonByForm(page: Page, person: Characteristics): Promise<string> {
  await open(page, '/identities/new')
  await fillIdentityForm(page, person)
  await page.getByRole('button', { name: 'Create identity' }).click()
  return arriveAtPerson(page)
}

const detailsOf = ({ name, email, phone }: Characteristics) => ({
  full_name: name,
  email_address: email,
  phone_number: phone && `+1${phone}`,
})

/** Makes a person, with an ACS user of the same details in each of these access systems; gives the person's id. */
export async function addPerson(page: Page, person: Characteristics, ...inSystems: string[]): Promise<string> {
  const { user_identity } = (await callApi(page, '/user_identities/create', {
    ...detailsOf(person),
    user_identity_key: person.key,
  })) as { user_identity: { user_identity_id: string } }
  for (const system of inSystems) {
    await callApi(page, '/acs/users/create', {
      ...detailsOf(person),
      acs_system_id: await systemId(page, system),
      user_identity_id: user_identity.user_identity_id,
    })
  }
  return user_identity.user_identity_id
}

/** Makes a person as `addPerson` does, and opens their page. */
export async function createPerson(page: Page, person: Characteristics, ...inSystems: string[]): Promise<string> {
  const id = await addPerson(page, person, ...inSystems)
  await open(page, `/identities/${id}`)
  return id
}

/** The ids of a person's ACS users. */
export async function acsUserIdsOf(page: Page, userIdentityId: string): Promise<string[]> {
  const { acs_users } = (await callApi(page, '/user_identities/list_acs_users', {
    user_identity_id: userIdentityId,
  })) as { acs_users: { acs_user_id: string }[] }
  return acs_users.map(({ acs_user_id }) => acs_user_id)
}

export type Door = { acs_entrance_id: string; display_name: string }

/** The doors of one of the demo's access systems. */
export async function doorsOf(page: Page, system: string): Promise<Door[]> {
  const acs_system_id = await systemId(page, system)
  return ((await callApi(page, '/acs/entrances/list', { acs_system_id })) as { acs_entrances: Door[] }).acs_entrances
}

/** The id of one of the demo's access systems. */
export async function systemId(page: Page, system: string): Promise<string> {
  const { acs_systems } = (await callApi(page, '/acs/systems/list', {})) as {
    acs_systems: { acs_system_id: string; name: string }[]
  }
  return acs_systems.find(({ name }) => name === system)?.acs_system_id ?? ''
}

/** The row of an access system on a person's page. */
export function systemRow(page: Page, system: string) {
  return page.getByRole('region', { name: 'Access systems' }).getByRole('listitem', { name: system })
}

/** Creates an ACS user from the details of the person whose page is open, and attaches it. */
export async function createAcsUserFromDetails(page: Page, system: string): Promise<void> {
  await page.getByRole('button', { name: `Choose an ACS user of ${system}` }).click()
  await page
    .getByRole('dialog', { name: `Attach an ACS user of ${system}` })
    .getByRole('button', { name: 'Create from this person’s details' })
    .click()
  await expect(systemRow(page, system).getByText('Active')).toBeVisible()
}

/** Makes an ACS user that nobody holds. */
export async function addLooseAcsUser(page: Page, system: string, person: Characteristics): Promise<void> {
  await callApi(page, '/acs/users/create', { ...detailsOf(person), acs_system_id: await systemId(page, system) })
}

/** The demo's access systems, by what stands in their rows. */
export const systems = {
  salto: 'Harbor House — Salto KS',
  visionline: 'Harbor House — Visionline',
  latch: 'Pier 9 Lofts — Latch',
  brivo: 'Beacon Court — Brivo',
  hid: 'Harborview Living — HID Mobile Access',
} as const
