import { Refusal } from '../refusals'

/** What keeps a server busy for long, and so is limited. */
type LongWork = 'upload' | 'download'

const limits: Record<LongWork, { most: number; message: string }> = {
  upload: {
    most: 2,
    message:
      'Two files of this workspace are being read already. Wait until one of them is done, then choose this file again.',
  },
  download: {
    most: 3,
    message: 'Three exports of this workspace are under way already. Wait until one of them is done, then try again.',
  },
}

// Next's bundle and the server entry each load their own copy of this module; the process is one.
const holder = globalThis as unknown as { [key: symbol]: Map<string, number> | undefined }
const key = Symbol.for('keyholder.places')
holder[key] ??= new Map()
const taken = holder[key]

/**
 * Takes one of the places that a workspace has in this process for long work, so that no workspace has the whole
 * process to itself.
 *
 * @returns gives the place back. It may be called more than once.
 * @throws Refusal `too_many_at_once`
 */
export function takePlace(work: LongWork, workspaceId: string): () => void {
  const { most, message } = limits[work]
  const place = `${work} ${workspaceId}`
  const count = taken.get(place) ?? 0
  if (count >= most) throw new Refusal({ kind: 'too_many', type: 'too_many_at_once', message })
  taken.set(place, count + 1)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    const left = (taken.get(place) ?? 1) - 1
    if (left > 0) taken.set(place, left)
    else taken.delete(place)
  }
}
