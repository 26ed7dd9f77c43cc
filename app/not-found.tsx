import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export const metadata: Metadata = { title: { absolute: 'Not found · Keyholder' } }

export default function NotFound() {
  return (
    <main className="mx-auto max-w-lg pt-[15vh]">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing at this address"
        action={
          <ButtonLink href="/" variant="primary">
            Go to the overview
          </ButtonLink>
        }
      >
        It may have been deleted, or it belongs to a workspace that you are not looking at. If somebody sent you this
        link, ask them which workspace it is in.
      </EmptyState>
    </main>
  )
}
