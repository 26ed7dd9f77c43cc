'use client'

import { Merge } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'

const PersonDialog = dynamic(() => import('../identities/person-dialog').catch(failedToLoad), { ssr: false })

type MergeButtonProps = {
  person: {
    userIdentityId: string
    displayName: string
    fullName: string | null
    emailAddress: string | null
    phoneNumber: string | null
  }
}

/** Chooses with whom a person is merged, and goes to where that is decided. */
export function MergeButton({ person }: MergeButtonProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { userIdentityId, displayName } = person
  const address = new URLSearchParams({
    ...{ full_name: person.fullName ?? '', email_address: person.emailAddress ?? '' },
    ...{ phone_number: person.phoneNumber ?? '', except: userIdentityId },
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Merge aria-hidden className="size-3.5" />
        Merge…
      </Button>
      {open && (
        <PersonDialog
          title="Merge with whom?"
          description={`Choose the other record of ${displayName}. Nothing is merged before you have seen both.`}
          likeness={{ userIdentityId, address: address.toString() }}
          onClose={() => setOpen(false)}
          onChoose={(other) => router.push(`/identities/merge?one=${userIdentityId}&other=${other}`)}
        />
      )}
    </>
  )
}
