-- A second wall: a role that serves and does not own the tables sees one workspace at a time. The owner, and so the
-- embedded database and every installation of before, sees all as ever: policies do not bind it.
-- The workspace that a connection is set to; null where it is set to none, or to work across all of them.
create function scoped_workspace() returns uuid
  language sql stable parallel safe
  return nullif(nullif(current_setting('keyholder.scope', true), ''), 'server')::uuid;
--> statement-breakpoint
ALTER TABLE "acs_access_group_entrances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_access_group_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_access_groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_systems" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_user_entrances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotent_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_credential_entrances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_credentials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "distinct_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "acs_entrances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "import_claims" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "import_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "merged_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "row_counts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "unlinked_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "user_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "webhooks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspace_invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspace_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspaces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_access_group_entrances" AS PERMISSIVE FOR ALL TO public USING ("acs_access_group_entrances"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_access_group_members" AS PERMISSIVE FOR ALL TO public USING ("acs_access_group_members"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_access_groups" AS PERMISSIVE FOR ALL TO public USING ("acs_access_groups"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_systems" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "acs_systems"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_user_entrances" AS PERMISSIVE FOR ALL TO public USING ("acs_user_entrances"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_users" AS PERMISSIVE FOR ALL TO public USING ("acs_users"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "api_keys" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "api_keys"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "idempotent_requests" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "idempotent_requests"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_credential_entrances" AS PERMISSIVE FOR ALL TO public USING ("acs_credential_entrances"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_credentials" AS PERMISSIVE FOR ALL TO public USING ("acs_credentials"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "distinct_identities" AS PERMISSIVE FOR ALL TO public USING ("distinct_identities"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "acs_entrances" AS PERMISSIVE FOR ALL TO public USING ("acs_entrances"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "events" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "events"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "import_claims" AS PERMISSIVE FOR ALL TO public USING ("import_claims"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "import_rows" AS PERMISSIVE FOR ALL TO public USING ("import_rows"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "imports" AS PERMISSIVE FOR ALL TO public USING ("imports"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "jobs" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "jobs"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "merged_identities" AS PERMISSIVE FOR ALL TO public USING ("merged_identities"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "row_counts" AS PERMISSIVE FOR ALL TO public USING ("row_counts"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "unlinked_identities" AS PERMISSIVE FOR ALL TO public USING ("unlinked_identities"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "user_identities" AS PERMISSIVE FOR ALL TO public USING ("user_identities"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "webhook_attempts" AS PERMISSIVE FOR ALL TO public USING ("webhook_attempts"."workspace_id" = scoped_workspace());--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "webhook_deliveries" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "webhook_deliveries"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "webhooks" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "webhooks"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "workspace_invitations" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "workspace_invitations"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "workspace_members" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "workspace_members"."workspace_id" = scoped_workspace() end);--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "workspaces" AS PERMISSIVE FOR ALL TO public USING (case current_setting('keyholder.scope', true) when 'server' then true else "workspaces"."workspace_id" = scoped_workspace() end);