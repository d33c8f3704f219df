-- Why: a key may do what its role may, and no longer than it was given for. The keys that there are have done
-- everything so far, so they are owners'.
-- Locks: api_keys for a moment; the role of the rows that are there is kept in the catalogue, none is written.
--
-- A role has no default: who makes a key says what it may do.
--
-- Nodes of a version before ask tenant_of_key and let a key do everything. It goes on answering them, for the
-- keys that may do everything.

ALTER TABLE holdfast.api_keys
    ADD COLUMN role       text COLLATE "C" NOT NULL DEFAULT 'owner',
    ADD COLUMN name       text,
    ADD COLUMN expires_at timestamptz,
    ADD CONSTRAINT api_keys_role CHECK (role IN ('owner', 'manager', 'staff', 'customer', 'auditor')),
    ADD CONSTRAINT api_keys_name_length CHECK (length(name) BETWEEN 1 AND 200);
ALTER TABLE holdfast.api_keys ALTER COLUMN role DROP DEFAULT;

ALTER POLICY living_keys ON holdfast.api_keys
    USING (revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > statement_timestamp())
        AND current_user = 'holdfast_doorkeeper');
GRANT SELECT (role, expires_at) ON holdfast.api_keys TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.caller_of_key(presented_hash bytea)
    RETURNS TABLE (tenant_id bigint, key_id bigint, role text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.tenant_id, k.key_id, k.role
    FROM holdfast.api_keys k
    WHERE k.key_hash = presented_hash
        AND k.revoked_at IS NULL
        AND (k.expires_at IS NULL OR k.expires_at > statement_timestamp())
$$;

CREATE OR REPLACE FUNCTION holdfast.tenant_of_key(presented_hash bytea)
    RETURNS TABLE (tenant_id bigint, key_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.tenant_id, c.key_id FROM holdfast.caller_of_key(presented_hash) c WHERE c.role = 'owner'
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.caller_of_key(bytea) OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.caller_of_key(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.caller_of_key(bytea) TO holdfast_app;
