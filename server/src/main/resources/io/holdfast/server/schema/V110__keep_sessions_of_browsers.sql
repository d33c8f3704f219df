-- Why: the console is used by people with a browser, whose session is in a cookie and can be ended at once.
-- Locks: sessions for a moment, to be referred to; no row of it is written.
--
-- What the cookie says is stored as its SHA-256 alone. The session is one like others: whatever ends those of a user
-- ends it, too. It is over when it was not used for idle_seconds; its use is noted to the minute.

CREATE TABLE holdfast.console_sessions (
    tenant_id    bigint NOT NULL,
    token_hash   bytea NOT NULL,
    session_id   uuid NOT NULL,
    idle_seconds integer NOT NULL,
    used_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT console_sessions_pk PRIMARY KEY (tenant_id, token_hash),
    CONSTRAINT console_sessions_one UNIQUE (tenant_id, session_id),
    CONSTRAINT console_sessions_session FOREIGN KEY (tenant_id, session_id) REFERENCES holdfast.sessions,
    CONSTRAINT console_sessions_hash_length CHECK (length(token_hash) = 32),
    CONSTRAINT console_sessions_idle CHECK (idle_seconds > 0)
);
ALTER TABLE holdfast.console_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.console_sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON holdfast.console_sessions
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
-- When it was used first is the table's to say; nobody who inserts may.
GRANT SELECT, DELETE, INSERT (tenant_id, token_hash, session_id, idle_seconds)
    ON holdfast.console_sessions TO holdfast_app;
GRANT UPDATE (used_at) ON holdfast.console_sessions TO holdfast_app;

CREATE POLICY used_consoles ON holdfast.console_sessions FOR SELECT TO holdfast_doorkeeper
    USING (used_at + make_interval(secs => idle_seconds) > statement_timestamp()
        AND current_user = 'holdfast_doorkeeper');
GRANT SELECT ON holdfast.console_sessions TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.holder_of_console(wanted_tenant bigint, presented_hash bytea)
    RETURNS TABLE (tenant_status text, session_id uuid, user_id bigint, roles text[], role_permissions text[],
        is_use_to_be_noted boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT h.tenant_status, c.session_id, h.user_id, h.roles, h.role_permissions,
        c.used_at < statement_timestamp() - interval '1 minute'
    FROM holdfast.console_sessions c
    CROSS JOIN LATERAL holdfast.holder_of_session(wanted_tenant, c.session_id) h
    WHERE c.tenant_id = wanted_tenant AND c.token_hash = presented_hash
        AND c.used_at + make_interval(secs => c.idle_seconds) > statement_timestamp()
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.holder_of_console(bigint, bytea) OWNER TO holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.holder_of_console(bigint, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.holder_of_console(bigint, bytea) TO holdfast_app;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
