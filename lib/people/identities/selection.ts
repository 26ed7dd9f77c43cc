import type { RefusalValue } from '@/lib/platform/refusals'

/** Most people who can be selected on the list at once. */
export const mostSelected = 10_000

/** Most people who are deleted with one call: each is a change of their own, and between calls others have their turn. */
export const mostDeletedAtOnce = 20

/** People that a search and filters leave, in the list's order; not more than can be selected. */
export type SelectedPeople = { people: { userIdentityId: string; displayName: string }[]; isComplete: boolean }

/** What goes with people who are deleted. */
export type Dependents = { people: number; acsUsers: number; mobileKeys: number; cardsAndCodes: number }

/** What became of one of several deletions; `changeId`: by what it is taken back. */
export type DeletionOutcome = { userIdentityId: string; changeId: string; refusal: RefusalValue | null }
