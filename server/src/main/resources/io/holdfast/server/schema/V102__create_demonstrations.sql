-- Why: the demonstration is loaded once, also when the first start was cut short, and its count of
-- purchases can start anew. The count itself is never stored: it is counted in the ledger, from the
-- position on at which it last started.
-- Locks: none that matters, the table is new.

CREATE TABLE holdfast.demonstrations (
    tenant_id       bigint NOT NULL,
    loaded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    counts_after    bigint NOT NULL,
    CONSTRAINT demonstrations_pk PRIMARY KEY (tenant_id)
);

ALTER TABLE holdfast.demonstrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.demonstrations FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.demonstrations
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, UPDATE ON holdfast.demonstrations TO holdfast_app;
