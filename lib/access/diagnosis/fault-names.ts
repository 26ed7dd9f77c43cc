import type { Fault } from './diagnosis'

/** Each fault in a few words, as on a badge. */
export const faultNames: Record<Fault, string> = {
  no_acs_user: 'No ACS user',
  suspended: 'Suspended',
  schedule_not_begun: 'Not yet',
  schedule_over: 'Access ended',
  no_way: 'Not given',
  no_credential: 'No credential',
  credential_of_other_method: 'No fitting credential',
  credential_expired: 'Credential expired',
  credential_scheduled: 'Credential not begun',
  credential_pending: 'Credential not issued',
  credential_error: 'Credential error',
  system_unreachable: 'System not reachable',
  reported_error: 'Error',
}

/** The same within a sentence: “9 doors in Harbor House: suspended”. */
export const inSentence = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
