import type { NextRequest } from 'next/server'
import type { QueueStanding } from '@/components/reconcile/use-standing'
import { respondToAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { countQueue, listHandled } from '@/lib/people/reconcile/queries'

const mostAsked = 100

/** How long the queue is, and which of some ACS users (`ids`) wait no more. */
export function GET(request: NextRequest): Promise<Response> {
  const ids = (request.nextUrl.searchParams.get('ids') ?? '').split(',').filter(Boolean).slice(0, mostAsked)
  return respondToAdmin(async ({ workspace }): Promise<QueueStanding> => {
    const [counts, handled] = await Promise.all([
      countQueue(workspace.workspaceId),
      listHandled(workspace.workspaceId, ids),
    ])
    return { counts, handled }
  })
}
