-- Why: a limit per customer is edited by people, who must not overwrite each other.
-- Locks: purchase_limits for a moment; no row is rewritten.

ALTER TABLE holdfast.purchase_limits ADD COLUMN version bigint NOT NULL DEFAULT 1;
