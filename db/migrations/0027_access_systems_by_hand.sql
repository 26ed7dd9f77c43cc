ALTER TABLE "acs_systems" DROP CONSTRAINT "acs_systems_external_type";--> statement-breakpoint
ALTER TABLE "acs_systems" ALTER COLUMN "external_type" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "acs_systems" ADD COLUMN "vendor_name" text;--> statement-breakpoint
ALTER TABLE "acs_systems" ADD CONSTRAINT "acs_systems_vendor_by_hand" CHECK ("acs_systems"."vendor_name" is null or "acs_systems"."external_type" is null) NOT VALID;