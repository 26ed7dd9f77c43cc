CREATE TABLE "row_counts" (
	"workspace_id" uuid NOT NULL,
	"row_count_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"acs_system_id" uuid,
	"change" integer NOT NULL,
	CONSTRAINT "row_counts_workspace_id_row_count_id_pk" PRIMARY KEY("workspace_id","row_count_id"),
	CONSTRAINT "row_counts_kind" CHECK ("row_counts"."kind" in ('people', 'linked', 'waiting', 'not_a_person')),
	CONSTRAINT "row_counts_of_a_system" CHECK (("row_counts"."kind" = 'people') = ("row_counts"."acs_system_id" is null))
);
--> statement-breakpoint
CREATE TABLE "unlinked_identities" (
	"workspace_id" uuid NOT NULL,
	"user_identity_id" uuid NOT NULL,
	CONSTRAINT "unlinked_identities_workspace_id_user_identity_id_pk" PRIMARY KEY("workspace_id","user_identity_id")
);
--> statement-breakpoint
ALTER TABLE "unlinked_identities" ADD CONSTRAINT "unlinked_identities_identity_fk" FOREIGN KEY ("workspace_id","user_identity_id") REFERENCES "public"."user_identities"("workspace_id","user_identity_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Puts the changes of a workspace's counts together, those that nobody else holds: nobody waits for another.
create function gather_row_counts(of_workspace uuid) returns void
  language sql
  begin atomic
    with held as materialized (
      select row_count_id from row_counts where workspace_id = of_workspace limit 2000 for update skip locked
    ),
    taken as (
      delete from row_counts where workspace_id = of_workspace and row_count_id in (select row_count_id from held)
      returning kind, acs_system_id, change
    )
    insert into row_counts (workspace_id, kind, acs_system_id, change)
    select of_workspace, kind, acs_system_id, sum(change) from taken group by kind, acs_system_id having sum(change) <> 0;
  end;
--> statement-breakpoint
-- A statement in so many puts them together: what is left to add up stays short, at whatever pace is written.
create function gather_row_counts_now_and_then() returns trigger
  language plpgsql as $$
begin
  if random() < 1.0 / 64 then
    perform gather_row_counts(workspace_id) from (select distinct workspace_id from changed) as written;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create function acs_user_kind(user_identity_id uuid, not_a_person_at timestamptz) returns text
  language sql immutable parallel safe
  return case when user_identity_id is not null then 'linked' when not_a_person_at is not null then 'not_a_person' else 'waiting' end;
--> statement-breakpoint
create function follow_user_identities() returns trigger
  language plpgsql as $$
begin
  insert into row_counts (workspace_id, kind, change)
  select workspace_id, 'people', case tg_op when 'INSERT' then count(*) else -count(*) end from changed group by workspace_id;
  if tg_op = 'INSERT' then
    insert into unlinked_identities (workspace_id, user_identity_id)
    select workspace_id, user_identity_id from changed
    where not exists (
      select 1 from acs_users
      where acs_users.workspace_id = changed.workspace_id and acs_users.user_identity_id = changed.user_identity_id
    )
    on conflict do nothing;
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Says anew of some people whether they are linked anywhere. They are held meanwhile: of two who take away
-- a person's last two links at once, one has to see what the other did.
create function follow_links(workspace_ids uuid[], user_identity_ids uuid[]) returns void
  language plpgsql as $$
begin
  if user_identity_ids is null then
    return;
  end if;
  perform 1 from user_identities
  join unnest(workspace_ids, user_identity_ids) as asked (workspace_id, user_identity_id) using (workspace_id, user_identity_id)
  order by user_identities.workspace_id, user_identities.user_identity_id
  for no key update of user_identities;
  delete from unlinked_identities using unnest(workspace_ids, user_identity_ids) as asked (workspace_id, user_identity_id)
  where unlinked_identities.workspace_id = asked.workspace_id
    and unlinked_identities.user_identity_id = asked.user_identity_id
    and exists (
      select 1 from acs_users
      where acs_users.workspace_id = asked.workspace_id and acs_users.user_identity_id = asked.user_identity_id
    );
  insert into unlinked_identities (workspace_id, user_identity_id)
  select workspace_id, user_identity_id from user_identities
  join unnest(workspace_ids, user_identity_ids) as asked (workspace_id, user_identity_id) using (workspace_id, user_identity_id)
  where not exists (
    select 1 from acs_users
    where acs_users.workspace_id = asked.workspace_id and acs_users.user_identity_id = asked.user_identity_id
  )
  on conflict do nothing;
end
$$;
--> statement-breakpoint
create function follow_acs_users() returns trigger
  language plpgsql as $$
declare
  workspace_ids uuid[];
  user_identity_ids uuid[];
begin
  if tg_op = 'UPDATE' then
    insert into row_counts (workspace_id, kind, acs_system_id, change)
    select workspace_id, kind, acs_system_id, sum(change) from (
      select workspace_id, acs_user_kind(user_identity_id, not_a_person_at) as kind, acs_system_id, 1 as change from changed
      union all
      select workspace_id, acs_user_kind(user_identity_id, not_a_person_at), acs_system_id, -1 from former
    ) as counted
    group by workspace_id, kind, acs_system_id having sum(change) <> 0;

    select array_agg(workspace_id), array_agg(user_identity_id) into workspace_ids, user_identity_ids from (
      (select workspace_id, user_identity_id from changed except select workspace_id, user_identity_id from former)
      union
      (select workspace_id, user_identity_id from former except select workspace_id, user_identity_id from changed)
    ) as relinked
    where user_identity_id is not null;
  else
    insert into row_counts (workspace_id, kind, acs_system_id, change)
    select workspace_id, acs_user_kind(user_identity_id, not_a_person_at), acs_system_id,
      case tg_op when 'INSERT' then count(*) else -count(*) end
    from changed group by 1, 2, 3;

    select array_agg(workspace_id), array_agg(user_identity_id) into workspace_ids, user_identity_ids from (
      select distinct workspace_id, user_identity_id from changed where user_identity_id is not null
    ) as relinked;
  end if;
  perform follow_links(workspace_ids, user_identity_ids);
  return null;
end
$$;
--> statement-breakpoint
create trigger user_identities_followed_in after insert on user_identities
  referencing new table as changed for each statement execute function follow_user_identities();
--> statement-breakpoint
create trigger user_identities_followed_out after delete on user_identities
  referencing old table as changed for each statement execute function follow_user_identities();
--> statement-breakpoint
create trigger acs_users_followed_in after insert on acs_users
  referencing new table as changed for each statement execute function follow_acs_users();
--> statement-breakpoint
create trigger acs_users_followed_out after delete on acs_users
  referencing old table as changed for each statement execute function follow_acs_users();
--> statement-breakpoint
create trigger acs_users_followed after update on acs_users
  referencing old table as former new table as changed for each statement execute function follow_acs_users();
--> statement-breakpoint
-- What there is already. Making the triggers has shut out writers until here is done, those of an older version too.
insert into unlinked_identities (workspace_id, user_identity_id)
select workspace_id, user_identity_id from user_identities
where not exists (
  select 1 from acs_users
  where acs_users.workspace_id = user_identities.workspace_id and acs_users.user_identity_id = user_identities.user_identity_id
);
--> statement-breakpoint
-- Their ids are the same wherever a database of before is migrated.
insert into row_counts (workspace_id, row_count_id, kind, change)
select workspace_id, md5(workspace_id || ' people')::uuid, 'people', count(*) from user_identities group by workspace_id;
--> statement-breakpoint
insert into row_counts (workspace_id, row_count_id, kind, acs_system_id, change)
select workspace_id, md5(workspace_id || ' ' || kind || ' ' || acs_system_id)::uuid, kind, acs_system_id, count(*)
from (select workspace_id, acs_user_kind(user_identity_id, not_a_person_at) as kind, acs_system_id from acs_users) as every
group by workspace_id, kind, acs_system_id;
--> statement-breakpoint
create trigger row_counts_gathered after insert on row_counts
  referencing new table as changed for each statement execute function gather_row_counts_now_and_then();
