-- Why: whoever wants to hear of events need not ask for them, but is sent each of them, signed, until it is taken.
-- Locks: the function forget for a moment; all tables are new.

-- Everything up to position was sent, or waits in webhook_deliveries to be sent again, or was passed by while it was still
-- kept nowhere (missed). Who has the lease is the one that sends, until leased_until.
CREATE TABLE holdfast.webhooks (
    tenant_id       bigint NOT NULL,
    webhook_id      bigint GENERATED ALWAYS AS IDENTITY,
    url             text NOT NULL,
    types           text[] NOT NULL,
    description     text,
    state           text NOT NULL DEFAULT 'active',
    max_attempts    integer NOT NULL,
    secret          bytea NOT NULL,
    previous_secret bytea,
    previous_until  timestamptz,
    position        bigint NOT NULL,
    missed          bigint NOT NULL DEFAULT 0,
    waiting         integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    lease           uuid,
    leased_until    timestamptz,
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT webhooks_pk PRIMARY KEY (tenant_id, webhook_id),
    CONSTRAINT webhooks_tenant FOREIGN KEY (tenant_id) REFERENCES holdfast.tenants,
    CONSTRAINT webhooks_url CHECK (char_length(url) BETWEEN 1 AND 2000),
    CONSTRAINT webhooks_types CHECK (cardinality(types) BETWEEN 1 AND 20),
    CONSTRAINT webhooks_state CHECK (state IN ('active', 'paused')),
    CONSTRAINT webhooks_max_attempts CHECK (max_attempts BETWEEN 1 AND 20),
    CONSTRAINT webhooks_secret CHECK (octet_length(secret) = 32 AND octet_length(previous_secret) = 32),
    CONSTRAINT webhooks_previous CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
    CONSTRAINT webhooks_position CHECK (position >= 0),
    CONSTRAINT webhooks_missed CHECK (missed >= 0),
    CONSTRAINT webhooks_waiting CHECK (waiting >= 0),
    CONSTRAINT webhooks_next_attempt CHECK ((waiting = 0) = (next_attempt_at IS NULL)),
    CONSTRAINT webhooks_lease CHECK ((lease IS NULL) = (leased_until IS NULL)),
    CONSTRAINT webhooks_version CHECK (version > 0)
);

-- What was not taken yet, or waits behind such a one of its subject; and what never was (dead). It has the event with it, as it
-- is sent, since the feed forgets.
CREATE TABLE holdfast.webhook_deliveries (
    tenant_id       bigint NOT NULL,
    webhook_id      bigint NOT NULL,
    position        bigint NOT NULL,
    type            text NOT NULL,
    subject         text NOT NULL,
    body            text NOT NULL,
    state           text NOT NULL DEFAULT 'waiting',
    attempts        integer NOT NULL,
    next_attempt_at timestamptz,
    last_status     integer,
    last_fault      text,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at        timestamptz,
    CONSTRAINT webhook_deliveries_pk PRIMARY KEY (tenant_id, webhook_id, position),
    CONSTRAINT webhook_deliveries_webhook FOREIGN KEY (tenant_id, webhook_id) REFERENCES holdfast.webhooks,
    CONSTRAINT webhook_deliveries_position CHECK (position > 0),
    CONSTRAINT webhook_deliveries_state CHECK (state IN ('waiting', 'dead')),
    CONSTRAINT webhook_deliveries_attempts CHECK (attempts >= 0),
    CONSTRAINT webhook_deliveries_next_attempt CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL)),
    CONSTRAINT webhook_deliveries_ended CHECK ((state = 'dead') = (ended_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_waiting ON holdfast.webhook_deliveries (tenant_id, webhook_id, subject, position)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_ended_at ON holdfast.webhook_deliveries (ended_at) WHERE state = 'dead';

ALTER TABLE holdfast.webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.webhooks FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.webhook_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.webhook_deliveries FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.webhooks
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.webhook_deliveries
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, DELETE ON holdfast.webhooks, holdfast.webhook_deliveries TO holdfast_app;
GRANT UPDATE (url, types, description, state, max_attempts, secret, previous_secret, previous_until, position, missed, waiting,
    next_attempt_at, lease, leased_until, version) ON holdfast.webhooks TO holdfast_app;
-- What is sent stays as it was.
GRANT UPDATE (state, attempts, next_attempt_at, last_status, last_fault, ended_at) ON holdfast.webhook_deliveries
    TO holdfast_app;

-- The look across tenants: which have something to be sent that nobody is about to send.
CREATE POLICY all_tenants ON holdfast.webhooks FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, webhook_id, state, position, waiting, next_attempt_at, leased_until) ON holdfast.webhooks
    TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.webhooks_due(most_waiting integer)
    RETURNS TABLE (tenant_id bigint, webhook_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT w.tenant_id, w.webhook_id
    FROM holdfast.webhooks w
    LEFT JOIN holdfast.event_heads h ON h.tenant_id = w.tenant_id
    WHERE w.state = 'active'
        AND (w.leased_until IS NULL OR w.leased_until < statement_timestamp())
        AND (w.next_attempt_at <= statement_timestamp()
            OR (w.waiting < most_waiting AND w.position < h.last_position))
    ORDER BY random()
$$;

-- What nobody has taken goes after a month.
CREATE POLICY deliveries_over ON holdfast.webhook_deliveries FOR ALL TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, webhook_id, position, state, ended_at), DELETE ON holdfast.webhook_deliveries TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.forget_webhook_deliveries(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.webhook_deliveries d
        WHERE (d.tenant_id, d.webhook_id, d.position) IN (
            SELECT o.tenant_id, o.webhook_id, o.position
            FROM holdfast.webhook_deliveries o
            WHERE o.state = 'dead' AND o.ended_at < statement_timestamp() - interval '30 days'
            ORDER BY o.ended_at LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.webhooks_due(integer) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_webhook_deliveries(integer) OWNER TO holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.webhooks_due(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_webhook_deliveries(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.webhooks_due(integer) TO holdfast_app;

-- What is over of a kind. From now on each new kind has a function of its own, named forget_ and the kind, and this one stays
-- as it is.
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
        ELSE
            EXECUTE format('SELECT holdfast.%I($1)', 'forget_' || kind) INTO STRICT gone USING at_most;
            RETURN gone;
    END CASE;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;

REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
