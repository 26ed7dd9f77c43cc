import { z } from '@hono/zod-openapi'
import type { WorkspaceDetails } from '@/lib/accounts/workspaces/queries'
import { uuid } from './values'

export const workspaceWire = z
  .object({
    workspace_id: uuid(),
    name: z.string(),
    company_name: z.string(),
    connect_partner_name: z.string().nullable().openapi({ deprecated: true }),
    connect_webview_customization: z.object({}).openapi({ description: 'Keyholder has no Connect Webviews.' }),
    is_publishable_key_auth_enabled: z.boolean(),
    is_sandbox: z.boolean(),
    is_suspended: z.boolean(),
  })
  .openapi('Workspace')

/** A workspace as the contract has it. */
export function wireWorkspace(workspace: WorkspaceDetails): z.input<typeof workspaceWire> {
  return {
    workspace_id: workspace.workspaceId,
    name: workspace.name,
    company_name: workspace.name,
    connect_partner_name: null,
    connect_webview_customization: {},
    is_publishable_key_auth_enabled: false,
    is_sandbox: workspace.isSandbox,
    is_suspended: false,
  }
}
