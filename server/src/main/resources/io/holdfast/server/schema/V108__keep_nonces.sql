-- Why: a machine's signed request is let in once, on whichever node and also after a restart. The nonce's row
-- is inserted before anything acts on the request, and whoever comes second finds it there.
-- Locks: none that matters, the table is new.
--
-- A request is let in from 300 s before until 300 s after the time that it was signed at, so its nonce is
-- needed for 600 s at most after it was seen; the rest is for a clock that is set. Only what is older can be
-- forgotten, and by the function alone: the application may neither change nor delete a nonce.

CREATE TABLE holdfast.machine_nonces (
    tenant_id bigint NOT NULL,
    key_id    text COLLATE "C" NOT NULL,
    nonce     text COLLATE "C" NOT NULL,
    seen_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT machine_nonces_pk PRIMARY KEY (tenant_id, key_id, nonce),
    CONSTRAINT machine_nonces_key_id_form CHECK (key_id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
    CONSTRAINT machine_nonces_nonce_form CHECK (nonce ~ '^[A-Za-z0-9_-]{16,64}$')
);

CREATE INDEX machine_nonces_seen ON holdfast.machine_nonces (seen_at);

ALTER TABLE holdfast.machine_nonces ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.machine_nonces FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.machine_nonces
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY outlived_nonces_seen ON holdfast.machine_nonces FOR SELECT TO holdfast_doorkeeper
    USING (seen_at < statement_timestamp() - interval '900 seconds' AND current_user = 'holdfast_doorkeeper');
CREATE POLICY outlived_nonces_forgotten ON holdfast.machine_nonces FOR DELETE TO holdfast_doorkeeper
    USING (seen_at < statement_timestamp() - interval '900 seconds' AND current_user = 'holdfast_doorkeeper');

-- When it was seen is the table's to say; nobody who inserts may.
GRANT INSERT (tenant_id, key_id, nonce), SELECT (seen_at) ON holdfast.machine_nonces TO holdfast_app;
GRANT SELECT, DELETE ON holdfast.machine_nonces TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.forget_machine_nonces(most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH outlived AS (
        SELECT n.tenant_id, n.key_id, n.nonce
        FROM holdfast.machine_nonces n
        WHERE n.seen_at < statement_timestamp() - interval '900 seconds'
        ORDER BY n.seen_at
        LIMIT most
    ),
    forgotten AS (
        DELETE FROM holdfast.machine_nonces n
        USING outlived o
        WHERE n.tenant_id = o.tenant_id AND n.key_id = o.key_id AND n.nonce = o.nonce
            AND n.seen_at < statement_timestamp() - interval '900 seconds'
        RETURNING n.nonce
    )
    SELECT count(*) FROM forgotten
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_machine_nonces(integer) OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.forget_machine_nonces(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.forget_machine_nonces(integer) TO holdfast_app;
