CREATE INDEX CONCURRENTLY IF NOT EXISTS "jobs_next" ON "jobs" USING btree ("workspace_id","due_at") WHERE "jobs"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "jobs_last_step" ON "jobs" USING btree ("workspace_id","stepped_at") WHERE "jobs"."stepped_at" is not null;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "mails_next" ON "mails" USING btree ("share_id","next_attempt_at") WHERE "mails"."status" = 'pending';--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "mails_last_claim" ON "mails" USING btree ("share_id","claimed_at") WHERE "mails"."claimed_at" is not null;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "webhook_deliveries_next" ON "webhook_deliveries" USING btree ("workspace_id","webhook_id","next_attempt_at","position") WHERE "webhook_deliveries"."status" = 'pending' and not "webhook_deliveries"."waits_for_earlier";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "webhook_deliveries_leased" ON "webhook_deliveries" USING btree ("workspace_id","webhook_id","leased_until") WHERE "webhook_deliveries"."leased_until" is not null;
