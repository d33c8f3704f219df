-- Why: people have accounts with roles in their tenant, log in, and are let in until their session ends; a tenant
-- can be suspended and closed; a tenant can make roles of its own; a key can have less than its role, and two
-- secrets while it is rotated.
-- Locks: tenants and api_keys for a moment; no row of theirs is written.
--
-- A user belongs to one tenant, like everything (ADR 32). No secret is kept: passwords as Argon2id, tokens as the
-- SHA-256 of random bytes. What signs access tokens is in no table: a node keeps its private key in memory and
-- tells the others the public one (ADR 33).

ALTER TABLE holdfast.tenants
    ADD COLUMN status text COLLATE "C" NOT NULL DEFAULT 'active',
    ADD CONSTRAINT tenants_status CHECK (status IN ('active', 'suspended', 'closed'));
GRANT SELECT (status) ON holdfast.tenants TO holdfast_doorkeeper;

-- A name is the account's from the first insert on, before the slow hash of its password is made. An account
-- whose password never came loses its name at claimed_until.
CREATE TABLE holdfast.users (
    tenant_id     bigint NOT NULL,
    user_id       bigint GENERATED ALWAYS AS IDENTITY,
    username      text NOT NULL,
    username_key  text COLLATE "C" NOT NULL,
    email         text NOT NULL,
    name          text NOT NULL,
    claim         uuid,
    claimed_until timestamptz,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    disabled_at   timestamptz,
    version       bigint NOT NULL DEFAULT 1,
    CONSTRAINT users_pk PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT users_tenant FOREIGN KEY (tenant_id) REFERENCES holdfast.tenants,
    CONSTRAINT users_username UNIQUE (tenant_id, username_key),
    CONSTRAINT users_username_length CHECK (length(username) BETWEEN 1 AND 64),
    CONSTRAINT users_email_length CHECK (length(email) BETWEEN 3 AND 254),
    CONSTRAINT users_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT users_claim CHECK ((claim IS NULL) = (claimed_until IS NULL))
);

CREATE TABLE holdfast.user_passwords (
    tenant_id     bigint NOT NULL,
    user_id       bigint NOT NULL,
    password_hash text NOT NULL,
    changed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT user_passwords_pk PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT user_passwords_user FOREIGN KEY (tenant_id, user_id) REFERENCES holdfast.users
);

-- A tenant's own roles. Those that every tenant has are in the program.
CREATE TABLE holdfast.custom_roles (
    tenant_id   bigint NOT NULL,
    role        text COLLATE "C" NOT NULL,
    permissions text[] NOT NULL,
    version     bigint NOT NULL DEFAULT 1,
    CONSTRAINT custom_roles_pk PRIMARY KEY (tenant_id, role),
    CONSTRAINT custom_roles_tenant FOREIGN KEY (tenant_id) REFERENCES holdfast.tenants,
    CONSTRAINT custom_roles_form CHECK (role ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT custom_roles_own CHECK (role NOT IN ('owner', 'manager', 'staff', 'customer', 'auditor'))
);

CREATE TABLE holdfast.memberships (
    tenant_id bigint NOT NULL,
    user_id   bigint NOT NULL,
    role      text COLLATE "C" NOT NULL,
    CONSTRAINT memberships_pk PRIMARY KEY (tenant_id, user_id, role),
    CONSTRAINT memberships_user FOREIGN KEY (tenant_id, user_id) REFERENCES holdfast.users
);
CREATE INDEX memberships_role ON holdfast.memberships (tenant_id, role);

CREATE TABLE holdfast.sessions (
    tenant_id  bigint NOT NULL,
    session_id uuid NOT NULL,
    user_id    bigint NOT NULL,
    address    text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    CONSTRAINT sessions_pk PRIMARY KEY (tenant_id, session_id),
    CONSTRAINT sessions_user FOREIGN KEY (tenant_id, user_id) REFERENCES holdfast.users
);
CREATE INDEX sessions_of_user ON holdfast.sessions (tenant_id, user_id);

-- Each is used once. One that comes a second time was stolen, before or after: its session ends.
CREATE TABLE holdfast.refresh_tokens (
    tenant_id  bigint NOT NULL,
    token_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT refresh_tokens_pk PRIMARY KEY (tenant_id, token_hash),
    CONSTRAINT refresh_tokens_session FOREIGN KEY (tenant_id, session_id) REFERENCES holdfast.sessions,
    CONSTRAINT refresh_tokens_hash_length CHECK (length(token_hash) = 32)
);
CREATE INDEX refresh_tokens_of_session ON holdfast.refresh_tokens (tenant_id, session_id);

-- What lets somebody set a password without knowing one: of a user who forgot it, or of the first owner.
CREATE TABLE holdfast.invitations (
    tenant_id  bigint NOT NULL,
    token_hash bytea NOT NULL,
    user_id    bigint,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT invitations_pk PRIMARY KEY (tenant_id, token_hash),
    CONSTRAINT invitations_tenant FOREIGN KEY (tenant_id) REFERENCES holdfast.tenants,
    CONSTRAINT invitations_user FOREIGN KEY (tenant_id, user_id) REFERENCES holdfast.users,
    CONSTRAINT invitations_hash_length CHECK (length(token_hash) = 32)
);
CREATE INDEX invitations_of_user ON holdfast.invitations (tenant_id, user_id);

-- Counts attempts before they are made, so that a thousand at once are counted like one after the other.
CREATE TABLE holdfast.login_attempts (
    tenant_id      bigint NOT NULL,
    subject        uuid NOT NULL,
    window_ends_at timestamptz NOT NULL,
    attempts       integer NOT NULL,
    CONSTRAINT login_attempts_pk PRIMARY KEY (tenant_id, subject)
);
CREATE INDEX login_attempts_over ON holdfast.login_attempts (tenant_id, window_ends_at);

-- Of no tenant: what a node has signed, every node believes.
CREATE TABLE holdfast.signing_keys (
    key_id     uuid NOT NULL,
    public_key bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT signing_keys_pk PRIMARY KEY (key_id)
);

ALTER TABLE holdfast.api_keys
    ADD COLUMN scopes         text[],
    ADD COLUMN previous_hash  bytea,
    ADD COLUMN previous_until timestamptz,
    ADD COLUMN last_used_at   timestamptz,
    ADD COLUMN version        bigint NOT NULL DEFAULT 1,
    DROP CONSTRAINT api_keys_role,
    ADD CONSTRAINT api_keys_role_form CHECK (role ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
    ADD CONSTRAINT api_keys_previous_hash UNIQUE (previous_hash),
    ADD CONSTRAINT api_keys_previous_hash_length CHECK (length(previous_hash) = 32),
    ADD CONSTRAINT api_keys_previous CHECK ((previous_hash IS NULL) = (previous_until IS NULL));

DO $$
DECLARE
    the_table text;
BEGIN
    FOREACH the_table IN ARRAY ARRAY['users', 'user_passwords', 'custom_roles', 'memberships', 'sessions',
        'refresh_tokens', 'invitations', 'login_attempts', 'signing_keys']
    LOOP
        EXECUTE format('ALTER TABLE holdfast.%I ENABLE ROW LEVEL SECURITY', the_table);
        EXECUTE format('ALTER TABLE holdfast.%I FORCE ROW LEVEL SECURITY', the_table);
    END LOOP;
    FOREACH the_table IN ARRAY ARRAY['users', 'user_passwords', 'custom_roles', 'memberships', 'sessions',
        'refresh_tokens', 'invitations', 'login_attempts']
    LOOP
        EXECUTE format('CREATE POLICY tenant_rows ON holdfast.%I '
            'USING (tenant_id = (SELECT nullif(current_setting(''holdfast.tenant_id'', true), '''')::bigint))',
            the_table);
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON holdfast.users TO holdfast_app;
GRANT UPDATE (username, email, name, claim, claimed_until, disabled_at, version) ON holdfast.users TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.user_passwords TO holdfast_app;
GRANT UPDATE (password_hash, changed_at) ON holdfast.user_passwords TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.custom_roles TO holdfast_app;
GRANT UPDATE (permissions, version) ON holdfast.custom_roles TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.memberships TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.sessions TO holdfast_app;
GRANT UPDATE (ended_at) ON holdfast.sessions TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.refresh_tokens TO holdfast_app;
GRANT UPDATE (used_at) ON holdfast.refresh_tokens TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.invitations TO holdfast_app;
GRANT UPDATE (used_at) ON holdfast.invitations TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON holdfast.login_attempts TO holdfast_app;
GRANT UPDATE (window_ends_at, attempts) ON holdfast.login_attempts TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.api_keys TO holdfast_app;
GRANT UPDATE (key_hash, previous_hash, previous_until, name, revoked_at, last_used_at, version)
    ON holdfast.api_keys TO holdfast_app;

-- The looks across tenants, and at what is of none.
CREATE POLICY living_users ON holdfast.users FOR SELECT TO holdfast_doorkeeper
    USING (disabled_at IS NULL AND current_user = 'holdfast_doorkeeper');
CREATE POLICY living_sessions ON holdfast.sessions FOR SELECT TO holdfast_doorkeeper
    USING (ended_at IS NULL AND expires_at > statement_timestamp() AND current_user = 'holdfast_doorkeeper');
CREATE POLICY all_memberships ON holdfast.memberships FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_roles ON holdfast.custom_roles FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_signing_keys ON holdfast.signing_keys TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, user_id, disabled_at) ON holdfast.users TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, session_id, user_id, expires_at, ended_at) ON holdfast.sessions TO holdfast_doorkeeper;
GRANT SELECT ON holdfast.memberships TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, role, permissions) ON holdfast.custom_roles TO holdfast_doorkeeper;
GRANT SELECT (scopes, previous_hash, previous_until) ON holdfast.api_keys TO holdfast_doorkeeper;
GRANT SELECT, INSERT, DELETE ON holdfast.signing_keys TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.holder_of_key(presented_hash bytea)
    RETURNS TABLE (tenant_id bigint, tenant_status text, key_id bigint, role text, role_permissions text[],
        scopes text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.tenant_id, t.status, k.key_id, k.role, r.permissions, k.scopes
    FROM holdfast.api_keys k
    JOIN holdfast.tenants t ON t.tenant_id = k.tenant_id
    LEFT JOIN holdfast.custom_roles r ON r.tenant_id = k.tenant_id AND r.role = k.role
    WHERE (k.key_hash = presented_hash
            OR (k.previous_hash = presented_hash AND k.previous_until > statement_timestamp()))
        AND k.revoked_at IS NULL
        AND (k.expires_at IS NULL OR k.expires_at > statement_timestamp())
        AND t.status <> 'closed'
$$;

CREATE FUNCTION holdfast.holder_of_session(wanted_tenant bigint, wanted_session uuid)
    RETURNS TABLE (tenant_status text, user_id bigint, roles text[], role_permissions text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.status, u.user_id,
        (SELECT coalesce(array_agg(m.role), '{}') FROM holdfast.memberships m
            WHERE m.tenant_id = wanted_tenant AND m.user_id = u.user_id),
        (SELECT coalesce(array_agg(DISTINCT p), '{}')
            FROM holdfast.memberships m
            JOIN holdfast.custom_roles r ON r.tenant_id = m.tenant_id AND r.role = m.role
            CROSS JOIN unnest(r.permissions) p
            WHERE m.tenant_id = wanted_tenant AND m.user_id = u.user_id)
    FROM holdfast.sessions s
    JOIN holdfast.users u ON u.tenant_id = s.tenant_id AND u.user_id = s.user_id
    JOIN holdfast.tenants t ON t.tenant_id = s.tenant_id
    WHERE s.tenant_id = wanted_tenant AND s.session_id = wanted_session
        AND s.ended_at IS NULL AND s.expires_at > statement_timestamp()
        AND u.disabled_at IS NULL
        AND t.status <> 'closed'
$$;

-- Where somebody without a credential wants to go.
CREATE FUNCTION holdfast.tenant_at_the_door(wanted_slug text)
    RETURNS TABLE (tenant_id bigint, status text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.tenant_id, t.status FROM holdfast.tenants t WHERE t.slug = wanted_slug AND t.status <> 'closed'
$$;

CREATE FUNCTION holdfast.tell_signing_key(new_key_id uuid, new_public_key bytea, lives_seconds integer)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM holdfast.signing_keys WHERE expires_at < clock_timestamp();
    INSERT INTO holdfast.signing_keys (key_id, public_key, expires_at)
    VALUES (new_key_id, new_public_key, clock_timestamp() + make_interval(secs => lives_seconds));
$$;

CREATE FUNCTION holdfast.signing_key(wanted_key_id uuid)
    RETURNS TABLE (public_key bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.public_key FROM holdfast.signing_keys k
    WHERE k.key_id = wanted_key_id AND k.expires_at > statement_timestamp()
$$;

-- Nodes of a version before know neither roles of a tenant's own, nor scopes, nor that a tenant can be suspended.
CREATE OR REPLACE FUNCTION holdfast.caller_of_key(presented_hash bytea)
    RETURNS TABLE (tenant_id bigint, key_id bigint, role text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT h.tenant_id, h.key_id, h.role FROM holdfast.holder_of_key(presented_hash) h
    WHERE h.tenant_status = 'active' AND h.scopes IS NULL
        AND h.role IN ('owner', 'manager', 'staff', 'customer', 'auditor')
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
DO $$
DECLARE
    the_function text;
BEGIN
    FOREACH the_function IN ARRAY ARRAY['holder_of_key(bytea)', 'holder_of_session(bigint, uuid)',
        'tenant_at_the_door(text)', 'tell_signing_key(uuid, bytea, integer)', 'signing_key(uuid)']
    LOOP
        EXECUTE 'ALTER FUNCTION holdfast.' || the_function || ' OWNER TO holdfast_doorkeeper';
        EXECUTE 'REVOKE ALL ON FUNCTION holdfast.' || the_function || ' FROM PUBLIC';
        EXECUTE 'GRANT EXECUTE ON FUNCTION holdfast.' || the_function || ' TO holdfast_app';
    END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
