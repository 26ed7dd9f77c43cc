ALTER TABLE "events" ADD COLUMN "change_id" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "undoes_change_id" uuid;--> statement-breakpoint
ALTER TABLE "user_identities" ADD COLUMN "moves_out_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "events_by_credential" ON "events" USING btree ("workspace_id","acs_credential_id","event_id") WHERE "events"."acs_credential_id" is not null;--> statement-breakpoint
CREATE INDEX "events_by_change" ON "events" USING btree ("workspace_id","change_id","event_id") WHERE "events"."change_id" is not null;--> statement-breakpoint
CREATE INDEX "events_by_undone_change" ON "events" USING btree ("workspace_id","undoes_change_id") WHERE "events"."undoes_change_id" is not null;--> statement-breakpoint
CREATE INDEX "events_by_type" ON "events" USING btree ("workspace_id","event_type","event_id");--> statement-breakpoint
CREATE INDEX "events_by_actor" ON "events" USING btree ("workspace_id","actor_name","event_id");--> statement-breakpoint
CREATE INDEX "user_identities_moving_out" ON "user_identities" USING btree ("workspace_id","moves_out_at","user_identity_id") WHERE "user_identities"."moves_out_at" is not null;