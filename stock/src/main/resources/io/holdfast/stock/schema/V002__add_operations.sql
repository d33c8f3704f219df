-- Why: locations have an order in which stock is taken from them; a level keeps some stock from being
-- sold; a reservation can be changed, committed in part and come back; a tenant chooses what becomes of a
-- commit that comes too late.
-- Locks: each table for a moment. Every new column is NULL or has a constant default, so no row is rewritten; the
-- constraints are checked by one pass over locations and stock_levels, which are small.

-- Whose stock is taken first: the lowest; among equals by name.
ALTER TABLE holdfast.locations
    ADD COLUMN priority integer NOT NULL DEFAULT 100,
    ADD CONSTRAINT locations_priority_range CHECK (priority BETWEEN 0 AND 1000000);

GRANT UPDATE (priority) ON holdfast.locations TO holdfast_app;

-- Not sold, whatever is on hand. It may be more than there is: then nothing is sold.
ALTER TABLE holdfast.stock_levels
    ADD COLUMN safety_stock bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT stock_levels_safety_stock_not_negative CHECK (safety_stock >= 0);

-- version counts the changes of a reservation; changed_at is when it was last rewritten, other than by
-- ending. returned stands beside the lines: how much of each came back.
ALTER TABLE holdfast.reservations
    ADD COLUMN version bigint NOT NULL DEFAULT 1,
    ADD COLUMN changed_at timestamptz,
    ADD COLUMN returned bigint[],
    ADD CONSTRAINT reservations_whole_returns CHECK (cardinality(returned) = cardinality(skus))
        NOT VALID;

-- detail: of a transfer the other location, of a safety stock how much it is from then on.
ALTER TABLE holdfast.movements
    ADD COLUMN detail text,
    DROP CONSTRAINT movements_kind,
    ADD CONSTRAINT movements_kind CHECK (
        kind IN ('reserve', 'change', 'commit', 'commit_expired', 'release', 'expire', 'purchase', 'return',
            'receive', 'adjust', 'count', 'transfer', 'safety_stock')) NOT VALID;

-- What a tenant has chosen; no row: the usual.
CREATE TABLE holdfast.stock_policies (
    tenant_id      bigint NOT NULL,
    expired_commit text COLLATE "C" NOT NULL DEFAULT 'refuse',
    CONSTRAINT stock_policies_pk PRIMARY KEY (tenant_id),
    CONSTRAINT stock_policies_expired_commit CHECK (expired_commit IN ('refuse', 'reserve_again'))
);

ALTER TABLE holdfast.stock_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.stock_policies FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON holdfast.stock_policies
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
GRANT SELECT, INSERT, UPDATE ON holdfast.stock_policies TO holdfast_app;
