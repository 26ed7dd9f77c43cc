import { unstable_rethrow } from 'next/navigation'
import { type ActionResult, unreachable } from '@/lib/platform/refusals'

/** An action's result, also where its answer did not arrive. */
export async function attempt<Value>(action: () => Promise<ActionResult<Value>>): Promise<ActionResult<Value>> {
  try {
    return await action()
  } catch (error) {
    // A redirect, to where one signs in again, travels as an error too.
    unstable_rethrow(error)
    return { ok: false, refusal: unreachable }
  }
}
