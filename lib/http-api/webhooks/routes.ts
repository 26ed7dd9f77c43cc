import { z } from '@hono/zod-openapi'
import { commandEndpoint, type Endpoint, endpoint, readMethods } from '../endpoint'
import { id, text } from '../parameters'
import { uuid } from '../wire/values'
import { createWebhook, deleteWebhook, updateWebhook } from './commands'
import { getWebhookWithSecret, listWebhooks } from './queries'

const webhookWire = z
  .object({
    webhook_id: uuid(),
    url: z.string(),
    event_types: z.string().array(),
    secret: z
      .string()
      .optional()
      .openapi({ description: 'What deliveries are signed with; only in answers about one webhook.' }),
  })
  .openapi('Webhook')

function wireWebhook(webhook: { webhookId: string; url: string; eventTypes: string[]; secret?: string }) {
  const { webhookId, url, eventTypes, secret } = webhook
  return { webhook_id: webhookId, url, event_types: eventTypes, ...(secret !== undefined && { secret }) }
}

const eventTypes = () =>
  text().array().max(100).openapi({ description: 'Types of events, such as `user_identity.created`, or `*` for all.' })

export const webhookEndpoints: Endpoint[] = [
  endpoint({
    path: '/webhooks/create',
    methods: ['POST'],
    summary: 'Create a webhook',
    description: 'The address is told of events as they happen, signed as Standard Webhooks (Svix) has it.',
    parameters: z.object({ url: text().openapi({ format: 'uri' }), event_types: eventTypes().default(['*']) }),
    responseKey: 'webhook',
    response: webhookWire,
    tellsSecret: true,
    run: async ({ actor }, parameters) => wireWebhook(await createWebhook(actor, parameters)),
  }),
  endpoint({
    path: '/webhooks/get',
    methods: readMethods,
    summary: 'Get a webhook',
    parameters: z.object({ webhook_id: id() }),
    responseKey: 'webhook',
    response: webhookWire,
    refusals: ['webhook_not_found'],
    run: async ({ actor }, { webhook_id }) => wireWebhook(await getWebhookWithSecret(actor.workspaceId, webhook_id)),
  }),
  endpoint({
    path: '/webhooks/list',
    methods: readMethods,
    summary: 'List webhooks',
    parameters: z.object({}),
    responseKey: 'webhooks',
    response: webhookWire.array(),
    run: async ({ actor }) => (await listWebhooks(actor.workspaceId)).map(wireWebhook),
  }),
  commandEndpoint({
    path: '/webhooks/update',
    methods: ['POST', 'PUT'],
    summary: 'Change the event types of a webhook',
    parameters: z.object({ webhook_id: id(), event_types: eventTypes() }),
    refusals: ['webhook_not_found'],
    run: ({ actor }, parameters) => updateWebhook(actor, parameters),
  }),
  commandEndpoint({
    path: '/webhooks/delete',
    methods: ['DELETE', 'POST'],
    summary: 'Delete a webhook',
    parameters: z.object({ webhook_id: id() }),
    refusals: ['webhook_not_found'],
    run: ({ actor }, { webhook_id }) => deleteWebhook(actor, webhook_id),
  }),
]
