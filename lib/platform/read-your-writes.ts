import type { IncomingMessage, ServerResponse } from 'node:http'
import { allowingReplica } from '@/db/client'
import { databaseConfiguration } from '@/db/configuration'
import { cookieName } from './cookie-name'

const plainName = 'keyholder_wrote'

/**
 * For how long somebody who changed something reads from the primary. A replica is read from only while it
 * knows all that was committed 10 seconds ago (`db/replica-lag.ts`), so that they find their change on either.
 */
const cookieSeconds = 15

/**
 * Answers a request of a browser, from a replica where there is one and who asks has changed nothing lately;
 * whoever may be changing something now is given the cookie that says so.
 */
export function readingYourWrites(
  request: IncomingMessage,
  response: ServerResponse,
  { secure }: { secure: boolean },
  answer: () => void,
): void {
  const name = cookieName(plainName, { secure })
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const hasReplica = databaseConfiguration().replicaUrl !== undefined
  if (hasReplica && !isRead) {
    const cookie = `${name}=1; Path=/; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    beforeHead(response, () => response.appendHeader('Set-Cookie', cookie))
  }
  const hasWritten = request.headers.cookie?.split('; ').includes(`${name}=1`)
  if (hasReplica && isRead && !hasWritten) allowingReplica(answer)
  else answer()
}

/** As late as can be: whoever answers may set cookies of their own in the place of all others. */
function beforeHead(response: ServerResponse, act: () => void): void {
  const writeHead = response.writeHead
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    response.writeHead = writeHead
    act()
    return writeHead.apply(response, head)
  }) as typeof writeHead
}
