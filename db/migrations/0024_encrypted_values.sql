CREATE TABLE "encryption_keys" (
	"key_id" text PRIMARY KEY NOT NULL,
	"first_used_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhooks" ALTER COLUMN "secret" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotent_requests" ADD COLUMN "sealed_answer" text;--> statement-breakpoint
ALTER TABLE "acs_credentials" ADD COLUMN "sealed_code" text;--> statement-breakpoint
ALTER TABLE "acs_credentials" ADD COLUMN "sealed_card_number" text;--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "sealed_secret" text;