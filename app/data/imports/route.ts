import type { NextRequest } from 'next/server'
import { respondToAdmin } from '@/lib/auth/acting-admin'
import { may } from '@/lib/auth/permissions'
import { invalidInput, Refusal } from '@/lib/errors'
import { fileTooLarge, receiveFile } from '@/lib/import/commands'
import { mostBytes } from '@/lib/import/import'
import { logSecurityEvent } from '@/lib/security-log'

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
      return receiveFile(actor, { name, bytes: await readBytes(request) }, about)
    },
    { kind: 'import' },
  )
}

/** The body of a request, as long as it is not too large. */
async function readBytes(request: NextRequest): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  if (request.body) {
    for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += part.length
      if (size > mostBytes) throw fileTooLarge()
      parts.push(part)
    }
  }
  return Buffer.concat(parts)
}
