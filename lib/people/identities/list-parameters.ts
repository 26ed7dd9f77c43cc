/** What the identities list shows, as its address holds it. */
export type IdentityListParameters = {
  search: string
  /** Only those linked in this access system. */
  linkedIn: string | null
  /** Only those without an ACS user in this access system, or in any (`everySystem`). */
  missingFrom: string | null
  /** Only those with a linked ACS user that has a problem. */
  hasProblem: boolean
  /** Only those whose move-out is planned, or those who have moved out. */
  moving: (typeof movings)[number] | null
  sort: IdentitySort
  cursor: string | null
}

/** Stands for all access systems in `missingFrom`: people who are linked nowhere. */
export const everySystem = 'every'

const movings = ['planned', 'out'] as const

export const identitySorts = ['newest', 'oldest', 'name', 'name-desc'] as const
type IdentitySort = (typeof identitySorts)[number]

/** Reads the list's address. What it does not know, it leaves at the default. */
export function readIdentityListParameters(address: URLSearchParams): IdentityListParameters {
  const sort = identitySorts.find((known) => known === address.get('sort'))
  return {
    search: address.get('q') ?? '',
    linkedIn: address.get('linked') || null,
    missingFrom: address.get('missing') || null,
    hasProblem: address.get('problem') === '1',
    moving: movings.find((known) => known === address.get('moving')) ?? null,
    sort: sort ?? 'newest',
    cursor: address.get('cursor') || null,
  }
}

/** The address that `readIdentityListParameters` reads back: defaults are left out. */
export function writeIdentityListParameters(parameters: IdentityListParameters): URLSearchParams {
  const address = new URLSearchParams()
  if (parameters.search) address.set('q', parameters.search)
  if (parameters.linkedIn) address.set('linked', parameters.linkedIn)
  if (parameters.missingFrom) address.set('missing', parameters.missingFrom)
  if (parameters.hasProblem) address.set('problem', '1')
  if (parameters.moving) address.set('moving', parameters.moving)
  if (parameters.sort !== 'newest') address.set('sort', parameters.sort)
  if (parameters.cursor) address.set('cursor', parameters.cursor)
  return address
}
