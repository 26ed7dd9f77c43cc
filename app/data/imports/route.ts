import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { receiveFile } from '@/lib/imports/commands'
import { mostBytes } from '@/lib/imports/import'
import { may } from '@/lib/platform/permissions'
import { invalidInput, Refusal } from '@/lib/platform/refusals'
import { logSecurityEvent } from '@/lib/platform/security-log'

/** Takes in a file: its bytes as they are, its name as `name`, what its rows are as `kind` and `acs_system_id`. */
export async function POST(request: NextRequest): Promise<Response> {
  return respondToAdmin(
    async ({ actor, userId, workspace }) => {
      if (!may(workspace.role, 'identity.import')) {
        const { workspaceId } = workspace
        logSecurityEvent('permission.refused', {
          ...{ user_id: userId, workspace_id: workspaceId, permission: 'identity.import' },
        })
        throw new Refusal({
          kind: 'forbidden',
          type: 'forbidden',
          message: 'Your role in this workspace does not permit this. Ask an owner of the workspace.',
        })
      }
      // A form of another site cannot send this type, so it cannot upload in an admin's name.
      if (request.headers.get('content-type') !== 'application/octet-stream') {
        throw invalidInput('Send the file itself, as application/octet-stream.', 'file')
      }
      const { name = '', ...about } = Object.fromEntries(request.nextUrl.searchParams)
      return receiveFile(actor, { name, chunks: chunksOf(request) }, about)
    },
    { kind: 'import' },
  )
}

/**
 * The body of a request as it comes in. What's left once nobody wants more of it is read and forgotten: a browser
 * sends all of its file before it looks for the answer.
 */
async function* chunksOf(request: NextRequest): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (!reader) return
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    let forgotten = 0
    for (let next = await reader.read(); !next.done && forgotten < mostBytes; next = await reader.read()) {
      forgotten += next.value.length
    }
    await reader.cancel()
  }
}
