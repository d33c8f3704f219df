-- Why: others want to know what has happened: to orders, and to reservations and stock where the tenant asks for it. An event
-- is written in the transaction of what it tells of, and gets its position afterwards, so that whoever reads on behind a
-- position passes nothing by that commits later.
-- Locks: none; all tables are new.

-- What one transaction has told of, one after the other. last_position is the position of the last of its events, given once
-- it can be seen: the first one has last_position - size + 1. Positions count a tenant's events without a hole.
CREATE TABLE holdfast.event_batches (
    tenant_id     bigint NOT NULL,
    batch_id      bigint GENERATED ALWAYS AS IDENTITY,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    size          integer NOT NULL,
    events        json NOT NULL,
    last_position bigint,
    published_at  timestamptz,
    CONSTRAINT event_batches_pk PRIMARY KEY (tenant_id, batch_id),
    CONSTRAINT event_batches_size CHECK (size > 0),
    CONSTRAINT event_batches_last_position CHECK (last_position >= size),
    CONSTRAINT event_batches_published CHECK ((last_position IS NULL) = (published_at IS NULL))
);
CREATE UNIQUE INDEX event_batches_position ON holdfast.event_batches (tenant_id, last_position)
    WHERE last_position IS NOT NULL;
CREATE INDEX event_batches_unpublished ON holdfast.event_batches (tenant_id, batch_id) WHERE last_position IS NULL;
CREATE INDEX event_batches_published_at ON holdfast.event_batches (tenant_id, published_at, last_position)
    WHERE published_at IS NOT NULL;

-- The newest position of each tenant. Whoever has locked the row is the one who publishes.
CREATE TABLE holdfast.event_heads (
    tenant_id     bigint NOT NULL,
    last_position bigint NOT NULL DEFAULT 0,
    CONSTRAINT event_heads_pk PRIMARY KEY (tenant_id),
    CONSTRAINT event_heads_last_position CHECK (last_position >= 0)
);

-- What a tenant has chosen. Without a row it is as the defaults say.
CREATE TABLE holdfast.event_settings (
    tenant_id bigint NOT NULL,
    stock     boolean NOT NULL DEFAULT false,
    keep_days integer NOT NULL DEFAULT 30,
    version   bigint NOT NULL DEFAULT 0,
    CONSTRAINT event_settings_pk PRIMARY KEY (tenant_id),
    CONSTRAINT event_settings_keep_days CHECK (keep_days BETWEEN 1 AND 365),
    CONSTRAINT event_settings_version CHECK (version >= 0)
);

ALTER TABLE holdfast.event_batches ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.event_batches FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.event_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.event_heads FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.event_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.event_settings FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.event_batches
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.event_heads
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.event_settings
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

-- What was told stays as it was told.
GRANT SELECT, INSERT (tenant_id, size, events), UPDATE (last_position, published_at) ON holdfast.event_batches
    TO holdfast_app;
GRANT SELECT, INSERT (tenant_id), UPDATE (last_position) ON holdfast.event_heads TO holdfast_app;
GRANT SELECT, INSERT, UPDATE (stock, keep_days, version) ON holdfast.event_settings TO holdfast_app;
-- An event says whose it is by the name that others know.
GRANT SELECT (tenant_id, slug) ON holdfast.tenants TO holdfast_app;

-- The looks across tenants: who has anything to be published, and since when; who wants to hear of stock; and how far those
-- are that somebody listens to.
CREATE POLICY all_tenants ON holdfast.event_batches FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_tenants ON holdfast.event_heads FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_tenants ON holdfast.event_settings FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, batch_id, recorded_at, last_position, published_at) ON holdfast.event_batches
    TO holdfast_doorkeeper;
GRANT SELECT ON holdfast.event_heads, holdfast.event_settings TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.tenants_to_publish()
    RETURNS TABLE (tenant_id bigint, oldest_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT b.tenant_id, min(b.recorded_at)
    FROM holdfast.event_batches b
    WHERE b.last_position IS NULL
    GROUP BY b.tenant_id
    ORDER BY b.tenant_id
$$;

CREATE FUNCTION holdfast.tenants_told_of_stock()
    RETURNS TABLE (tenant_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.tenant_id FROM holdfast.event_settings s WHERE s.stock ORDER BY s.tenant_id
$$;

CREATE FUNCTION holdfast.event_positions(tenants bigint[])
    RETURNS TABLE (tenant_id bigint, last_position bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT h.tenant_id, h.last_position FROM holdfast.event_heads h WHERE h.tenant_id = ANY (tenants)
$$;

-- What was kept for as long as its tenant wants, always from the oldest position on, so that what is left has no hole.
CREATE POLICY events_over ON holdfast.event_batches FOR DELETE TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT DELETE ON holdfast.event_batches TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.forget_events(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.event_batches b
        WHERE (b.tenant_id, b.batch_id) IN (
            SELECT old.tenant_id, old.batch_id
            FROM holdfast.event_heads h
            LEFT JOIN holdfast.event_settings s ON s.tenant_id = h.tenant_id
            CROSS JOIN LATERAL (
                SELECT o.last_position
                FROM holdfast.event_batches o
                WHERE o.tenant_id = h.tenant_id
                    AND o.published_at < statement_timestamp() - coalesce(s.keep_days, 30) * interval '1 day'
                ORDER BY o.published_at DESC LIMIT 1) newest
            CROSS JOIN LATERAL (
                SELECT o.tenant_id, o.batch_id
                FROM holdfast.event_batches o
                WHERE o.tenant_id = h.tenant_id AND o.last_position <= newest.last_position
                ORDER BY o.last_position LIMIT at_most) old
            LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenants_to_publish() OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenants_told_of_stock() OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.event_positions(bigint[]) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_events(integer) OWNER TO holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.tenants_to_publish() FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.tenants_told_of_stock() FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.event_positions(bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_events(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.tenants_to_publish() TO holdfast_app;
GRANT EXECUTE ON FUNCTION holdfast.tenants_told_of_stock() TO holdfast_app;
GRANT EXECUTE ON FUNCTION holdfast.event_positions(bigint[]) TO holdfast_app;

-- What is over of a kind, as before, and of events.
CREATE OR REPLACE FUNCTION holdfast.forget(kind text, at_most integer)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    -- So that the plans know how few rows are wanted, however many there are.
    SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    gone bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('holdfast.forget ' || kind, 0)) THEN
        RETURN 0;
    END IF;
    CASE kind
        WHEN 'refresh_tokens' THEN
            DELETE FROM holdfast.refresh_tokens t
            WHERE (t.tenant_id, t.token_hash) IN (
                SELECT o.tenant_id, o.token_hash
                FROM holdfast.sessions s
                JOIN holdfast.refresh_tokens o ON o.tenant_id = s.tenant_id AND o.session_id = s.session_id
                WHERE coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'
                ORDER BY coalesce(s.ended_at, s.expires_at) LIMIT at_most);
        WHEN 'console_sessions' THEN
            DELETE FROM holdfast.console_sessions c
            WHERE (c.tenant_id, c.token_hash) IN (
                SELECT o.tenant_id, o.token_hash
                FROM holdfast.sessions s
                JOIN holdfast.console_sessions o ON o.tenant_id = s.tenant_id AND o.session_id = s.session_id
                WHERE coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'
                ORDER BY coalesce(s.ended_at, s.expires_at) LIMIT at_most);
        WHEN 'sessions' THEN
            DELETE FROM holdfast.sessions s
            WHERE (s.tenant_id, s.session_id) IN (
                SELECT o.tenant_id, o.session_id
                FROM holdfast.sessions o
                WHERE coalesce(o.ended_at, o.expires_at) < statement_timestamp() - interval '30 days'
                    AND NOT EXISTS (SELECT FROM holdfast.refresh_tokens t
                        WHERE t.tenant_id = o.tenant_id AND t.session_id = o.session_id)
                    AND NOT EXISTS (SELECT FROM holdfast.console_sessions c
                        WHERE c.tenant_id = o.tenant_id AND c.session_id = o.session_id)
                ORDER BY coalesce(o.ended_at, o.expires_at) LIMIT at_most);
        WHEN 'invitations' THEN
            DELETE FROM holdfast.invitations i
            WHERE (i.tenant_id, i.token_hash) IN (
                SELECT o.tenant_id, o.token_hash
                FROM holdfast.invitations o
                WHERE coalesce(o.used_at, o.expires_at) < statement_timestamp()
                ORDER BY coalesce(o.used_at, o.expires_at) LIMIT at_most);
        WHEN 'login_attempts' THEN
            -- Somebody may be about to count in one. It is left to the next time.
            DELETE FROM holdfast.login_attempts a
            WHERE (a.tenant_id, a.subject) IN (
                SELECT o.tenant_id, o.subject
                FROM holdfast.login_attempts o
                WHERE o.window_ends_at < statement_timestamp()
                ORDER BY o.window_ends_at LIMIT at_most FOR UPDATE SKIP LOCKED);
        WHEN 'request_answers' THEN
            RETURN holdfast.forget_request_answers(at_most);
        WHEN 'event_batches' THEN
            RETURN holdfast.forget_events(at_most);
        WHEN 'signing_keys' THEN
            DELETE FROM holdfast.signing_keys k WHERE k.expires_at < statement_timestamp();
        WHEN 'machine_nonces' THEN
            RETURN holdfast.forget_machine_nonces(at_most);
        WHEN 'rate_buckets' THEN
            RETURN (SELECT b.forgotten FROM holdfast.forget_buckets(at_most) b);
    END CASE;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;

REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
