import type { RefusalValue } from '@/lib/platform/refusals'
import { Notice } from './notice'

/** Why a form was refused, unless that belongs to fields, which say it themselves. */
export function FormRefusal({ refusal }: { refusal: RefusalValue | undefined }) {
  if (!refusal || refusal.fields) return null
  return (
    <div role="alert">
      <Notice tone="danger">{refusal.message}</Notice>
    </div>
  )
}
