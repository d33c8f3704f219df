-- Why: the engine's own tables. Every key starts with tenant_id, so that one tenant's rows lie together,
-- row-level security can hold them apart, and the schema can be distributed over machines later.
-- Locks: none that matters, every table here is new.
--
-- The application works as holdfast_app: it owns nothing, can't change the ledger and sees the rows of
-- the tenant named by the setting holdfast.tenant_id only. Without that setting it sees nothing.

-- Roles belong to the whole cluster: another database of it may have made them already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_app') THEN
        CREATE ROLE holdfast_app NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_sweeper') THEN
        CREATE ROLE holdfast_sweeper NOLOGIN;
    END IF;
    -- Only a member may hand objects over to a role, or take the role on.
    EXECUTE format('GRANT holdfast_app, holdfast_sweeper TO %I', current_user);
END
$$;

GRANT USAGE ON SCHEMA holdfast TO holdfast_app, holdfast_sweeper;

CREATE TABLE holdfast.items (
    tenant_id  bigint NOT NULL,
    sku        text COLLATE "C" NOT NULL,
    tracked    boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT items_pk PRIMARY KEY (tenant_id, sku),
    CONSTRAINT items_sku_length CHECK (length(sku) BETWEEN 1 AND 64)
);

CREATE TABLE holdfast.locations (
    tenant_id bigint NOT NULL,
    location  text COLLATE "C" NOT NULL,
    CONSTRAINT locations_pk PRIMARY KEY (tenant_id, location),
    CONSTRAINT locations_location_length CHECK (length(location) BETWEEN 1 AND 64)
);

-- version counts the changes of a level, and is the position of its newest movement.
-- Half of every page stays free, so that an update of a hot row finds room beside it (HOT).
CREATE TABLE holdfast.stock_levels (
    tenant_id  bigint NOT NULL,
    on_hand    bigint NOT NULL,
    reserved   bigint NOT NULL,
    version    bigint NOT NULL,
    sku        text COLLATE "C" NOT NULL,
    location   text COLLATE "C" NOT NULL,
    chain_hash bytea NOT NULL,
    CONSTRAINT stock_levels_pk PRIMARY KEY (tenant_id, sku, location),
    CONSTRAINT stock_levels_item FOREIGN KEY (tenant_id, sku) REFERENCES holdfast.items,
    CONSTRAINT stock_levels_location FOREIGN KEY (tenant_id, location) REFERENCES holdfast.locations,
    CONSTRAINT stock_levels_on_hand_not_negative CHECK (on_hand >= 0),
    CONSTRAINT stock_levels_reserved_not_negative CHECK (reserved >= 0),
    CONSTRAINT stock_levels_never_oversold CHECK (reserved <= on_hand)
) WITH (fillfactor = 50);

-- The lines stand as arrays in the reservation's row: they are written once, read as a whole, and cost
-- no row and no index entry of their own. A line whose location is NULL is of an untracked item.
-- request_key names the caller's idempotency key (a digest of principal, operation and key); answer is
-- what that caller was told.
CREATE TABLE holdfast.reservations (
    tenant_id           bigint NOT NULL,
    reservation_id      uuid NOT NULL,
    request_key         uuid,
    request_fingerprint uuid,
    created_at          timestamptz NOT NULL,
    expires_at          timestamptz,
    ended_at            timestamptz,
    state               text COLLATE "C" NOT NULL,
    actor               text NOT NULL,
    customer            text,
    skus                text[] NOT NULL,
    locations           text[] NOT NULL,
    quantities          bigint[] NOT NULL,
    answer              bytea,
    CONSTRAINT reservations_pk PRIMARY KEY (tenant_id, reservation_id),
    CONSTRAINT reservations_state CHECK (state IN ('held', 'committed', 'released', 'expired')),
    CONSTRAINT reservations_held_until_ended CHECK ((state = 'held') = (ended_at IS NULL)),
    CONSTRAINT reservations_held_expires CHECK (state <> 'held' OR expires_at IS NOT NULL),
    CONSTRAINT reservations_whole_lines CHECK (
        cardinality(skus) > 0
        AND cardinality(skus) = cardinality(quantities)
        AND cardinality(skus) = cardinality(locations))
);

CREATE UNIQUE INDEX reservations_request_key ON holdfast.reservations (tenant_id, request_key)
    WHERE request_key IS NOT NULL;

-- What is due is looked for tenant by tenant, and from where the last look ended.
CREATE INDEX reservations_due ON holdfast.reservations (tenant_id, expires_at, reservation_id)
    WHERE state = 'held';

-- Keys of the commands that do not make a reservation (those are columns of the reservation).
CREATE TABLE holdfast.idempotency_keys (
    tenant_id           bigint NOT NULL,
    request_key         uuid NOT NULL,
    request_fingerprint uuid NOT NULL,
    answered_at         timestamptz NOT NULL,
    answer              bytea NOT NULL,
    CONSTRAINT idempotency_keys_pk PRIMARY KEY (tenant_id, request_key)
);

-- The ledger. hash = SHA-256 over the hash of the level's previous movement and this row's columns.
CREATE TABLE holdfast.movements (
    tenant_id       bigint NOT NULL,
    position        bigint NOT NULL,
    on_hand_change  bigint NOT NULL,
    reserved_change bigint NOT NULL,
    on_hand_after   bigint NOT NULL,
    reserved_after  bigint NOT NULL,
    recorded_at     timestamptz NOT NULL,
    reservation_id  uuid,
    kind            text COLLATE "C" NOT NULL,
    sku             text COLLATE "C" NOT NULL,
    location        text COLLATE "C" NOT NULL,
    actor           text NOT NULL,
    reason          text,
    hash            bytea NOT NULL,
    CONSTRAINT movements_pk PRIMARY KEY (tenant_id, sku, location, position),
    CONSTRAINT movements_kind CHECK (
        kind IN ('reserve', 'commit', 'release', 'expire', 'purchase', 'receive', 'adjust'))
);

CREATE FUNCTION holdfast.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger of movements is only ever added to' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER movements_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.movements
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_change();

ALTER TABLE holdfast.items ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.items FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.locations ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.locations FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.stock_levels ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.stock_levels FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.reservations ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.reservations FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.idempotency_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.movements ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.movements FORCE ROW LEVEL SECURITY;

-- The sub-select makes the setting a value read once per statement instead of once per row.
CREATE POLICY tenant_rows ON holdfast.items
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.locations
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.stock_levels
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.reservations
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.idempotency_keys
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.movements
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT ON holdfast.items, holdfast.locations, holdfast.movements TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON holdfast.stock_levels TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON holdfast.reservations TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.idempotency_keys TO holdfast_app;

-- The one look across tenants that the engine needs: whose reservations are due. The function's owner
-- may read exactly that, by a policy of its own, and gives out tenants only. A policy also holds for the
-- members of its role, and whoever migrates is one: so it asks who is current as well.
CREATE POLICY due_rows ON holdfast.reservations FOR SELECT TO holdfast_sweeper
    USING (state = 'held' AND current_user = 'holdfast_sweeper');
GRANT SELECT (tenant_id, expires_at, state) ON holdfast.reservations TO holdfast_sweeper;

-- Goes from tenant to tenant and reads of each only the reservation that is due first, however many
-- are held or due. The settings make it do so also on a table that was never analysed.
CREATE FUNCTION holdfast.due_tenants()
    RETURNS TABLE (tenant_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
    WITH RECURSIVE first_due AS (
        (SELECT r.tenant_id, r.expires_at
            FROM holdfast.reservations r
            WHERE r.state = 'held'
            ORDER BY r.tenant_id, r.expires_at
            LIMIT 1)
        UNION ALL
        SELECT n.tenant_id, n.expires_at
        FROM first_due f, LATERAL (
            SELECT r.tenant_id, r.expires_at
            FROM holdfast.reservations r
            WHERE r.state = 'held' AND r.tenant_id > f.tenant_id
            ORDER BY r.tenant_id, r.expires_at
            LIMIT 1) n)
    SELECT f.tenant_id FROM first_due f WHERE f.expires_at <= statement_timestamp()
$$;

-- An owner needs the right to create in the schema at the moment of the hand-over, and only then.
GRANT CREATE ON SCHEMA holdfast TO holdfast_sweeper;
ALTER FUNCTION holdfast.due_tenants() OWNER TO holdfast_sweeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_sweeper;
REVOKE ALL ON FUNCTION holdfast.due_tenants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.due_tenants() TO holdfast_app;
