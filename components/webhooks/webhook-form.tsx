'use client'

import { type RefusalValue, unreachable } from '@/lib/platform/refusals'
import { ActionForm } from '../ui/action-form'
import { Button, ButtonLink } from '../ui/button'
import { Notice } from '../ui/notice'
import { TextField } from '../ui/text-field'
import { useFormAction } from '../ui/use-form-action'
import { EventTypesField } from './event-types-field'
import { typedEventTypes } from './typed-event-types'

/** What a refused save gives back: the input as it was, and why. */
export type WebhookFormState = { url: string; eventTypes: string[]; refusal: RefusalValue } | null

export type WebhookFormAction = (previous: WebhookFormState, form: FormData) => Promise<WebhookFormState>

type WebhookFormProps = {
  action: WebhookFormAction
  /** The webhook that is edited: its address stays as it is. */
  webhook?: { webhookId: string; eventTypes: string[] }
  cancelHref: string
  /** What leaves the form instead of going to `cancelHref`. */
  onClose?: () => void
}

const notReached = (form: FormData): WebhookFormState => ({
  url: String(form.get('url') ?? ''),
  eventTypes: typedEventTypes(form),
  refusal: unreachable,
})

/** A new webhook, or which events one is told of. A plain form without JavaScript. */
export function WebhookForm({ action, webhook, cancelHref, onClose }: WebhookFormProps) {
  const { state, pending, form } = useFormAction<WebhookFormState>(action, notReached)
  const errors = state?.refusal.fields ?? {}
  const belongsToField = errors.url || errors.event_types
  return (
    <ActionForm {...form} className="flex flex-col gap-4" noValidate>
      {state && !belongsToField && (
        <div role="alert">
          <Notice tone="danger">{state.refusal.message}</Notice>
        </div>
      )}
      {webhook ? (
        <input type="hidden" name="webhook_id" value={webhook.webhookId} />
      ) : (
        <TextField
          label="URL"
          name="url"
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://example.com/webhooks/keyholder"
          defaultValue={state?.url}
          errors={errors.url}
          help="Every event is sent here as a signed POST with a JSON body."
        />
      )}
      <EventTypesField chosen={state?.eventTypes ?? webhook?.eventTypes ?? ['*']} errors={errors.event_types} />
      <div className="flex justify-end gap-2">
        {onClose ? <Button onClick={onClose}>Cancel</Button> : <ButtonLink href={cancelHref}>Cancel</ButtonLink>}
        <Button type="submit" variant="primary" pending={pending}>
          {webhook ? (pending ? 'Saving…' : 'Save event types') : pending ? 'Creating…' : 'Create webhook'}
        </Button>
      </div>
    </ActionForm>
  )
}
