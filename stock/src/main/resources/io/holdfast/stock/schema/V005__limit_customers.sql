-- Why: how much of an item a customer may have within a time, and how many reservations may be held for one
-- customer, are decided with the stock: from a row per customer that is locked before any level.
-- Locks: stock_policies for a moment; the tables are new.

-- counts_customers says whether there is anything to count at all. A tenant that limits nobody pays nothing.
ALTER TABLE holdfast.stock_policies
    ADD COLUMN held_reservations_max bigint,
    ADD COLUMN counts_customers boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT stock_policies_held_reservations_max CHECK (held_reservations_max > 0);

CREATE TABLE holdfast.purchase_limits (
    tenant_id      bigint NOT NULL,
    sku            text COLLATE "C" NOT NULL,
    max_quantity   bigint NOT NULL,
    window_seconds bigint NOT NULL,
    CONSTRAINT purchase_limits_pk PRIMARY KEY (tenant_id, sku),
    CONSTRAINT purchase_limits_item FOREIGN KEY (tenant_id, sku) REFERENCES holdfast.items,
    CONSTRAINT purchase_limits_max_quantity CHECK (max_quantity > 0),
    CONSTRAINT purchase_limits_window_seconds CHECK (window_seconds > 0)
);

-- What counts for a customer: the reservations that are held, and what was claimed of limited items by
-- which reservation, when (microseconds since 1970). One row, read and written as a whole; what no longer counts
-- is dropped when it is written next.
CREATE TABLE holdfast.customer_tallies (
    tenant_id       bigint NOT NULL,
    customer        text COLLATE "C" NOT NULL,
    version         bigint NOT NULL,
    held            uuid[] NOT NULL,
    claimed_by      uuid[] NOT NULL,
    claimed_skus    text[] NOT NULL,
    claimed_units   bigint[] NOT NULL,
    claimed_micros  bigint[] NOT NULL,
    CONSTRAINT customer_tallies_pk PRIMARY KEY (tenant_id, customer),
    CONSTRAINT customer_tallies_whole_claims CHECK (
        cardinality(claimed_by) = cardinality(claimed_skus)
        AND cardinality(claimed_by) = cardinality(claimed_units)
        AND cardinality(claimed_by) = cardinality(claimed_micros))
) WITH (fillfactor = 70);

ALTER TABLE holdfast.purchase_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.purchase_limits FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.customer_tallies ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.customer_tallies FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON holdfast.purchase_limits
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.customer_tallies
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
GRANT SELECT, INSERT, UPDATE, DELETE ON holdfast.purchase_limits TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON holdfast.customer_tallies TO holdfast_app;
