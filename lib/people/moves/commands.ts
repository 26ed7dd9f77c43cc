import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { acsUsers } from '@/db/schema/acs-users'
import { lockAcsUsers } from '@/lib/access/acs-user-rows/lock-acs-users'
import { suspendAcsUser, unsuspendAcsUser, updateAcsUser } from '@/lib/access/acs-users/commands'
import { deleteCredential, updateCredential } from '@/lib/access/credentials/commands'
import { lockUserIdentity } from '@/lib/access/links/link'
import type { EventType } from '@/lib/history/events/event'
import type { Actor } from '@/lib/platform/actor'
import { moment, parseInput, uuid } from '@/lib/platform/input'
import { invalidInput, Refusal } from '@/lib/platform/refusals'
import { inTransaction } from '@/lib/platform/transaction'
import { writeMoveOut } from '../identities/move-out'
import { isIdle, type MoveStep, moveOutManners, planCancellation, planMoveIn, planMoveOut } from './move'
import { type MovingPerson, readMovingPeople } from './queries'

const moveOutSchema = z.object({
  user_identity_id: uuid('user_identity_id'),
  moves_out_at: moment('The move-out').nullish(),
  manner: z.enum(moveOutManners, { error: `manner must be one of ${moveOutManners.join(', ')}.` }),
  revoke_mobile_credentials: z.boolean({ error: 'revoke_mobile_credentials must be true or false.' }),
})

/**
 * Moves a person out, at once or at a time to come: in every linked access system the access schedule
 * ends or the ACS user is suspended, and mobile credentials are revoked or end with it. One transaction
 * and one change.
 *
 * @param input `moves_out_at` of null means at once; a suspension is always at once.
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `acs_user_missing` for somebody who has no ACS user
 */
export async function moveOut(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(moveOutSchema, input)
  const now = new Date()
  const at = given.moves_out_at ?? now
  if (at < now) throw invalidInput('The move-out must be in the future, or at once.', 'moves_out_at')
  if (given.manner === 'suspend' && at > now) {
    throw invalidInput('A suspension is at once. For a later time, let the access schedules end.', 'manner')
  }
  const move = { at, manner: given.manner, revokeMobileCredentials: given.revoke_mobile_credentials }
  await carryOut(actor, given.user_identity_id, {
    plan: ({ movesOutAt, acsUsers: theirs }) => planMoveOut({ ...move, replaces: movesOutAt }, theirs, now),
    eventType: at > now ? 'user_identity.move_out_planned' : 'user_identity.moved_out',
    movesOutAt: at,
  })
}

const moveInSchema = z
  .object({
    user_identity_id: uuid('user_identity_id'),
    starts_at: moment('The move-in').nullish(),
    ends_at: moment('The end').nullish(),
    lift_suspensions: z.boolean({ error: 'lift_suspensions must be true or false.' }),
  })
  .refine(({ starts_at, ends_at }) => !starts_at || !ends_at || ends_at > starts_at, {
    error: 'The end must be after the move-in.',
    path: ['ends_at'],
  })
  .refine(({ ends_at }) => !ends_at || ends_at > new Date(), {
    error: 'The end must be in the future.',
    path: ['ends_at'],
  })

/**
 * Moves a person in: one access schedule in every linked access system and, where asked, an end to
 * suspensions. An end is the planned move-out too. One transaction and one change.
 *
 * @param input a start or end of null leaves that side open.
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `acs_user_missing` for somebody who has no ACS user
 */
export async function moveIn(actor: Actor, input: unknown): Promise<void> {
  const given = parseInput(moveInSchema, input)
  const move = {
    startsAt: given.starts_at ?? null,
    endsAt: given.ends_at ?? null,
    liftSuspensions: given.lift_suspensions,
  }
  await carryOut(actor, given.user_identity_id, {
    plan: ({ acsUsers: theirs }) => planMoveIn(move, theirs),
    eventType: 'user_identity.moved_in',
    movesOutAt: move.endsAt,
  })
}

/**
 * Cancels a move-out that is planned: what ends with it has no end any more. Nothing happens where none
 * is planned.
 *
 * @throws Refusal `invalid_input`, `user_identity_not_found`, `moved_out_already`
 */
export async function cancelMoveOut(actor: Actor, input: unknown): Promise<void> {
  const { user_identity_id } = parseInput(z.object({ user_identity_id: uuid('user_identity_id') }), input)
  await carryOut(actor, user_identity_id, {
    plan: ({ displayName, movesOutAt, acsUsers: theirs }) => {
      if (movesOutAt === null) return []
      if (new Date(movesOutAt) <= new Date()) throw isGone(displayName)
      return planCancellation(movesOutAt, theirs)
    },
    eventType: 'user_identity.move_out_canceled',
    movesOutAt: null,
  })
}

type Move = {
  plan: (person: MovingPerson) => MoveStep[]
  eventType: EventType
  movesOutAt: Date | null
}

async function carryOut(actor: Actor, userIdentityId: string, { plan, eventType, movesOutAt }: Move): Promise<void> {
  const { workspaceId } = actor
  const asOneChange = { ...actor, changeId: actor.changeId ?? uuidv7() }
  await inTransaction(async (transaction) => {
    const identity = await lockUserIdentity(transaction, workspaceId, userIdentityId)
    await lockAcsUsers(
      transaction,
      and(eq(acsUsers.workspaceId, workspaceId), eq(acsUsers.userIdentityId, userIdentityId)),
    )
    const [person] = await readMovingPeople(transaction, workspaceId, [userIdentityId])
    const isCanceled = eventType === 'user_identity.move_out_canceled'
    if (!person || (isCanceled && person.movesOutAt === null)) return
    if (person.acsUsers.length === 0 && !isCanceled) throw hasNoAcsUser(identity.displayName)
    const steps = plan(person)
    if (person.movesOutAt === (movesOutAt?.toISOString() ?? null) && steps.every(isIdle)) return
    await writeMoveOut(transaction, asOneChange, identity, movesOutAt, eventType)
    for (const step of steps) await takeStep(asOneChange, step, movesOutAt)
  })
}

async function takeStep(actor: Actor, step: MoveStep, endsAt: Date | null): Promise<void> {
  const { schedule, suspended } = step
  const acsUser = { acs_user_id: step.acsUserId }
  if (schedule) {
    await updateAcsUser(actor, {
      ...acsUser,
      access_schedule: { starts_at: schedule.startsAt, ends_at: schedule.endsAt },
    })
  }
  if (suspended === true) await suspendAcsUser(actor, acsUser)
  if (suspended === false) await unsuspendAcsUser(actor, acsUser)
  for (const { acsCredentialId } of step.revoked) await deleteCredential(actor, { acs_credential_id: acsCredentialId })
  for (const { acsCredentialId } of [...step.ended, ...step.endless]) {
    await updateCredential(actor, { acs_credential_id: acsCredentialId, ends_at: endsAt?.toISOString() ?? null })
  }
}

function isGone(name: string): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'moved_out_already',
    message: `“${name}” has moved out already. Move them in again instead.`,
  })
}

function hasNoAcsUser(name: string): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'acs_user_missing',
    message: `“${name}” has no ACS user in any access system, so no door opens for them. Attach one first.`,
  })
}
