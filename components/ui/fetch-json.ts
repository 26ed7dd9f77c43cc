import type { RefusalValue } from '@/lib/platform/refusals'

/**
 * Asks one of the dashboard's own data routes.
 *
 * @param body for what is too long for an address: sent as JSON by POST.
 * @throws Error with the refusal's sentence, or one that says that the network failed.
 */
export async function fetchJson<Value>(path: string, signal?: AbortSignal, body?: unknown): Promise<Value> {
  return (await ask(path, signal, body)).json()
}

/** The same for a file, which the browser then saves under the name that came with it. */
export async function downloadFile(path: string, body: unknown): Promise<void> {
  const response = await ask(path, undefined, body)
  const [, fileName = 'export'] = /filename="([^"]*)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  const address = URL.createObjectURL(await response.blob())
  Object.assign(document.createElement('a'), { href: address, download: fileName }).click()
  // Some browsers begin to save only after this function has ended.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

async function ask(path: string, signal: AbortSignal | undefined, body: unknown): Promise<Response> {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(path, { signal, headers: { accept: 'application/json' }, ...sent }).catch((error) => {
    if (signal?.aborted) throw error
    throw new Error('The server cannot be reached. Check your connection, then try again.')
  })
  if (response.ok) return response
  const answer: { error?: RefusalValue } | null = await response.json().catch(() => null)
  throw new Error(answer?.error?.message ?? 'Something went wrong on our side. Try again in a moment.')
}
