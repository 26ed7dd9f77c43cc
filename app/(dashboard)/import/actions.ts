'use server'

import { revalidatePath } from 'next/cache'
import { RedirectType, redirect } from 'next/navigation'
import type { ApplyChoices } from '@/components/import/apply-import'
import type { ColumnChoices } from '@/components/import/choose-columns'
import { actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { applyImport, checkImport, discardImport, resumeImport, stopImport, undoImport } from '@/lib/imports/commands'
import type { Actor } from '@/lib/platform/actor'
import type { ActionResult } from '@/lib/platform/refusals'

/** Says which columns hold what, and has the rows checked. */
export async function chooseColumns(importId: string, choices: ColumnChoices): Promise<ActionResult<null>> {
  return act((actor) => checkImport(actor, { ...choices, import_id: importId }))
}

/** Has what the check has found be done. */
export async function apply(importId: string, choices: ApplyChoices): Promise<ActionResult<null>> {
  return act((actor) => applyImport(actor, { ...choices, import_id: importId }))
}

/** Ends what is being done to an import. */
export async function stop(importId: string): Promise<ActionResult<null>> {
  return act((actor) => stopImport(actor, importId))
}

/** Goes on with an import that was stopped. */
export async function resume(importId: string): Promise<ActionResult<null>> {
  return act((actor) => resumeImport(actor, importId))
}

/** Has an import taken back. */
export async function undoWhole(importId: string): Promise<ActionResult<null>> {
  return act((actor) => undoImport(actor, importId))
}

/** Throws a file away of which nothing was imported. */
export async function discard(importId: string): Promise<ActionResult<null>> {
  const result = await act((actor) => discardImport(actor, importId))
  if (result.ok) redirect('/import?notice=import-discarded', RedirectType.replace)
  return result
}

async function act(run: (actor: Actor) => Promise<void>): Promise<ActionResult<null>> {
  const result = await actAsAdmin('identity.import', async ({ actor }) => {
    await run(actor)
    return null
  })
  revalidatePath('/import', 'layout')
  return result
}
