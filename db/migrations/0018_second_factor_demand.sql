ALTER TABLE "sessions" ADD COLUMN "passkey_id" uuid;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "requires_second_factor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- safe because sessions are a few rows for each member, all without a passkey yet: it takes no time to look at them.
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_passkey_id_passkeys_passkey_id_fk" FOREIGN KEY ("passkey_id") REFERENCES "public"."passkeys"("passkey_id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
-- safe because sessions are few, as above.
CREATE INDEX "sessions_passkey" ON "sessions" USING btree ("passkey_id");--> statement-breakpoint
-- safe because what is to be verified lives for minutes: there are few rows.
CREATE INDEX "verifications_by_expiry" ON "verifications" USING btree ("expires_at");
