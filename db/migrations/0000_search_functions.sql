-- Search: what is stored and what is asked are brought to the same form by the same function.
create extension if not exists pg_trgm with schema public;
--> statement-breakpoint
create extension if not exists unaccent with schema public;
--> statement-breakpoint
-- unaccent() is only "stable", because its dictionary could be altered; ours is not, and generated
-- columns and indexes need an immutable function.
create function search_normalize(value text) returns text
  language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFKC)));
--> statement-breakpoint
-- The LIKE pattern that finds a value anywhere in a search text; its own wildcards are taken literally.
create function search_pattern(value text) returns text
  language sql immutable strict parallel safe
  return '%' || regexp_replace(search_normalize(value), '([\\%_])', '\\\1', 'g') || '%';
