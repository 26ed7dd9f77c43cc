import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { safePath } from '@/lib/accounts/auth/safe-path'
import { waitInWords } from '@/lib/platform/limits/wait'

export const metadata: Metadata = { title: 'Too many pages' }

/** Where somebody is led who has opened more pages than `lib/platform/limits` lets an account open. */
export default async function TooManyRequestsPage({ searchParams }: PageProps<'/too-many-requests'>) {
  const { next, wait } = await searchParams
  const seconds = Number(wait)
  return (
    <>
      <h1 className="font-semibold text-xl">You’re opening a lot of pages</h1>
      <p className="mt-1 mb-4 text-muted text-sm">
        More than your account may in a minute. Nothing is lost: wait{' '}
        {seconds > 0 && seconds <= 3600 ? waitInWords(Math.ceil(seconds)) : 'a minute'}, then go on.
      </p>
      <ButtonLink variant="primary" href={safePath(next)} className="w-full">
        Go on
      </ButtonLink>
    </>
  )
}
