-- The role that serves Keyholder and owns no table, for psql as the owner with SERVING_PASSWORD set (psql 15 or newer).
\set ON_ERROR_STOP on
\getenv password SERVING_PASSWORD
select 'create role keyholder_serving login' where not exists (select from pg_roles where rolname = 'keyholder_serving')
\gexec
alter role keyholder_serving login password :'password';
