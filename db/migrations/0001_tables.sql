CREATE TABLE "acs_access_group_entrances" (
	"workspace_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"acs_access_group_id" uuid NOT NULL,
	"acs_entrance_id" uuid NOT NULL,
	CONSTRAINT "acs_access_group_entrances_pk" PRIMARY KEY("workspace_id","acs_access_group_id","acs_entrance_id")
);
--> statement-breakpoint
CREATE TABLE "acs_access_group_members" (
	"workspace_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"acs_access_group_id" uuid NOT NULL,
	"acs_user_id" uuid NOT NULL,
	CONSTRAINT "acs_access_group_members_pk" PRIMARY KEY("workspace_id","acs_access_group_id","acs_user_id")
);
--> statement-breakpoint
CREATE TABLE "acs_access_groups" (
	"workspace_id" uuid NOT NULL,
	"acs_access_group_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acs_access_groups_workspace_id_acs_access_group_id_pk" PRIMARY KEY("workspace_id","acs_access_group_id"),
	CONSTRAINT "acs_access_groups_in_system" UNIQUE("workspace_id","acs_system_id","acs_access_group_id")
);
--> statement-breakpoint
CREATE TABLE "acs_systems" (
	"workspace_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"name" text NOT NULL,
	"external_type" text NOT NULL,
	"connected_account_id" uuid NOT NULL,
	"is_credential_manager" boolean DEFAULT false NOT NULL,
	"time_zone" text,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acs_systems_workspace_id_acs_system_id_pk" PRIMARY KEY("workspace_id","acs_system_id"),
	CONSTRAINT "acs_systems_external_type" CHECK ("acs_systems"."external_type" in ('pti_site', 'alta_org', 'salto_ks_site', 'salto_space_system', 'brivo_account', 'hid_credential_manager_organization', 'visionline_system', 'assa_abloy_credential_service', 'latch_building', 'dormakaba_community_site', 'dormakaba_ambiance_site', 'legic_connect_credential_service', 'assa_abloy_vostio', 'assa_abloy_vostio_credential_service', 'hotek_site'))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"provider_account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"rate_limit_id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" uuid NOT NULL,
	"active_workspace_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"verification_id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "acs_users" (
	"workspace_id" uuid NOT NULL,
	"acs_user_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"user_identity_id" uuid,
	"linked_at" timestamp with time zone,
	"linked_by" text,
	"full_name" text,
	"email_address" text,
	"phone_number" text,
	"phone_number_e164" text,
	"display_name" text GENERATED ALWAYS AS (coalesce("acs_users"."full_name", "acs_users"."email_address", "acs_users"."phone_number", '')) STORED NOT NULL,
	"sort_name" text GENERATED ALWAYS AS (search_normalize(coalesce("acs_users"."full_name", "acs_users"."email_address", "acs_users"."phone_number", ''))) STORED NOT NULL,
	"search_text" text GENERATED ALWAYS AS (search_normalize(coalesce("acs_users"."full_name", '') || E'\n' || coalesce("acs_users"."email_address", '') || E'\n' || coalesce(regexp_replace("acs_users"."phone_number", '[^0-9]', '', 'g'), '') || E'\n' || coalesce(substr("acs_users"."phone_number_e164", 2), ''))) STORED NOT NULL,
	"is_suspended" boolean DEFAULT false NOT NULL,
	"access_starts_at" timestamp with time zone,
	"access_ends_at" timestamp with time zone,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acs_users_workspace_id_acs_user_id_pk" PRIMARY KEY("workspace_id","acs_user_id"),
	CONSTRAINT "acs_users_in_system" UNIQUE("workspace_id","acs_system_id","acs_user_id"),
	CONSTRAINT "acs_users_has_characteristic" CHECK (num_nonnulls("acs_users"."full_name", "acs_users"."email_address", "acs_users"."phone_number") >= 1),
	CONSTRAINT "acs_users_phone_e164" CHECK ("acs_users"."phone_number_e164" ~ '^\+[1-9][0-9]{1,14}$'),
	CONSTRAINT "acs_users_link_is_dated" CHECK (("acs_users"."user_identity_id" is null) = ("acs_users"."linked_at" is null)),
	CONSTRAINT "acs_users_schedule_order" CHECK ("acs_users"."access_ends_at" > "acs_users"."access_starts_at"),
	CONSTRAINT "acs_users_errors_array" CHECK (jsonb_typeof("acs_users"."errors") = 'array')
);
--> statement-breakpoint
CREATE TABLE "acs_credential_entrances" (
	"workspace_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"acs_credential_id" uuid NOT NULL,
	"acs_entrance_id" uuid NOT NULL,
	CONSTRAINT "acs_credential_entrances_pk" PRIMARY KEY("workspace_id","acs_credential_id","acs_entrance_id")
);
--> statement-breakpoint
CREATE TABLE "acs_credentials" (
	"workspace_id" uuid NOT NULL,
	"acs_credential_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"acs_user_id" uuid,
	"access_method" text NOT NULL,
	"display_name" text NOT NULL,
	"code" text,
	"card_number" text,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"is_issued" boolean DEFAULT false NOT NULL,
	"issued_at" timestamp with time zone,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acs_credentials_workspace_id_acs_credential_id_pk" PRIMARY KEY("workspace_id","acs_credential_id"),
	CONSTRAINT "acs_credentials_in_system" UNIQUE("workspace_id","acs_system_id","acs_credential_id"),
	CONSTRAINT "acs_credentials_access_method" CHECK ("acs_credentials"."access_method" in ('mobile_key', 'card', 'code')),
	CONSTRAINT "acs_credentials_validity_order" CHECK ("acs_credentials"."ends_at" > "acs_credentials"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "acs_entrances" (
	"workspace_id" uuid NOT NULL,
	"acs_entrance_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"display_name" text NOT NULL,
	"can_unlock_with_mobile_key" boolean DEFAULT false NOT NULL,
	"can_unlock_with_card" boolean DEFAULT false NOT NULL,
	"can_unlock_with_code" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acs_entrances_workspace_id_acs_entrance_id_pk" PRIMARY KEY("workspace_id","acs_entrance_id"),
	CONSTRAINT "acs_entrances_in_system" UNIQUE("workspace_id","acs_system_id","acs_entrance_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"workspace_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"user_identity_id" uuid,
	"acs_system_id" uuid,
	"acs_user_id" uuid,
	"acs_credential_id" uuid,
	"request_id" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "events_workspace_id_event_id_pk" PRIMARY KEY("workspace_id","event_id"),
	CONSTRAINT "events_actor_kind" CHECK ("events"."actor_kind" in ('member', 'api_key', 'import', 'system'))
);
--> statement-breakpoint
CREATE TABLE "user_identities" (
	"workspace_id" uuid NOT NULL,
	"user_identity_id" uuid NOT NULL,
	"user_identity_key" text,
	"email_address" text,
	"phone_number" text,
	"full_name" text,
	"display_name" text GENERATED ALWAYS AS (coalesce("user_identities"."full_name", "user_identities"."email_address", "user_identities"."phone_number", "user_identities"."user_identity_key", '')) STORED NOT NULL,
	"sort_name" text GENERATED ALWAYS AS (search_normalize(coalesce("user_identities"."full_name", "user_identities"."email_address", "user_identities"."phone_number", "user_identities"."user_identity_key", ''))) STORED NOT NULL,
	"search_text" text GENERATED ALWAYS AS (search_normalize(coalesce("user_identities"."full_name", '') || E'\n' || coalesce("user_identities"."email_address", '') || E'\n' || coalesce("user_identities"."user_identity_key", '') || E'\n' || coalesce(substr("user_identities"."phone_number", 2), ''))) STORED NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_identities_workspace_id_user_identity_id_pk" PRIMARY KEY("workspace_id","user_identity_id"),
	CONSTRAINT "user_identities_has_characteristic" CHECK (num_nonnulls("user_identities"."user_identity_key", "user_identities"."email_address", "user_identities"."phone_number", "user_identities"."full_name") >= 1),
	CONSTRAINT "user_identities_key_not_blank" CHECK ("user_identities"."user_identity_key" ~ '[^[:space:]]'),
	CONSTRAINT "user_identities_full_name_not_blank" CHECK ("user_identities"."full_name" ~ '[^[:space:]]'),
	CONSTRAINT "user_identities_email_format" CHECK ("user_identities"."email_address" = btrim("user_identities"."email_address") and "user_identities"."email_address" ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
	CONSTRAINT "user_identities_phone_e164" CHECK ("user_identities"."phone_number" ~ '^\+[1-9][0-9]{1,14}$')
);
--> statement-breakpoint
CREATE TABLE "workspace_members" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspace_members_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id"),
	CONSTRAINT "workspace_members_role" CHECK ("workspace_members"."role" in ('owner', 'manager', 'support', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"is_sandbox" boolean DEFAULT false NOT NULL,
	"default_country" text DEFAULT 'US' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspaces_slug_unique" UNIQUE("slug"),
	CONSTRAINT "workspaces_slug_format" CHECK ("workspaces"."slug" ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
	CONSTRAINT "workspaces_default_country_format" CHECK ("workspaces"."default_country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
ALTER TABLE "acs_access_group_entrances" ADD CONSTRAINT "acs_access_group_entrances_group_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_access_group_id") REFERENCES "public"."acs_access_groups"("workspace_id","acs_system_id","acs_access_group_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_access_group_entrances" ADD CONSTRAINT "acs_access_group_entrances_entrance_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_entrance_id") REFERENCES "public"."acs_entrances"("workspace_id","acs_system_id","acs_entrance_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_access_group_members" ADD CONSTRAINT "acs_access_group_members_group_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_access_group_id") REFERENCES "public"."acs_access_groups"("workspace_id","acs_system_id","acs_access_group_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_access_group_members" ADD CONSTRAINT "acs_access_group_members_user_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_user_id") REFERENCES "public"."acs_users"("workspace_id","acs_system_id","acs_user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_access_groups" ADD CONSTRAINT "acs_access_groups_system_fk" FOREIGN KEY ("workspace_id","acs_system_id") REFERENCES "public"."acs_systems"("workspace_id","acs_system_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_systems" ADD CONSTRAINT "acs_systems_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_users" ADD CONSTRAINT "acs_users_system_fk" FOREIGN KEY ("workspace_id","acs_system_id") REFERENCES "public"."acs_systems"("workspace_id","acs_system_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_users" ADD CONSTRAINT "acs_users_identity_fk" FOREIGN KEY ("workspace_id","user_identity_id") REFERENCES "public"."user_identities"("workspace_id","user_identity_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_credential_entrances" ADD CONSTRAINT "acs_credential_entrances_credential_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_credential_id") REFERENCES "public"."acs_credentials"("workspace_id","acs_system_id","acs_credential_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_credential_entrances" ADD CONSTRAINT "acs_credential_entrances_entrance_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_entrance_id") REFERENCES "public"."acs_entrances"("workspace_id","acs_system_id","acs_entrance_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_credentials" ADD CONSTRAINT "acs_credentials_system_fk" FOREIGN KEY ("workspace_id","acs_system_id") REFERENCES "public"."acs_systems"("workspace_id","acs_system_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_credentials" ADD CONSTRAINT "acs_credentials_user_fk" FOREIGN KEY ("workspace_id","acs_system_id","acs_user_id") REFERENCES "public"."acs_users"("workspace_id","acs_system_id","acs_user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acs_entrances" ADD CONSTRAINT "acs_entrances_system_fk" FOREIGN KEY ("workspace_id","acs_system_id") REFERENCES "public"."acs_systems"("workspace_id","acs_system_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acs_access_group_entrances_entrance" ON "acs_access_group_entrances" USING btree ("workspace_id","acs_system_id","acs_entrance_id");--> statement-breakpoint
CREATE INDEX "acs_access_group_members_user" ON "acs_access_group_members" USING btree ("workspace_id","acs_system_id","acs_user_id");--> statement-breakpoint
CREATE INDEX "acs_systems_by_name" ON "acs_systems" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "acs_users_one_per_identity_and_system" ON "acs_users" USING btree ("workspace_id","user_identity_id","acs_system_id") WHERE "acs_users"."user_identity_id" is not null;--> statement-breakpoint
CREATE INDEX "acs_users_unlinked" ON "acs_users" USING btree ("workspace_id","acs_system_id","acs_user_id") WHERE "acs_users"."user_identity_id" is null;--> statement-breakpoint
CREATE INDEX "acs_users_by_name" ON "acs_users" USING btree ("workspace_id","acs_system_id","sort_name" collate "C","acs_user_id");--> statement-breakpoint
CREATE INDEX "acs_users_by_email" ON "acs_users" USING btree ("workspace_id",lower("email_address"));--> statement-breakpoint
CREATE INDEX "acs_users_by_phone" ON "acs_users" USING btree ("workspace_id","phone_number_e164");--> statement-breakpoint
CREATE INDEX "acs_users_search" ON "acs_users" USING gin ("search_text" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "acs_credential_entrances_entrance" ON "acs_credential_entrances" USING btree ("workspace_id","acs_system_id","acs_entrance_id");--> statement-breakpoint
CREATE INDEX "acs_credentials_by_user" ON "acs_credentials" USING btree ("workspace_id","acs_user_id");--> statement-breakpoint
CREATE INDEX "events_by_identity" ON "events" USING btree ("workspace_id","user_identity_id","event_id") WHERE "events"."user_identity_id" is not null;--> statement-breakpoint
CREATE INDEX "events_by_acs_user" ON "events" USING btree ("workspace_id","acs_user_id","event_id") WHERE "events"."acs_user_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "user_identities_key_unique" ON "user_identities" USING btree ("workspace_id","user_identity_key");--> statement-breakpoint
CREATE UNIQUE INDEX "user_identities_email_unique" ON "user_identities" USING btree ("workspace_id",lower("email_address"));--> statement-breakpoint
CREATE UNIQUE INDEX "user_identities_phone_unique" ON "user_identities" USING btree ("workspace_id","phone_number");--> statement-breakpoint
CREATE INDEX "user_identities_by_name" ON "user_identities" USING btree ("workspace_id","sort_name" collate "C","user_identity_id");--> statement-breakpoint
CREATE INDEX "user_identities_search" ON "user_identities" USING gin ("search_text" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "workspace_members_user" ON "workspace_members" USING btree ("user_id");