CREATE INDEX CONCURRENTLY IF NOT EXISTS "row_counts_by_kind" ON "row_counts" USING btree ("workspace_id","kind","acs_system_id","change");
