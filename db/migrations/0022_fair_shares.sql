ALTER TABLE "jobs" ADD COLUMN "stepped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "share_id" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "leased_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "waits_for_earlier" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "caution" smallint DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "rests_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "slow_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "trouble" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "switched_off_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "last_turn_at" timestamp with time zone;
--> statement-breakpoint
-- When a delivery is finished, the next one about the same object may go. A trigger does it, so that it also happens
-- when an instance of the version before finishes one.
create function release_next_delivery() returns trigger
  language plpgsql as $$
begin
  update webhook_deliveries set waits_for_earlier = false
  where waits_for_earlier and (workspace_id, delivery_id) = (
    select next.workspace_id, next.delivery_id from webhook_deliveries next
    where next.workspace_id = new.workspace_id and next.webhook_id = new.webhook_id
      and next.object_id = new.object_id and next.status = 'pending'
    order by next.position limit 1);
  return null;
end
$$;
--> statement-breakpoint
create trigger webhook_deliveries_release_next after update of status on webhook_deliveries
  for each row when (old.status = 'pending' and new.status <> 'pending')
  execute function release_next_delivery();
