CREATE TABLE "tasks" (
	"workspace_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"acs_system_id" uuid NOT NULL,
	"acs_user_id" uuid NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" text,
	"canceled_by" uuid,
	CONSTRAINT "tasks_workspace_id_event_id_pk" PRIMARY KEY("workspace_id","event_id"),
	CONSTRAINT "tasks_done_by_somebody" CHECK (("tasks"."done_at" is null) = ("tasks"."done_by" is null)),
	CONSTRAINT "tasks_not_done_if_canceled" CHECK ("tasks"."canceled_by" is null or "tasks"."done_at" is null)
);
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_event_fk" FOREIGN KEY ("workspace_id","event_id") REFERENCES "public"."events"("workspace_id","event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("workspace_id","acs_system_id","event_id") WHERE "tasks"."done_at" is null and "tasks"."canceled_by" is null;--> statement-breakpoint
CREATE INDEX "tasks_done" ON "tasks" USING btree ("workspace_id","acs_system_id","event_id") WHERE "tasks"."done_at" is not null;--> statement-breakpoint
CREATE INDEX "tasks_by_acs_user" ON "tasks" USING btree ("workspace_id","acs_user_id","event_id");--> statement-breakpoint
CREATE POLICY "of_one_workspace" ON "tasks" AS PERMISSIVE FOR ALL TO public USING ("tasks"."workspace_id" = scoped_workspace());--> statement-breakpoint
-- What of an ACS user an event changes that's programmed at a panel. Null for all other events, such as links.
create function task_subject(event_type text, acs_access_group_id uuid, acs_entrance_id uuid, acs_credential_id uuid) returns text
  language sql immutable parallel safe
  return case
    when event_type in ('acs_user.created', 'acs_user.deleted') then 'acs_user'
    when event_type = 'acs_user.updated' then 'details'
    when event_type in ('acs_user.suspended', 'acs_user.unsuspended') then 'suspension'
    when event_type in ('acs_user.access_granted', 'acs_user.access_revoked') then 'access ' || coalesce(acs_entrance_id::text, 'all')
    when event_type in ('acs_access_group.user_added', 'acs_access_group.user_removed') then 'access ' || acs_access_group_id
    when event_type in ('acs_credential.issued', 'acs_credential.updated', 'acs_credential.assigned',
      'acs_credential.unassigned', 'acs_credential.deleted') then 'credential ' || acs_credential_id
  end;
--> statement-breakpoint
-- Each event that changes an ACS user of a system that's kept by hand, or its credentials, makes a task, but for an
-- import: its file tells what's at the panel already. An undo
-- looks first at the tasks of the change that it takes back, for each ACS user and each thing of theirs that it
-- restores: while all of them are open, they're canceled and the undo makes none; nobody programs what was taken back
-- in time. Where one is done already, the open ones are canceled and the undo makes its own. What an undo doesn't
-- bring back, such as a deleted card, keeps its task.
create function make_tasks() returns trigger
  language plpgsql as $$
begin
  if not exists (
    select from changed join acs_systems using (workspace_id, acs_system_id)
    where acs_systems.external_type is null and changed.acs_user_id is not null and changed.actor_kind <> 'import'
  ) then
    return null;
  end if;
  with made as materialized (
    select changed.*, subject from changed
    join acs_systems using (workspace_id, acs_system_id)
    cross join lateral task_subject(event_type, acs_access_group_id, acs_entrance_id, acs_credential_id) as subject
    where acs_systems.external_type is null and changed.acs_user_id is not null and changed.actor_kind <> 'import'
      and subject is not null
  ),
  -- Held, so that whoever ticks one off meanwhile is waited for.
  reversed as materialized (
    select made.event_id, made.change_id, tasks.workspace_id, tasks.event_id as task_id, tasks.done_at from made
    join tasks on tasks.workspace_id = made.workspace_id and tasks.acs_user_id = made.acs_user_id
      and (tasks.canceled_by is null or tasks.canceled_by = made.change_id)
    join events as undone on undone.workspace_id = tasks.workspace_id and undone.event_id = tasks.event_id
    cross join lateral task_subject(undone.event_type, undone.acs_access_group_id, undone.acs_entrance_id,
      undone.acs_credential_id) as undone_subject
    where undone.change_id = made.undoes_change_id
      and (
        undone_subject = made.subject
        or undone_subject = 'access all' and made.subject like 'access %'
        -- All that was to be programmed for somebody who isn't there after all.
        or made.event_type = 'acs_user.deleted'
      )
    order by tasks.event_id
    for no key update of tasks
  ),
  canceled as (
    update tasks set canceled_by = reversed.change_id from reversed
    where tasks.workspace_id = reversed.workspace_id and tasks.event_id = reversed.task_id and tasks.done_at is null
  )
  insert into tasks (workspace_id, event_id, acs_system_id, acs_user_id)
  select workspace_id, event_id, acs_system_id, acs_user_id from made
  where not exists (select from reversed where reversed.event_id = made.event_id)
    or exists (select from reversed where reversed.event_id = made.event_id and reversed.done_at is not null);
  return null;
end
$$;
--> statement-breakpoint
create trigger events_make_tasks after insert on events
  referencing new table as changed for each statement execute function make_tasks();
