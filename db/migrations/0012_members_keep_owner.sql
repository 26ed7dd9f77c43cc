-- A workspace that had an owner keeps one. Asked at the end of the transaction, so that two may swap
-- roles in it; the workspace is held meanwhile, so that of two owners who leave at once only one can.
-- A workspace that goes takes its owners along; the demo's never had one.
create function keep_an_owner() returns trigger
  language plpgsql as $$
begin
  perform 1 from workspaces where workspace_id = old.workspace_id for no key update;
  if found and not exists (
    select 1 from workspace_members where workspace_id = old.workspace_id and role = 'owner'
  ) then
    raise exception 'a workspace needs an owner'
      using errcode = 'check_violation', constraint = 'workspace_members_keep_owner';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger workspace_members_keep_owner after update or delete on workspace_members
  deferrable initially deferred
  for each row when (old.role = 'owner') execute function keep_an_owner();
