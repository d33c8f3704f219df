-- Why: a level that is found to be other than its ledger says may not be sold from until a person has counted. Every
-- decision reads that with the level's row, so it costs no statement; what was found, and who put it right, is kept.
-- Locks: stock_levels and movements for a moment; their constraints are not checked for rows that are there, none of
-- which is quarantined.

ALTER TABLE holdfast.stock_levels
    ADD COLUMN quarantined_at timestamptz,
    ADD COLUMN quarantine_reason text,
    ADD CONSTRAINT stock_levels_whole_quarantine
        CHECK ((quarantined_at IS NULL) = (quarantine_reason IS NULL)) NOT VALID;

ALTER TABLE holdfast.movements
    DROP CONSTRAINT movements_kind,
    ADD CONSTRAINT movements_kind CHECK (
        kind IN ('reserve', 'change', 'commit', 'commit_expired', 'release', 'expire', 'purchase', 'return',
            'receive', 'adjust', 'count', 'transfer', 'safety_stock', 'correct')) NOT VALID;

-- The numbers are those that the level was found with.
CREATE TABLE holdfast.quarantines (
    tenant_id        bigint NOT NULL,
    on_hand          bigint NOT NULL,
    reserved         bigint NOT NULL,
    safety_stock     bigint NOT NULL,
    version          bigint NOT NULL,
    released_version bigint,
    quarantined_at   timestamptz NOT NULL,
    released_at      timestamptz,
    sku              text COLLATE "C" NOT NULL,
    location         text COLLATE "C" NOT NULL,
    reason           text NOT NULL,
    released_by      text,
    release_reason   text,
    seal             bytea,
    CONSTRAINT quarantines_pk PRIMARY KEY (tenant_id, sku, location, quarantined_at),
    CONSTRAINT quarantines_whole_release CHECK (
        (released_at IS NULL) = (released_version IS NULL)
        AND (released_at IS NULL) = (released_by IS NULL)
        AND (released_at IS NULL) = (release_reason IS NULL))
);

-- A level is quarantined once at a time.
CREATE UNIQUE INDEX quarantines_open ON holdfast.quarantines (tenant_id, sku, location) WHERE released_at IS NULL;

CREATE FUNCTION holdfast.quarantine_seal(
        tenant_id bigint, on_hand bigint, reserved bigint, safety_stock bigint, version bigint,
        released_version bigint, quarantined_at timestamptz, released_at timestamptz, sku text, location text,
        reason text, released_by text, release_reason text)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(tenant_id) || int8send(on_hand) || int8send(reserved) || int8send(safety_stock)
        || int8send(version) || holdfast.seal_text(released_version::text)
        || holdfast.seal_instant(quarantined_at) || holdfast.seal_instant(released_at)
        || holdfast.seal_text(sku) || holdfast.seal_text(location) || holdfast.seal_text(reason)
        || holdfast.seal_text(released_by) || holdfast.seal_text(release_reason))
$$;

-- What was found is kept, also past the day on which it was put right: of a row, its end may be written, once.
CREATE FUNCTION holdfast.refuse_unquarantining() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND old.released_at IS NULL
            AND (new.tenant_id, new.on_hand, new.reserved, new.safety_stock, new.version, new.quarantined_at, new.sku,
                new.location, new.reason)
            = (old.tenant_id, old.on_hand, old.reserved, old.safety_stock, old.version, old.quarantined_at, old.sku,
                old.location, old.reason) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'what a level was quarantined for is kept' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER quarantines_are_kept BEFORE UPDATE OR DELETE ON holdfast.quarantines
    FOR EACH ROW EXECUTE FUNCTION holdfast.refuse_unquarantining();
CREATE TRIGGER quarantines_are_not_emptied BEFORE TRUNCATE ON holdfast.quarantines
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();

ALTER TABLE holdfast.quarantines ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.quarantines FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON holdfast.quarantines
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
GRANT SELECT, INSERT ON holdfast.quarantines TO holdfast_app;
GRANT UPDATE (released_at, released_version, released_by, release_reason, seal) ON holdfast.quarantines
    TO holdfast_app;
