CREATE TABLE "distinct_identities" (
	"workspace_id" uuid NOT NULL,
	"one_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "distinct_identities_workspace_id_one_id_other_id_pk" PRIMARY KEY("workspace_id","one_id","other_id"),
	CONSTRAINT "distinct_identities_in_order" CHECK ("distinct_identities"."one_id" < "distinct_identities"."other_id")
);
--> statement-breakpoint
CREATE TABLE "merged_identities" (
	"workspace_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"into_id" uuid NOT NULL,
	"survivor_id" uuid NOT NULL,
	"merged_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "merged_identities_workspace_id_merged_id_pk" PRIMARY KEY("workspace_id","merged_id"),
	CONSTRAINT "merged_identities_of_two" CHECK ("merged_identities"."merged_id" <> "merged_identities"."into_id" and "merged_identities"."merged_id" <> "merged_identities"."survivor_id")
);
--> statement-breakpoint
ALTER TABLE "distinct_identities" ADD CONSTRAINT "distinct_identities_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "distinct_identities" ADD CONSTRAINT "distinct_identities_one_fk" FOREIGN KEY ("workspace_id","one_id") REFERENCES "public"."user_identities"("workspace_id","user_identity_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "distinct_identities" ADD CONSTRAINT "distinct_identities_other_fk" FOREIGN KEY ("workspace_id","other_id") REFERENCES "public"."user_identities"("workspace_id","user_identity_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_identities" ADD CONSTRAINT "merged_identities_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_identities" ADD CONSTRAINT "merged_identities_survivor_fk" FOREIGN KEY ("workspace_id","survivor_id") REFERENCES "public"."user_identities"("workspace_id","user_identity_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "distinct_identities_by_other" ON "distinct_identities" USING btree ("workspace_id","other_id");--> statement-breakpoint
CREATE INDEX "merged_identities_by_survivor" ON "merged_identities" USING btree ("workspace_id","survivor_id");--> statement-breakpoint
CREATE INDEX "user_identities_by_name_key" ON "user_identities" USING btree ("workspace_id",name_key("full_name"),"user_identity_id");--> statement-breakpoint
CREATE INDEX "user_identities_by_phone_end" ON "user_identities" USING btree ("workspace_id",right("phone_number", 9),"user_identity_id");
