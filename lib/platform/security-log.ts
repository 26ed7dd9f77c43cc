import { createHmac } from 'node:crypto'
import { authSecret } from '@/db/encryption/secrets'
import { logger } from './logger'

/** What somebody may want to be warned of, or to look up after the fact; those in the second list are failures. */
type SecurityEvent =
  | 'sign_in.succeeded'
  | 'session.ended'
  | 'password.changed'
  | 'two_factor.turned_on'
  | 'two_factor.turned_off'
  | 'recovery_codes.renewed'
  | 'passkey.added'
  | 'passkey.removed'
  | 'email.changed'
  | 'second_factor.required'
  | 'second_factor.made_optional'
  | 'second_factor.reset'
  | 'password_reset.requested'
  | 'password_reset.used'
  | 'invitation.accepted'
  | FailureEvent
/** By what somebody signs in; a code and a recovery code come after the password. */
type SignInMethod = 'password' | 'authenticator_app' | 'recovery_code' | 'passkey' | 'demo'
type FailureEvent = 'sign_in.failed' | 'password.refused' | 'attempts.held_up' | 'permission.refused'

const failures: readonly string[] = [
  'sign_in.failed',
  'password.refused',
  'attempts.held_up',
  'permission.refused',
] satisfies FailureEvent[]

/**
 * Writes a line to the process's log, with the id of the request. It names accounts by their id, and who may
 * have none by a code: see `codeOf`.
 */
export function logSecurityEvent(
  event: SecurityEvent,
  about: { user_id?: string; workspace_id?: string; subject?: string; permission?: string; method?: SignInMethod },
): void {
  const line = { security_event: event, ...about }
  if (failures.includes(event)) logger().warn(line, 'Security')
  else logger().info(line, 'Security')
}

/**
 * Stands for an email address, or whatever else is typed, where it must not be told: always the same for the
 * same one, and of no use without `AUTH_SECRET`.
 */
export function codeOf(whose: string): string {
  return createHmac('sha256', authSecret()).update(`security log: ${whose}`).digest('hex').slice(0, 16)
}
