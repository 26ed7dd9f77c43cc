/** What a list of an access system's ACS users shows, as its address holds it. */
export type AcsUserListParameters = {
  search: string
  /** Only those of whom this is so; who was said to be no person is not waiting to be linked. */
  linked: (typeof acsUserLinks)[number] | null
  hasProblem: boolean
  sort: AcsUserSort
  cursor: string | null
}

export const acsUserLinks = ['linked', 'unlinked', 'not_a_person'] as const
export const acsUserSorts = ['name', 'name-desc', 'newest', 'oldest'] as const
type AcsUserSort = (typeof acsUserSorts)[number]

/** Reads the list's address. What it does not know, it leaves at the default. */
export function readAcsUserListParameters(address: URLSearchParams): AcsUserListParameters {
  return {
    search: address.get('q') ?? '',
    linked: acsUserLinks.find((known) => known === address.get('linked')) ?? null,
    hasProblem: address.get('problem') === '1',
    sort: acsUserSorts.find((known) => known === address.get('sort')) ?? 'name',
    cursor: address.get('cursor') || null,
  }
}

/** The address that `readAcsUserListParameters` reads back: defaults are left out. */
export function writeAcsUserListParameters(parameters: AcsUserListParameters): URLSearchParams {
  const address = new URLSearchParams()
  if (parameters.search) address.set('q', parameters.search)
  if (parameters.linked) address.set('linked', parameters.linked)
  if (parameters.hasProblem) address.set('problem', '1')
  if (parameters.sort !== 'name') address.set('sort', parameters.sort)
  if (parameters.cursor) address.set('cursor', parameters.cursor)
  return address
}
