import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { authSecret, authSecrets } from '@/db/encryption/secrets'
import { Refusal } from '@/lib/platform/refusals'

/** What a page cursor belongs to: it is of no use with anything else. */
export type CursorOwner = { workspaceId: string; path: string; parameters: Record<string, unknown> }

const contentSchema = z.tuple([z.guid(), z.string(), z.string()])

const signature = (secret: string, workspaceId: string, lastId: string, parametersHash: string) =>
  createHmac('sha256', secret).update(`page cursor\n${workspaceId}\n${lastId}\n${parametersHash}`).digest('base64url')

/** A cursor for what comes after a row: opaque, signed, and bound to the request that it answers. */
export function encodePageCursor(owner: CursorOwner, lastId: string): string {
  const parametersHash = hashOf(owner)
  const content = [lastId, parametersHash, signature(authSecret(), owner.workspaceId, lastId, parametersHash)]
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

/**
 * The id of the row after which a cursor goes on.
 *
 * @throws Refusal `invalid_input` for one that we did not make for this workspace,
 *   `mismatched_page_parameters` for one made with other parameters
 */
export function decodePageCursor(owner: CursorOwner, cursor: string): string {
  const content = readContent(cursor)
  if (!content) throw forged()
  const [lastId, parametersHash, given] = content
  const presented = Buffer.from(given)
  const isOurs = authSecrets().some((secret) => {
    const expected = Buffer.from(signature(secret, owner.workspaceId, lastId, parametersHash))
    return presented.length === expected.length && timingSafeEqual(presented, expected)
  })
  if (!isOurs) throw forged()
  if (parametersHash !== hashOf(owner)) {
    throw new Refusal({
      kind: 'invalid_input',
      type: 'mismatched_page_parameters',
      message:
        'This page_cursor was made with other parameters. Send the same ones as for the first page, or begin again without page_cursor.',
    })
  }
  return lastId
}

function readContent(cursor: string) {
  try {
    return contentSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    return null
  }
}

function hashOf({ path, parameters }: CursorOwner): string {
  const { page_cursor: _, ...others } = parameters
  const sorted = Object.entries(others)
    // A null counts for nothing, and the address of the next page does not repeat it.
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([first], [second]) => (first < second ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([path, sorted]))
    .digest('base64url')
}

function forged(): Refusal {
  const message = 'This page_cursor is not one of ours. Begin again without page_cursor.'
  return new Refusal({
    kind: 'invalid_input',
    type: 'invalid_input',
    message,
    fields: { page_cursor: [message] },
  })
}
