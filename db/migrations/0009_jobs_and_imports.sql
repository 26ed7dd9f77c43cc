CREATE TABLE "import_claims" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"claim" text NOT NULL,
	"row_number" integer NOT NULL,
	CONSTRAINT "import_claims_workspace_id_import_id_claim_pk" PRIMARY KEY("workspace_id","import_id","claim")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"plan" text,
	"characteristics" jsonb,
	"changes" jsonb,
	"problems" jsonb,
	"user_identity_id" uuid,
	"user_identity_name" text,
	"outcome" text,
	"change_id" uuid,
	CONSTRAINT "import_rows_workspace_id_import_id_row_number_pk" PRIMARY KEY("workspace_id","import_id","row_number"),
	CONSTRAINT "import_rows_plan" CHECK ("import_rows"."plan" in ('create', 'update', 'unchanged', 'remove', 'conflict', 'refused')),
	CONSTRAINT "import_rows_outcome" CHECK ("import_rows"."outcome" in ('created', 'updated', 'unchanged', 'removed', 'skipped', 'refused', 'undone', 'kept')),
	CONSTRAINT "import_rows_row_number" CHECK ("import_rows"."row_number" >= 2),
	CONSTRAINT "import_rows_cells_are_a_list" CHECK (jsonb_typeof("import_rows"."cells") = 'array')
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"state" text DEFAULT 'reading' NOT NULL,
	"file_name" text NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"headers" jsonb NOT NULL,
	"row_count" integer DEFAULT 0 NOT NULL,
	"mapping" jsonb,
	"plans" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"outcomes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"conflict_choice" text,
	"applies_removals" boolean DEFAULT false NOT NULL,
	"author_id" text,
	"author_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_workspace_id_import_id_pk" PRIMARY KEY("workspace_id","import_id"),
	CONSTRAINT "imports_state" CHECK ("imports"."state" in ('reading', 'mapping', 'checking', 'checked', 'applying', 'applied', 'canceled', 'undoing', 'undone')),
	CONSTRAINT "imports_conflict_choice" CHECK ("imports"."conflict_choice" in ('skip', 'update')),
	CONSTRAINT "imports_mapped" CHECK ("imports"."mapping" is not null or "imports"."state" in ('reading', 'mapping', 'canceled'))
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"workspace_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"cursor" jsonb,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "jobs_workspace_id_job_id_pk" PRIMARY KEY("workspace_id","job_id"),
	CONSTRAINT "jobs_state" CHECK ("jobs"."state" in ('queued', 'running', 'done', 'failed', 'canceled')),
	CONSTRAINT "jobs_progress" CHECK ("jobs"."done" >= 0 and "jobs"."done" <= "jobs"."total"),
	CONSTRAINT "jobs_finished" CHECK (("jobs"."finished_at" is not null) = ("jobs"."state" in ('done', 'failed', 'canceled')))
);
--> statement-breakpoint
ALTER TABLE "import_claims" ADD CONSTRAINT "import_claims_import_fk" FOREIGN KEY ("workspace_id","import_id") REFERENCES "public"."imports"("workspace_id","import_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_fk" FOREIGN KEY ("workspace_id","import_id") REFERENCES "public"."imports"("workspace_id","import_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_rows_by_plan" ON "import_rows" USING btree ("workspace_id","import_id","plan","row_number");--> statement-breakpoint
CREATE INDEX "import_rows_by_outcome" ON "import_rows" USING btree ("workspace_id","import_id","outcome","row_number");--> statement-breakpoint
CREATE INDEX "imports_unread" ON "imports" USING btree ("created_at") WHERE "imports"."state" = 'reading';--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("due_at") WHERE "jobs"."state" in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_one_at_a_time" ON "jobs" USING btree ("workspace_id","subject_id") WHERE "jobs"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "jobs_of_subject" ON "jobs" USING btree ("workspace_id","subject_id","job_id");