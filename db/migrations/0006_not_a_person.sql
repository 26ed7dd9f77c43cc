DROP INDEX "acs_users_unlinked";--> statement-breakpoint
ALTER TABLE "acs_users" ADD COLUMN "not_a_person_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "acs_users" ADD COLUMN "not_a_person_by" text;--> statement-breakpoint
CREATE INDEX "acs_users_to_reconcile" ON "acs_users" USING btree ("workspace_id","acs_system_id","acs_user_id") WHERE "acs_users"."user_identity_id" is null and "acs_users"."not_a_person_at" is null;--> statement-breakpoint
CREATE INDEX "user_identities_by_plain_email" ON "user_identities" USING btree ("workspace_id",(replace(regexp_replace(split_part(lower("email_address"), '@', 1), '\+.*$', ''), '.', '') || '@' || split_part(lower("email_address"), '@', 2)));--> statement-breakpoint
ALTER TABLE "acs_users" ADD CONSTRAINT "acs_users_linked_is_a_person" CHECK ("acs_users"."user_identity_id" is null or "acs_users"."not_a_person_at" is null);--> statement-breakpoint
ALTER TABLE "acs_users" ADD CONSTRAINT "acs_users_not_a_person_is_dated" CHECK ("acs_users"."not_a_person_at" is not null or "acs_users"."not_a_person_by" is null);