/**
 * A link to the very view at an address, for a colleague who may be looking at another workspace. What
 * was said or opened just now is no part of it.
 */
export function supportLink(address: string, workspaceId: string): string {
  const url = new URL(address)
  url.searchParams.delete('notice')
  url.searchParams.delete('edit')
  url.searchParams.set('workspace', workspaceId)
  return url.toString()
}
