import { app } from '@/lib/http-api/app'

/*
 * The API's second door, for hosts that run Next alone. The server entry answers before it.
 */

const handle = (request: Request) => app.fetch(request)

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
