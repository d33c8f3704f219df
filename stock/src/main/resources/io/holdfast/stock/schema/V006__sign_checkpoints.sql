-- Why: whoever can rewrite the whole ledger can rewrite its hash chains, too, and then everything fits again. A
-- checkpoint states what the chains had come to, signed with a key that is not in the database, and can be
-- kept elsewhere; a ledger that was rewritten no longer has what it states.
-- Locks: none that matters, both tables are new.

-- What the signature is about is a text made of the other columns, see SignedText. number counts without a hole
-- within the tenant, and previous_hash is the SHA-256 of the text before.
CREATE TABLE holdfast.checkpoints (
    tenant_id     bigint NOT NULL,
    number        bigint NOT NULL,
    levels        bigint NOT NULL,
    movements     bigint NOT NULL,
    made_at       timestamptz NOT NULL,
    heads_hash    bytea NOT NULL,
    changes_hash  bytea NOT NULL,
    previous_hash bytea NOT NULL,
    public_key    bytea NOT NULL,
    signature     bytea NOT NULL,
    CONSTRAINT checkpoints_pk PRIMARY KEY (tenant_id, number),
    CONSTRAINT checkpoints_number_from_one CHECK (number > 0)
);

-- The head of a chain is its newest movement. A checkpoint adds those that have changed since the one before; all
-- that it states are the newest of each level up to its number.
CREATE TABLE holdfast.checkpoint_heads (
    tenant_id bigint NOT NULL,
    number    bigint NOT NULL,
    position  bigint NOT NULL,
    sku       text COLLATE "C" NOT NULL,
    location  text COLLATE "C" NOT NULL,
    hash      bytea NOT NULL,
    CONSTRAINT checkpoint_heads_pk PRIMARY KEY (tenant_id, sku, location, number)
);

CREATE FUNCTION holdfast.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER checkpoints_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();
CREATE TRIGGER checkpoint_heads_are_immutable
    BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast.checkpoint_heads
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast.refuse_rewriting();

ALTER TABLE holdfast.checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.checkpoints FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.checkpoint_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.checkpoint_heads FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.checkpoints
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.checkpoint_heads
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT ON holdfast.checkpoints, holdfast.checkpoint_heads TO holdfast_app;
