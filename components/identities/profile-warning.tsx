'use client'

import { AlertTriangle } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { mismatchInWords, profileFieldWords, profileMismatches } from '@/lib/people/identities/profile-mismatch'
import { failedToLoad } from '../ui/load-failed'
import type { ProfileDialogProps } from './profile-dialog'

const load = () => import('./profile-dialog').then((module) => ({ default: module.ProfileDialog })).catch(failedToLoad)
const ProfileDialog = dynamic(load, { ssr: false })

/** What the profile dialog needs to know of all linked access systems; without `onSave` the role may not change them. */
export type ProfileComparison = Pick<ProfileDialogProps, 'person' | 'linked' | 'mayWriteIdentity'> & {
  onSave?: ProfileDialogProps['onSave']
}

/** Says quietly where an ACS user's profile differs from the person's, and opens the two side by side. */
export function ProfileWarning({ comparison, acsUserId }: { comparison: ProfileComparison; acsUserId: string }) {
  const [open, setOpen] = useState(false)
  const { person, linked, mayWriteIdentity, onSave } = comparison
  const mine = linked.find(({ acsUser }) => acsUser.acsUserId === acsUserId)
  const mismatches = mine ? profileMismatches(mine.acsUser, person) : []
  const differs = mismatchInWords(mismatches)
  const missing = mismatches.filter(({ kind }) => kind === 'missing_in_acs_user')
  if (!mine || (!differs && missing.length === 0)) return null
  const words = differs ?? `No ${missing.map(({ field }) => profileFieldWords[field]).join(' or ')} there`
  const look = differs ? 'text-warning' : 'text-muted'
  if (!onSave) return <span className={`block text-xs ${look}`}>{words}</span>
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`${words} in ${mine.systemName}: compare`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpen(true)}
        className={`inline-flex items-center gap-1 rounded-sm text-xs underline-offset-2 hover:underline pointer-coarse:min-h-11 ${look}`}
      >
        {differs && <AlertTriangle aria-hidden className="size-3" />}
        {words}
      </button>
      {open && (
        <ProfileDialog
          onClose={() => setOpen(false)}
          person={person}
          linked={linked}
          openedFor={acsUserId}
          mayWriteIdentity={mayWriteIdentity}
          onSave={onSave}
        />
      )}
    </>
  )
}
