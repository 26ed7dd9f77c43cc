import { ArrowLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { MergeForm } from '@/components/merges/merge-form'
import { PageHeader } from '@/components/ui/page-header'
import { requireAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { getMergingPair } from '@/lib/people/merges/queries'
import { may } from '@/lib/platform/permissions'
import { formatPhoneNumber } from '@/lib/platform/phone-numbers/phone-number'
import { orNotFound } from '../../or-not-found'
import { toSearchParameters } from '../../search-parameters'
import { mergeIdentities } from '../merge-actions'

export const metadata: Metadata = { title: 'Merge two identities' }

export default async function MergePage({ searchParams }: PageProps<'/identities/merge'>) {
  const { workspace } = await requireAdmin()
  const address = toSearchParameters(await searchParams)
  const [one, other] = [address.get('one') ?? '', address.get('other') ?? '']
  if (!may(workspace.role, 'identity.merge')) notFound()
  if (one === other) redirect(one ? `/identities/${one}` : '/identities/duplicates')
  const pair = await orNotFound(getMergingPair(workspace.workspaceId, one, other))
  const phoneNumbers = pair.people.flatMap(({ phoneNumber }) =>
    phoneNumber ? [[phoneNumber, formatPhoneNumber(phoneNumber)]] : [],
  )
  return (
    <>
      <PageHeader
        title="Merge two identities"
        detail={
          <Link
            href="/identities/duplicates"
            prefetch={false}
            className="inline-flex items-center gap-1.5 hover:text-text pointer-coarse:py-2"
          >
            <ArrowLeft aria-hidden className="size-3.5" />
            Duplicates
          </Link>
        }
      />
      <MergeForm
        key={pair.people.map(({ version }) => version).join()}
        pair={pair}
        phoneNumbers={Object.fromEntries(phoneNumbers)}
        onMerge={mergeIdentities}
      />
    </>
  )
}
