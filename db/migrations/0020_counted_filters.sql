ALTER TABLE "row_counts" DROP CONSTRAINT "row_counts_kind";--> statement-breakpoint
ALTER TABLE "row_counts" DROP CONSTRAINT "row_counts_of_a_system";--> statement-breakpoint
-- safe because what a version before writes is among these, and the table is short
ALTER TABLE "row_counts" ADD CONSTRAINT "row_counts_kind" CHECK ("row_counts"."kind" in ('people', 'linked_nowhere', 'linked', 'waiting', 'not_a_person'));--> statement-breakpoint
-- safe because of the same
ALTER TABLE "row_counts" ADD CONSTRAINT "row_counts_of_a_system" CHECK (("row_counts"."kind" in ('people', 'linked_nowhere')) = ("row_counts"."acs_system_id" is null));
--> statement-breakpoint
create function follow_unlinked_identities() returns trigger
  language plpgsql as $$
begin
  insert into row_counts (workspace_id, kind, change)
  select workspace_id, 'linked_nowhere', case tg_op when 'INSERT' then count(*) else -count(*) end
  from changed group by workspace_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger unlinked_identities_followed_in after insert on unlinked_identities
  referencing new table as changed for each statement execute function follow_unlinked_identities();
--> statement-breakpoint
create trigger unlinked_identities_followed_out after delete on unlinked_identities
  referencing old table as changed for each statement execute function follow_unlinked_identities();
--> statement-breakpoint
-- What there is already. Making the triggers has shut out writers until here is done, those of an older version too.
insert into row_counts (workspace_id, row_count_id, kind, change)
select workspace_id, md5(workspace_id || ' linked_nowhere')::uuid, 'linked_nowhere', count(*)
from unlinked_identities group by workspace_id;
