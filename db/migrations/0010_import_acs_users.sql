ALTER TABLE "import_rows" ADD COLUMN "acs_user_id" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "acs_user_name" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "kind" text DEFAULT 'user_identities' NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "acs_system_id" uuid;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "date_order" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_system_fk" FOREIGN KEY ("workspace_id","acs_system_id") REFERENCES "public"."acs_systems"("workspace_id","acs_system_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind" CHECK ("imports"."kind" in ('user_identities', 'acs_users'));--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_system_of_acs_users" CHECK (("imports"."kind" = 'acs_users') = ("imports"."acs_system_id" is not null));--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_date_order" CHECK ("imports"."date_order" in ('day_first', 'month_first', 'unknown', 'mixed'));