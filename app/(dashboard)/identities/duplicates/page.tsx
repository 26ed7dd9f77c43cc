import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { DuplicatesList } from '@/components/duplicates/duplicates-list'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { listDuplicates } from '@/lib/people/duplicates/queries'
import { may } from '@/lib/platform/permissions'
import { toSearchParameters } from '../../search-parameters'
import { dismissPair } from '../merge-actions'

export const metadata: Metadata = { title: 'Duplicates' }

const pairsOnPage = 20

export default async function DuplicatesPage({ searchParams }: PageProps<'/identities/duplicates'>) {
  const { workspace } = await requireAdmin()
  const after = toSearchParameters(await searchParams).get('after')
  const { pairs, nextCursor } = await listDuplicates(workspace.workspaceId, { cursor: after, limit: pairsOnPage })
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Duplicates"
        detail={
          <Link href="/identities" className="inline-flex items-center gap-1.5 hover:text-text pointer-coarse:py-2">
            <ArrowLeft aria-hidden className="size-3.5" />
            Identities
          </Link>
        }
      />
      <p className="mb-4 max-w-prose text-muted text-sm">
        People who may be in this workspace twice, newest first, with what agrees. Merge them, or say that they are two
        people: then they are not listed again.
      </p>
      {pairs.length > 0 ? (
        <DuplicatesList pairs={pairs} onDismiss={may(workspace.role, 'identity.merge') ? dismissPair : undefined} />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          {nextCursor || after ? (
            <EmptyState title="No likely duplicates among these people">
              {nextCursor ? 'There are older people to look at.' : 'Everybody was looked at.'}
            </EmptyState>
          ) : (
            <EmptyState title="No likely duplicates">
              Two people with the same name, mailbox or phone number would be listed here, to be merged.
            </EmptyState>
          )}
        </div>
      )}
      {(nextCursor || after) && (
        <nav aria-label="Pages" className="mt-4 flex gap-2">
          {after && (
            <ButtonLink href="/identities/duplicates" prefetch={false}>
              Newest
            </ButtonLink>
          )}
          {nextCursor && (
            <ButtonLink href={`/identities/duplicates?after=${nextCursor}`} prefetch={false}>
              Older
            </ButtonLink>
          )}
        </nav>
      )}
    </div>
  )
}
