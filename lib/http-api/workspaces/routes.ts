import { z } from '@hono/zod-openapi'
import { v7 as uuidv7 } from 'uuid'
import { updateWorkspace } from '@/lib/accounts/workspaces/commands'
import { resetSandboxWorkspace } from '@/lib/accounts/workspaces/demo-workspace'
import { getWorkspace } from '@/lib/accounts/workspaces/queries'
import { commandEndpoint, type Endpoint, endpoint, readMethods } from '../endpoint'
import { refused, text } from '../parameters'
import { uuid } from '../wire/values'
import { wireWorkspace, workspaceWire } from '../wire/workspaces'

const never = (what: string) =>
  z
    .boolean()
    .optional()
    .refine((given) => !given, { error: `must be false: ${what}` })

export const workspaceEndpoints: Endpoint[] = [
  endpoint({
    path: '/workspaces/get',
    methods: readMethods,
    summary: 'Get the workspace of the API key',
    parameters: z.object({}),
    responseKey: 'workspace',
    response: workspaceWire,
    run: async ({ actor }) => wireWorkspace(await getWorkspace(actor.workspaceId)),
  }),
  endpoint({
    path: '/workspaces/list',
    methods: readMethods,
    summary: 'List workspaces',
    description: 'An API key belongs to one workspace: the list is of that one.',
    parameters: z.object({}),
    responseKey: 'workspaces',
    response: workspaceWire.array(),
    run: async ({ actor }) => [wireWorkspace(await getWorkspace(actor.workspaceId))],
  }),
  commandEndpoint({
    path: '/workspaces/update',
    methods: ['PATCH', 'POST'],
    summary: 'Rename the workspace',
    parameters: z.object({
      name: text().optional(),
      connect_partner_name: refused(text(), 'Keyholder has no Connect Webviews'),
      connect_webview_customization: refused(z.record(text(), z.unknown()), 'Keyholder has no Connect Webviews'),
      is_publishable_key_auth_enabled: never('Keyholder has no publishable keys'),
      is_suspended: never('Keyholder does not suspend workspaces'),
    }),
    run: async ({ actor }, { name }) => {
      if (name !== undefined) await updateWorkspace(actor, { name })
    },
  }),
  endpoint({
    path: '/workspaces/reset_sandbox',
    methods: ['POST'],
    summary: 'Reset the sandbox workspace',
    description:
      'Empties it, and puts the demo’s data back into the demo workspace. Members, API keys and webhooks stay. A live workspace is never reset.',
    parameters: z.object({}),
    responseKey: 'action_attempt',
    response: z.object({
      action_attempt_id: uuid(),
      action_type: z.literal('RESET_SANDBOX_WORKSPACE'),
      status: z.literal('success'),
      result: z.object({}),
      error: z.null(),
    }),
    refusals: ['not_a_sandbox'],
    run: async ({ actor }) => {
      await resetSandboxWorkspace(actor.workspaceId)
      return {
        action_attempt_id: uuidv7(),
        action_type: 'RESET_SANDBOX_WORKSPACE' as const,
        status: 'success' as const,
        result: {},
        error: null,
      }
    },
  }),
]
