'use client'

import { unstable_rethrow } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { ButtonLink } from '../ui/button'
import { LazyDialog } from '../ui/lazy-dialog'
import { WebhookForm, type WebhookFormAction } from './webhook-form'

type WebhookFormDialogProps = {
  action: WebhookFormAction
  webhook?: { webhookId: string; eventTypes: string[] }
  title: string
  /** The page with the same form, for browsers without JavaScript. */
  href: string
  cancelHref: string
  variant: 'primary' | 'secondary'
  children: ReactNode
}

/** A button that opens the form of a webhook in a dialog. */
export function WebhookFormDialog(props: WebhookFormDialogProps) {
  const [open, setOpen] = useState(false)
  // Saved: the way leads to another page, or back to this one without the dialog.
  const closeOnRedirect = (error: unknown) => {
    try {
      unstable_rethrow(error)
    } catch {
      setOpen(false)
    }
  }
  return (
    <>
      <ButtonLink
        variant={props.variant}
        href={props.href}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {props.children}
      </ButtonLink>
      <LazyDialog open={open} onOpenChange={setOpen} title={props.title}>
        <div className="px-5 pt-3 pb-5">
          <WebhookForm
            action={async (previous, form) => {
              try {
                return await props.action(previous, form)
              } catch (error) {
                closeOnRedirect(error)
                throw error
              }
            }}
            webhook={props.webhook}
            cancelHref={props.cancelHref}
            onClose={() => setOpen(false)}
          />
        </div>
      </LazyDialog>
    </>
  )
}
