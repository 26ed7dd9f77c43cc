-- Events are never changed and never deleted, by anyone: the history must stay true. The one way
-- out is emptying a whole sandbox workspace, which names that workspace for its own transaction:
-- set_config('keyholder.emptying_workspace', <workspace_id>, true).
create function refuse_event_change() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'DELETE'
    and old.workspace_id::text = current_setting('keyholder.emptying_workspace', true)
    and exists (select 1 from workspaces where workspace_id = old.workspace_id and is_sandbox)
  then
    return old;
  end if;
  raise exception 'events are append-only' using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger events_append_only before update or delete on events
  for each row execute function refuse_event_change();
--> statement-breakpoint
create trigger events_no_truncate before truncate on events
  for each statement execute function refuse_event_change();
