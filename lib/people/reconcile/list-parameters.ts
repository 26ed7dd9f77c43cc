import { type Confidence, confidences } from '../matching/match'

/** What of the queue is shown: by how sure the best match is; `none` for those that match nobody. */
export const queueFilters = [...confidences, 'none'] as const
type QueueFilter = Confidence | 'none'

/** What the queue shows, as its address holds it. */
export type QueueParameters = {
  search: string
  acsSystemId: string | null
  confidence: QueueFilter | null
}

/** Reads the queue's address. What it does not know, it leaves at the default. */
export function readQueueParameters(address: URLSearchParams): QueueParameters {
  return {
    search: address.get('q') ?? '',
    acsSystemId: address.get('system') || null,
    confidence: queueFilters.find((known) => known === address.get('confidence')) ?? null,
  }
}

/** The address that `readQueueParameters` reads back: defaults are left out. */
export function writeQueueParameters({ search, acsSystemId, confidence }: QueueParameters): URLSearchParams {
  const address = new URLSearchParams()
  if (search) address.set('q', search)
  if (acsSystemId) address.set('system', acsSystemId)
  if (confidence) address.set('confidence', confidence)
  return address
}
