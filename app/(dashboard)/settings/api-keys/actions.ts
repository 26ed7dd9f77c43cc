'use server'

import { revalidatePath } from 'next/cache'
import type { ApiKeyFormState } from '@/components/api-keys/api-key-form'
import { type ActingAdmin, actAsAdmin } from '@/lib/accounts/acting-admin/acting-admin'
import { createApiKey, revokeApiKey } from '@/lib/http-api/api-keys/commands'
import type { ActionResult } from '@/lib/platform/refusals'

/** Makes an API key from the form and gives it back, for the one time that it can be seen. */
export async function createKey(_previous: ApiKeyFormState, form: FormData): Promise<ApiKeyFormState> {
  const create = ({ actor }: ActingAdmin) => createApiKey(actor, Object.fromEntries(form))
  const result = await actAsAdmin('api_key.manage', create, { given: form })
  if (!result.ok) return { kind: 'refused', name: String(form.get('name') ?? ''), refusal: result.refusal }
  revalidatePath('/settings/api-keys')
  return { kind: 'created', name: result.value.apiKey.name, secret: result.value.secret }
}

/** Revokes an API key. */
export async function revokeKey(apiKeyId: string): Promise<ActionResult<null>> {
  const result = await actAsAdmin('api_key.manage', async ({ actor }) => {
    await revokeApiKey(actor, apiKeyId)
    return null
  })
  revalidatePath('/settings/api-keys')
  return result
}
