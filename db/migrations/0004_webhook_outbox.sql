-- Every event is queued for the webhooks that ask for it, in the event's own transaction, whoever
-- writes it. What a reset writes is the history of a workspace that begins anew, and nobody's news:
-- it names its workspace as 0002 says.
create function queue_webhook_deliveries() returns trigger
  language plpgsql as $$
begin
  insert into webhook_deliveries (workspace_id, delivery_id, webhook_id, event_id, object_id)
  select event.workspace_id, gen_random_uuid(), webhook.webhook_id, event.event_id,
    coalesce(
      case split_part(event.event_type, '.', 1)
        when 'user_identity' then event.user_identity_id
        when 'acs_user' then event.acs_user_id
        when 'acs_credential' then event.acs_credential_id
        when 'acs_access_group' then event.acs_access_group_id
        when 'acs_entrance' then event.acs_entrance_id
        when 'acs_system' then event.acs_system_id
      end,
      event.event_id)
  from inserted_events event
  join webhooks webhook
    on webhook.workspace_id = event.workspace_id
    and (webhook.event_types @> array['*'] or event.event_type = any (webhook.event_types))
  where event.workspace_id::text is distinct from current_setting('keyholder.emptying_workspace', true)
  order by event.event_id
  -- A webhook that is being deleted is waited for, and then has no deliveries.
  for key share of webhook;
  return null;
end
$$;
--> statement-breakpoint
create trigger events_queue_webhook_deliveries after insert on events
  referencing new table as inserted_events
  for each statement execute function queue_webhook_deliveries();
