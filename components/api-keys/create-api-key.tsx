'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ButtonLink } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { ApiKeyForm, type ApiKeyFormState } from './api-key-form'

type CreateApiKeyProps = { onCreate: (previous: ApiKeyFormState, form: FormData) => Promise<ApiKeyFormState> }

/** The button that makes a key, in a dialog; without JavaScript, on a page of its own. */
export function CreateApiKey({ onCreate }: CreateApiKeyProps) {
  const [open, setOpen] = useState(false)
  const [showsKey, setShowsKey] = useState(false)
  const close = () => {
    setOpen(false)
    setShowsKey(false)
  }
  return (
    <>
      <ButtonLink
        variant="primary"
        href="/settings/api-keys/new"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <Plus aria-hidden className="size-4" />
        Create API key
      </ButtonLink>
      <LazyDialog
        open={open}
        onOpenChange={(next) => !next && close()}
        staysOpen={showsKey}
        title={showsKey ? 'Your new API key' : 'Create API key'}
      >
        <div className="px-5 pt-3 pb-5">
          <ApiKeyForm onCreate={onCreate} onCreated={() => setShowsKey(true)} onClose={close} />
        </div>
      </LazyDialog>
    </>
  )
}
