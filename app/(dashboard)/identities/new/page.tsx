import type { Metadata } from 'next'
import { PageHeader } from '@/components/ui/page-header'
import { NewIdentity } from './new-identity'

export const metadata: Metadata = { title: 'New identity' }

export default async function NewIdentityPage({ searchParams }: { searchParams: Promise<{ acs_user_id?: string }> }) {
  return (
    <div className="mx-auto max-w-md">
      <PageHeader title="New identity" />
      <NewIdentity acsUserId={(await searchParams).acs_user_id} />
    </div>
  )
}
