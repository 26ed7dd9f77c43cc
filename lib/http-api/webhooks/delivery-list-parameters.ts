import type { DeliveryStatus } from './webhook'

/** What a webhook's delivery log shows, as its address holds it. */
export type DeliveryListParameters = {
  status: DeliveryStatus | null
  cursor: string | null
  /** The delivery whose attempts and payload are shown. */
  deliveryId: string | null
}

const statuses: readonly DeliveryStatus[] = ['pending', 'failed', 'delivered']

/** Reads the log's address. What it does not know, it leaves at the default. */
export function readDeliveryListParameters(address: URLSearchParams): DeliveryListParameters {
  return {
    status: statuses.find((known) => known === address.get('status')) ?? null,
    cursor: address.get('cursor') || null,
    deliveryId: address.get('delivery') || null,
  }
}

/** The address that `readDeliveryListParameters` reads back: defaults are left out. */
export function writeDeliveryListParameters(parameters: Partial<DeliveryListParameters>): URLSearchParams {
  const address = new URLSearchParams()
  if (parameters.status) address.set('status', parameters.status)
  if (parameters.cursor) address.set('cursor', parameters.cursor)
  if (parameters.deliveryId) address.set('delivery', parameters.deliveryId)
  return address
}
