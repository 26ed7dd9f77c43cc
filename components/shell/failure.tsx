'use client'

import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

/** What a page shows that could not be made. `digest` is what the server's log calls it. */
export function Failure({ digest, onRetry }: { digest?: string; onRetry: () => void }) {
  return (
    <div className="mx-auto max-w-lg pt-[10vh]">
      <h1 className="sr-only">Something went wrong</h1>
      <EmptyState
        title="This page could not be loaded"
        action={
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        Something went wrong on our side; nothing was changed. If it happens again, tell your administrator
        {digest ? ` this reference: ${digest}.` : ' what you were doing.'}
      </EmptyState>
    </div>
  )
}
