'use client'

import { DoorOpen } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../ui/button'
import { failedToLoad } from '../ui/load-failed'
import { diagnosisAddress } from './diagnosis-address'

const load = () => import('./door-dialog').catch(failedToLoad)
const DoorDialog = dynamic(load, { ssr: false })

type DoorPickerProps = {
  person: { userIdentityId: string; displayName: string }
  path: string
  /** Whether one is chosen already. */
  another: boolean
}

/** Chooses the door that the question is about; what is said of it is at an address of its own. */
export function DoorPicker({ person, path, another }: DoorPickerProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onPointerEnter={load} onFocus={load} onClick={() => setOpen(true)}>
        <DoorOpen aria-hidden className="size-3.5" />
        {another ? 'Choose another door…' : 'Choose a door…'}
      </Button>
      {open && (
        <DoorDialog
          person={person}
          onClose={() => setOpen(false)}
          onChoose={(door) => {
            setOpen(false)
            router.push(diagnosisAddress(path, window.location.search, door.acsEntranceId), { scroll: false })
          }}
        />
      )}
    </>
  )
}
