-- Why: who there is, and which key speaks for whom. A key is kept as its SHA-256 only: it is 32 random
-- bytes, so nothing slower is needed to make guessing hopeless.
-- Locks: none that matters, both tables are new.
--
-- The application has no right on either table. It asks tenant_of_key, which gives out nothing but whose a
-- key is; tenants and keys are made by the owner's login. A key is revoked by setting revoked_at, and every
-- node stops taking it within seconds.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_doorkeeper') THEN
        CREATE ROLE holdfast_doorkeeper NOLOGIN;
    END IF;
    EXECUTE format('GRANT holdfast_doorkeeper TO %I', current_user);
END
$$;

GRANT USAGE ON SCHEMA holdfast TO holdfast_doorkeeper;

CREATE TABLE holdfast.tenants (
    tenant_id  bigint GENERATED ALWAYS AS IDENTITY,
    slug       text COLLATE "C" NOT NULL,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT tenants_pk PRIMARY KEY (tenant_id),
    CONSTRAINT tenants_slug UNIQUE (slug),
    CONSTRAINT tenants_slug_form CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')
);

CREATE TABLE holdfast.api_keys (
    tenant_id  bigint NOT NULL,
    key_id     bigint GENERATED ALWAYS AS IDENTITY,
    key_hash   bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz,
    CONSTRAINT api_keys_pk PRIMARY KEY (tenant_id, key_id),
    CONSTRAINT api_keys_tenant FOREIGN KEY (tenant_id) REFERENCES holdfast.tenants,
    CONSTRAINT api_keys_hash UNIQUE (key_hash),
    CONSTRAINT api_keys_hash_length CHECK (length(key_hash) = 32)
);

ALTER TABLE holdfast.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.api_keys FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.tenants
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.api_keys
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

-- The looks across tenants. Their owner may read what they need by policies of its own, and no member
-- of that role by its membership alone.
CREATE POLICY all_tenants ON holdfast.tenants FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY living_keys ON holdfast.api_keys FOR SELECT TO holdfast_doorkeeper
    USING (revoked_at IS NULL AND current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, slug) ON holdfast.tenants TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, key_id, key_hash, revoked_at) ON holdfast.api_keys TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.tenant_of_key(presented_hash bytea)
    RETURNS TABLE (tenant_id bigint, key_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.tenant_id, k.key_id
    FROM holdfast.api_keys k
    WHERE k.key_hash = presented_hash AND k.revoked_at IS NULL
$$;

CREATE FUNCTION holdfast.tenant_of_slug(wanted_slug text)
    RETURNS TABLE (tenant_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.tenant_id FROM holdfast.tenants t WHERE t.slug = wanted_slug
$$;

CREATE FUNCTION holdfast.tenant_ids()
    RETURNS TABLE (tenant_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.tenant_id FROM holdfast.tenants t ORDER BY t.tenant_id
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenant_of_key(bytea) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenant_of_slug(text) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenant_ids() OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.tenant_of_key(bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.tenant_of_slug(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.tenant_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.tenant_of_key(bytea) TO holdfast_app;
