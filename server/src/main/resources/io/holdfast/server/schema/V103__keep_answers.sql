-- Why: what the engine does not decide is done once per idempotency key, too, and a repeat gets the same answer.
-- The answer is kept in the transaction of the effect. A key is kept as a digest of caller, operation and key.
-- Locks: none that matters, the table is new.

CREATE TABLE holdfast.request_answers (
    tenant_id           bigint NOT NULL,
    request_key         uuid NOT NULL,
    request_fingerprint uuid NOT NULL,
    answered_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    status              integer NOT NULL,
    address             text,
    version             bigint,
    body                bytea NOT NULL,
    CONSTRAINT request_answers_pk PRIMARY KEY (tenant_id, request_key)
);

ALTER TABLE holdfast.request_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.request_answers FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.request_answers
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT ON holdfast.request_answers TO holdfast_app;
