import { Refusal } from '@/lib/platform/refusals'

/** Something later stands in the way of an undo: says what, in words. */
export function contradiction(message: string): Refusal {
  return new Refusal({
    kind: 'conflict',
    type: 'change_contradicted',
    message: `This cannot be undone any more: ${message}`,
  })
}

/** Runs a step back; where a rule refuses it, what it says is what contradicts. */
export async function contradictedBy<Result>(step: Promise<Result>): Promise<Result> {
  try {
    return await step
  } catch (error) {
    if (error instanceof Refusal && error.type !== 'change_contradicted') throw contradiction(error.message)
    throw error
  }
}
