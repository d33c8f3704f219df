-- Why: what is old makes the tables that are worked on large, and is hardly ever asked for. A tenant may choose
-- after how many days answers to keys, ended reservations and movements go into an archive: the same rows, with
-- their hashes and seals, in tables of their own.
-- Locks: idempotency_keys while its index is made, which takes some seconds for a million keys; the tables are new.
--
-- The application may not delete anything. It calls functions that move what the tenant's choice allows, and that
-- can do nothing else: a row that leaves a table is in the archive when the statement ends.

-- NULL: for ever.
CREATE TABLE holdfast.retentions (
    tenant_id         bigint NOT NULL,
    version           bigint NOT NULL,
    keys_days         integer,
    reservations_days integer,
    movements_days    integer,
    seal              bytea,
    CONSTRAINT retentions_pk PRIMARY KEY (tenant_id),
    CONSTRAINT retentions_keys_days CHECK (keys_days > 0),
    CONSTRAINT retentions_reservations_days CHECK (reservations_days > 0),
    CONSTRAINT retentions_movements_days CHECK (movements_days > 0)
);

CREATE FUNCTION holdfast.retention_seal(r holdfast.retentions)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(r.tenant_id) || int8send(r.version) || holdfast.seal_text(r.keys_days::text)
        || holdfast.seal_text(r.reservations_days::text) || holdfast.seal_text(r.movements_days::text))
$$;

-- One row per tenant: when somebody went through all of it last, and what has gone into the archive by now.
CREATE TABLE holdfast.archive_passes (
    tenant_id    bigint NOT NULL,
    keys         bigint NOT NULL DEFAULT 0,
    reservations bigint NOT NULL DEFAULT 0,
    movements    bigint NOT NULL DEFAULT 0,
    begun_at     timestamptz NOT NULL,
    completed_at timestamptz,
    CONSTRAINT archive_passes_pk PRIMARY KEY (tenant_id)
);

-- Their columns are those of the tables that the rows come from, in the same order.
CREATE TABLE holdfast.archived_keys (
    LIKE holdfast.idempotency_keys,
    CONSTRAINT archived_keys_pk PRIMARY KEY (tenant_id, request_key, answered_at)
);
CREATE TABLE holdfast.archived_reservations (
    LIKE holdfast.reservations,
    CONSTRAINT archived_reservations_pk PRIMARY KEY (tenant_id, reservation_id)
);
CREATE TABLE holdfast.archived_movements (
    LIKE holdfast.movements,
    CONSTRAINT archived_movements_pk PRIMARY KEY (tenant_id, sku, location, position)
);

-- The old ones of a tenant, from the oldest on. What is inserted goes to the tenant's right edge.
CREATE INDEX idempotency_keys_answered_at ON holdfast.idempotency_keys (tenant_id, answered_at);

CREATE TRIGGER archived_keys_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.archived_keys
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();
CREATE TRIGGER archived_reservations_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.archived_reservations
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();
CREATE TRIGGER archived_movements_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.archived_movements
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();

-- As before, but for the function that moves rows into the archive. Nobody logs in as its owner.
CREATE OR REPLACE FUNCTION holdfast.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user = 'holdfast_sweeper' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the ledger of movements is only ever added to' USING ERRCODE = 'restrict_violation';
END
$$;

ALTER TABLE holdfast.retentions ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.retentions FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archive_passes ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archive_passes FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archived_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archived_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archived_reservations ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archived_reservations FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archived_movements ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.archived_movements FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.retentions
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.archive_passes
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.archived_keys
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.archived_reservations
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.archived_movements
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY retaining_tenants ON holdfast.retentions FOR SELECT TO holdfast_sweeper
    USING (current_user = 'holdfast_sweeper');

GRANT SELECT, INSERT, UPDATE ON holdfast.retentions, holdfast.archive_passes TO holdfast_app;
GRANT SELECT ON holdfast.archived_keys, holdfast.archived_reservations, holdfast.archived_movements TO holdfast_app;
GRANT SELECT ON holdfast.retentions, holdfast.checkpoint_heads TO holdfast_sweeper;
GRANT SELECT, DELETE ON holdfast.idempotency_keys, holdfast.reservations, holdfast.movements TO holdfast_sweeper;
-- To lock a row takes the right to update something of it.
GRANT UPDATE (seal) ON holdfast.reservations TO holdfast_sweeper;
GRANT INSERT ON holdfast.archived_keys, holdfast.archived_reservations, holdfast.archived_movements
    TO holdfast_sweeper;

-- Whoever has chosen anything.
CREATE FUNCTION holdfast.retaining_tenants()
    RETURNS TABLE (tenant_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.tenant_id FROM holdfast.retentions r
    WHERE r.keys_days IS NOT NULL OR r.reservations_days IS NOT NULL OR r.movements_days IS NOT NULL
    ORDER BY r.tenant_id
$$;

-- Each of the following is about the tenant that the setting holdfast.tenant_id names, and about no other: asked for
-- another one it finds nothing chosen.

CREATE FUNCTION holdfast.archive_keys(of_tenant bigint, at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
    WITH gone AS (
        DELETE FROM holdfast.idempotency_keys k
        WHERE k.tenant_id = of_tenant AND k.request_key = ANY (ARRAY(
            SELECT o.request_key
            FROM holdfast.idempotency_keys o
            WHERE o.tenant_id = of_tenant AND o.answered_at < (
                SELECT clock_timestamp() - r.keys_days * interval '1 day'
                FROM holdfast.retentions r
                WHERE r.tenant_id = of_tenant
                    AND r.tenant_id = nullif(current_setting('holdfast.tenant_id', true), '')::bigint)
            ORDER BY o.answered_at LIMIT at_most))
        RETURNING k.*),
    kept AS (INSERT INTO holdfast.archived_keys SELECT g.* FROM gone g RETURNING 1)
    SELECT count(*) FROM kept
$$;

-- Reservations that follow `after`, in the order in which they were made. Of those that have ended long enough ago the
-- rows are moved; seen and last say how far it has come.
CREATE FUNCTION holdfast.archive_reservations(
        of_tenant bigint, after uuid, at_most integer, OUT seen bigint, OUT last uuid, OUT moved bigint)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
    WITH choice AS (
        SELECT clock_timestamp() - r.reservations_days * interval '1 day' AS ended_before
        FROM holdfast.retentions r
        WHERE r.tenant_id = of_tenant AND r.reservations_days IS NOT NULL
            AND r.tenant_id = nullif(current_setting('holdfast.tenant_id', true), '')::bigint),
    page AS MATERIALIZED (
        SELECT p.reservation_id
        FROM holdfast.reservations p
        WHERE p.tenant_id = of_tenant AND p.reservation_id > after AND p.reservation_id < (
            -- An id begins with the millisecond in which it was made.
            SELECT (lpad(to_hex(floor(extract(epoch FROM c.ended_before) * 1000)::bigint), 12, '0')
                || '00000000000000000000')::uuid FROM choice c)
        ORDER BY p.reservation_id LIMIT at_most
        -- A return may be about to change one. It is left to the next time.
        FOR UPDATE SKIP LOCKED),
    gone AS (
        DELETE FROM holdfast.reservations r
        USING page p, choice c
        WHERE r.tenant_id = of_tenant AND r.reservation_id = p.reservation_id
            AND r.state <> 'held' AND r.ended_at < c.ended_before
        RETURNING r.*),
    kept AS (INSERT INTO holdfast.archived_reservations SELECT g.* FROM gone g RETURNING 1)
    SELECT (SELECT count(*) FROM page),
        (SELECT p.reservation_id FROM page p ORDER BY p.reservation_id DESC LIMIT 1),
        (SELECT count(*) FROM kept)
$$;

-- The oldest movements of a level, as far as they are old enough and come before the one that a checkpoint states last. That one
-- has to be there, with the hash that was stated, and it stays; so the level's newest movement does. Whether the
-- statement was signed is not looked at here, but by whoever checks checkpoints.
CREATE FUNCTION holdfast.archive_movements(
        of_tenant bigint, of_sku text, of_location text, at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
    WITH choice AS (
        SELECT clock_timestamp() - r.movements_days * interval '1 day' AS recorded_before,
            (SELECT n.position
                FROM (
                    SELECT h.position, h.hash
                    FROM holdfast.checkpoint_heads h
                    WHERE h.tenant_id = of_tenant AND h.sku = of_sku AND h.location = of_location
                    ORDER BY h.number DESC LIMIT 1) h
                JOIN holdfast.movements n ON n.tenant_id = of_tenant AND n.sku = of_sku
                    AND n.location = of_location AND n.position = h.position AND n.hash = h.hash) AS stated
        FROM holdfast.retentions r
        WHERE r.tenant_id = of_tenant AND r.movements_days IS NOT NULL
            AND r.tenant_id = nullif(current_setting('holdfast.tenant_id', true), '')::bigint),
    oldest AS MATERIALIZED (
        SELECT m.position, m.recorded_at
        FROM holdfast.movements m
        WHERE m.tenant_id = of_tenant AND m.sku = of_sku AND m.location = of_location
            AND m.position < (SELECT c.stated FROM choice c)
        ORDER BY m.position LIMIT at_most),
    -- Nothing that stands behind one that stays.
    staying AS (
        SELECT min(o.position) AS first FROM oldest o, choice c WHERE o.recorded_at >= c.recorded_before),
    gone AS (
        DELETE FROM holdfast.movements m
        USING oldest o, staying s
        WHERE m.tenant_id = of_tenant AND m.sku = of_sku AND m.location = of_location
            AND m.position = o.position AND (s.first IS NULL OR o.position < s.first)
        RETURNING m.*),
    kept AS (INSERT INTO holdfast.archived_movements SELECT g.* FROM gone g RETURNING 1)
    SELECT count(*) FROM kept
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_sweeper;
ALTER FUNCTION holdfast.retaining_tenants() OWNER TO holdfast_sweeper;
ALTER FUNCTION holdfast.archive_keys(bigint, integer) OWNER TO holdfast_sweeper;
ALTER FUNCTION holdfast.archive_reservations(bigint, uuid, integer) OWNER TO holdfast_sweeper;
ALTER FUNCTION holdfast.archive_movements(bigint, text, text, integer) OWNER TO holdfast_sweeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_sweeper;
REVOKE ALL ON FUNCTION holdfast.retaining_tenants() FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.archive_keys(bigint, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.archive_reservations(bigint, uuid, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.archive_movements(bigint, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.retaining_tenants(), holdfast.archive_keys(bigint, integer),
    holdfast.archive_reservations(bigint, uuid, integer), holdfast.archive_movements(bigint, text, text, integer)
    TO holdfast_app;
