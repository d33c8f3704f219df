-- Why: whoever edits a location or a policy says which version he has seen, so that nobody's edit is lost.
-- Locks: both tables for a moment. The new columns have a constant default, so no row is rewritten.

ALTER TABLE holdfast.locations ADD COLUMN version bigint NOT NULL DEFAULT 1;

GRANT UPDATE (version) ON holdfast.locations TO holdfast_app;

-- How often the tenant has chosen; one that has no row never has, either.
ALTER TABLE holdfast.stock_policies ADD COLUMN version bigint NOT NULL DEFAULT 0;
