import { isUuid } from '@/lib/platform/input'

/** What the address of the tasks asks for. */
export type TaskListParameters = {
  acsSystemId: string | null
  acsUserId: string | null
  isDone: boolean
}

function readId(given: string | null): string | null {
  return given !== null && isUuid(given) ? given.toLowerCase() : null
}

/** Reads an address; what makes no sense is left out. */
export function readTaskListParameters(address: URLSearchParams): TaskListParameters {
  return {
    acsSystemId: readId(address.get('system')),
    acsUserId: readId(address.get('acs_user')),
    isDone: address.get('state') === 'done',
  }
}

/** The address of a view, without what is as usual. */
export function writeTaskListParameters({ acsSystemId, acsUserId, isDone }: TaskListParameters): URLSearchParams {
  return new URLSearchParams({
    ...(acsSystemId && { system: acsSystemId }),
    ...(acsUserId && { acs_user: acsUserId }),
    ...(isDone && { state: 'done' }),
  })
}
