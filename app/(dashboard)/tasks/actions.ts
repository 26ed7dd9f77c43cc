'use server'

import { revalidatePath } from 'next/cache'
import { completeTask, reopenTask } from '@/lib/access/tasks/commands'
import { actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import type { ActionResult } from '@/lib/platform/refusals'

/** Ticks a task off: it's programmed at the panel. */
export async function complete(eventId: string): Promise<ActionResult<null>> {
  return set(eventId, completeTask)
}

/** Takes the tick of a task back. */
export async function reopen(eventId: string): Promise<ActionResult<null>> {
  return set(eventId, reopenTask)
}

async function set(eventId: string, command: typeof completeTask): Promise<ActionResult<null>> {
  const result = await actAsAdmin('acs_user.write', async ({ actor }) => {
    await command(actor, { event_id: eventId })
    return null
  })
  revalidatePath('/', 'layout')
  return result
}
