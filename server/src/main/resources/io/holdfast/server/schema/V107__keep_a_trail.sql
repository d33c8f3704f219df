-- Why: who changed what, when, from where, and what it was before; and who was refused for lack of rights. What
-- moves stock has its movements. An entry is written in the transaction of its change and chained afterwards, so that
-- no request waits for a row that others need, too.
-- Locks: none that matters, all tables are new.
--
-- The application adds entries and says neither when they were made nor which they are: the database does.

CREATE TABLE holdfast.trail_entries (
    tenant_id    bigint NOT NULL,
    entry_id     bigint GENERATED ALWAYS AS IDENTITY,
    times        bigint NOT NULL DEFAULT 1,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    outcome      text COLLATE "C" NOT NULL,
    operation    text COLLATE "C" NOT NULL,
    actor        text COLLATE "C" NOT NULL,
    request_id   text COLLATE "C" NOT NULL,
    address      text COLLATE "C" NOT NULL,
    subject_kind text COLLATE "C" NOT NULL,
    subject_name text COLLATE "C" NOT NULL,
    needs        text COLLATE "C",
    state_before json,
    state_after  json,
    CONSTRAINT trail_entries_pk PRIMARY KEY (tenant_id, entry_id),
    CONSTRAINT trail_entries_outcome CHECK (outcome IN ('done', 'forbidden')),
    CONSTRAINT trail_entries_times_from_one CHECK (times > 0),
    CONSTRAINT trail_entries_change_is_told
        CHECK (outcome = 'forbidden' OR state_before IS NOT NULL OR state_after IS NOT NULL)
);

-- A search goes along one of these, newest first.
CREATE INDEX trail_entries_recorded ON holdfast.trail_entries (tenant_id, recorded_at, entry_id);
CREATE INDEX trail_entries_actor ON holdfast.trail_entries (tenant_id, actor, recorded_at, entry_id);
CREATE INDEX trail_entries_subject ON holdfast.trail_entries (tenant_id, subject_name, recorded_at, entry_id);
CREATE INDEX trail_entries_request ON holdfast.trail_entries (tenant_id, request_id);

-- The chain: hash = SHA-256 over the hash before and over the seal's and the entry's other columns, see SealHash.
-- sequence counts without a hole within the tenant.
CREATE TABLE holdfast.trail_seals (
    tenant_id bigint NOT NULL,
    sequence  bigint NOT NULL,
    entry_id  bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    hash      bytea NOT NULL,
    CONSTRAINT trail_seals_pk PRIMARY KEY (tenant_id, sequence),
    CONSTRAINT trail_seals_entry FOREIGN KEY (tenant_id, entry_id) REFERENCES holdfast.trail_entries,
    CONSTRAINT trail_seals_once UNIQUE (tenant_id, entry_id),
    CONSTRAINT trail_seals_sequence_from_one CHECK (sequence > 0),
    CONSTRAINT trail_seals_hash_length CHECK (length(hash) = 32)
);

-- The newest seal of each tenant. Whoever has locked the row is the one who seals.
CREATE TABLE holdfast.trail_heads (
    tenant_id bigint NOT NULL,
    sequence  bigint NOT NULL DEFAULT 0,
    hash      bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    CONSTRAINT trail_heads_pk PRIMARY KEY (tenant_id)
);

-- The entries that wait for their seal. Entries commit in another order than that of their ids; a row here is seen
-- as soon as its entry has committed, however late, and goes in the transaction of the seal.
CREATE TABLE holdfast.trail_unsealed (
    tenant_id bigint NOT NULL,
    entry_id  bigint NOT NULL,
    CONSTRAINT trail_unsealed_pk PRIMARY KEY (tenant_id, entry_id)
);

CREATE FUNCTION holdfast.await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO holdfast.trail_unsealed (tenant_id, entry_id) SELECT n.tenant_id, n.entry_id FROM new_entries n;
    RETURN NULL;
END
$$;

CREATE TRIGGER trail_entries_await_their_seal
    AFTER INSERT ON holdfast.trail_entries REFERENCING NEW TABLE AS new_entries
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.await_seal();
CREATE TRIGGER trail_entries_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.trail_entries
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();
CREATE TRIGGER trail_seals_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.trail_seals
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();

ALTER TABLE holdfast.trail_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_entries FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_seals FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_heads FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_unsealed ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.trail_unsealed FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.trail_entries
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.trail_seals
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.trail_heads
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.trail_unsealed
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT,
    INSERT (tenant_id, times, outcome, operation, actor, request_id, address, subject_kind, subject_name, needs,
        state_before, state_after)
    ON holdfast.trail_entries TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.trail_seals TO holdfast_app;
GRANT SELECT, INSERT (tenant_id), UPDATE (sequence, hash) ON holdfast.trail_heads TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.trail_unsealed TO holdfast_app;

-- The look across tenants: who has anything to be sealed, and since when.
CREATE POLICY all_tenants ON holdfast.trail_unsealed FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_tenants ON holdfast.trail_entries FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, entry_id) ON holdfast.trail_unsealed TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, entry_id, recorded_at) ON holdfast.trail_entries TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.tenants_to_seal()
    RETURNS TABLE (tenant_id bigint, oldest_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT u.tenant_id, min(e.recorded_at)
    FROM holdfast.trail_unsealed u
    LEFT JOIN holdfast.trail_entries e USING (tenant_id, entry_id)
    GROUP BY u.tenant_id
    ORDER BY u.tenant_id
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenants_to_seal() OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.tenants_to_seal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.tenants_to_seal() TO holdfast_app;
