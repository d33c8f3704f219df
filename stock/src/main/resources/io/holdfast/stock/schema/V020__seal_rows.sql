-- Why: a change by hand of what no movement tells (for whom a reservation is, what a key was answered, whether an
-- item is tracked) is to be found like any other. So each of these rows carries a seal: the first 128 bits of
-- the SHA-256 of its columns. A row whose seal does not fit was changed by somebody who did not seal it.
-- Locks: every table of the engine but stock_levels and movements, until each row that is there is sealed. It is
-- written anew, so plan a pause for a large database: about a minute for a million reservations.
--
-- A column of seals may be NULL, so that a row can be inserted by hand; verify tells of a row that has none.

ALTER TABLE holdfast.items ADD COLUMN seal bytea;
ALTER TABLE holdfast.locations ADD COLUMN seal bytea;
ALTER TABLE holdfast.reservations ADD COLUMN seal bytea;
ALTER TABLE holdfast.idempotency_keys ADD COLUMN seal bytea;
ALTER TABLE holdfast.stock_policies ADD COLUMN seal bytea;
ALTER TABLE holdfast.purchase_limits ADD COLUMN seal bytea;
ALTER TABLE holdfast.customer_tallies ADD COLUMN seal bytea;

GRANT UPDATE (seal) ON holdfast.locations TO holdfast_app;

-- The form that a value has in a seal. Numbers, instants (microseconds since 2000) and ids are as PostgreSQL
-- sends them; what may be NULL has a byte before it that says whether it is there; a text has its length before
-- it, in bytes, and -1 for none. An array is a text of its elements with the sign 31 between them, and the sign
-- 30 for NULL; no name contains either. The engine's twin of these is the class Seals.
CREATE FUNCTION holdfast.seal_text(value text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8'), int4send(-1))
$$;

CREATE FUNCTION holdfast.seal_bytes(value bytea) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(int4send(octet_length(value)) || value, int4send(-1))
$$;

CREATE FUNCTION holdfast.seal_instant(value timestamptz) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce('\x01'::bytea || timestamptz_send(value), '\x00'::bytea)
$$;

CREATE FUNCTION holdfast.seal_id(value uuid) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce('\x01'::bytea || uuid_send(value), '\x00'::bytea)
$$;

CREATE FUNCTION holdfast.seal_of(content bytea) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT substr(sha256(content), 1, 16)
$$;

CREATE FUNCTION holdfast.item_seal(tenant_id bigint, sku text, tracked boolean, created_at timestamptz)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(tenant_id) || holdfast.seal_text(sku) || boolsend(tracked) || holdfast.seal_instant(created_at))
$$;

CREATE FUNCTION holdfast.location_seal(l holdfast.locations)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(l.tenant_id) || holdfast.seal_text(l.location) || int4send(l.priority) || int8send(l.version))
$$;

CREATE FUNCTION holdfast.policy_seal(p holdfast.stock_policies)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(p.tenant_id) || holdfast.seal_text(p.expired_commit)
        || holdfast.seal_text(p.held_reservations_max::text) || boolsend(p.counts_customers)
        || int8send(p.version))
$$;

CREATE FUNCTION holdfast.limit_seal(l holdfast.purchase_limits)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(l.tenant_id) || holdfast.seal_text(l.sku) || int8send(l.max_quantity)
        || int8send(l.window_seconds) || int8send(l.version))
$$;

CREATE FUNCTION holdfast.tally_seal(
        tenant_id bigint, version bigint, customer text, held uuid[], claimed_by uuid[], claimed_skus text[],
        claimed_units bigint[], claimed_micros bigint[])
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(tenant_id) || int8send(version) || holdfast.seal_text(customer)
        || holdfast.seal_text(array_to_string(held, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(claimed_by, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(claimed_skus, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(claimed_units, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(claimed_micros, chr(31), chr(30))))
$$;

CREATE FUNCTION holdfast.reservation_seal(
        tenant_id bigint, reservation_id uuid, version bigint, request_key uuid, request_fingerprint uuid,
        created_at timestamptz, expires_at timestamptz, ended_at timestamptz, changed_at timestamptz,
        state text, actor text, customer text,
        skus text[], locations text[], quantities bigint[], returned bigint[], answer bytea)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(tenant_id) || holdfast.seal_id(reservation_id) || int8send(version)
        || holdfast.seal_id(request_key) || holdfast.seal_id(request_fingerprint)
        || holdfast.seal_instant(created_at) || holdfast.seal_instant(expires_at)
        || holdfast.seal_instant(ended_at) || holdfast.seal_instant(changed_at)
        || holdfast.seal_text(state) || holdfast.seal_text(actor) || holdfast.seal_text(customer)
        || holdfast.seal_text(array_to_string(skus, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(locations, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(quantities, chr(31), chr(30)))
        || holdfast.seal_text(array_to_string(returned, chr(31), chr(30)))
        || holdfast.seal_bytes(answer))
$$;

CREATE FUNCTION holdfast.answer_seal(
        tenant_id bigint, request_key uuid, request_fingerprint uuid, answered_at timestamptz, answer bytea)
    RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT holdfast.seal_of(
        int8send(tenant_id) || holdfast.seal_id(request_key) || holdfast.seal_id(request_fingerprint)
        || holdfast.seal_instant(answered_at) || holdfast.seal_bytes(answer))
$$;

-- The owner is bound by row-level security, too, and names no tenant here.
ALTER TABLE holdfast.items NO FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.locations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.reservations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.idempotency_keys NO FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.stock_policies NO FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.purchase_limits NO FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.customer_tallies NO FORCE ROW LEVEL SECURITY;

UPDATE holdfast.items SET seal = holdfast.item_seal(tenant_id, sku, tracked, created_at);
UPDATE holdfast.locations l SET seal = holdfast.location_seal(l);
UPDATE holdfast.stock_policies p SET seal = holdfast.policy_seal(p);
UPDATE holdfast.purchase_limits l SET seal = holdfast.limit_seal(l);
UPDATE holdfast.customer_tallies SET seal = holdfast.tally_seal(
    tenant_id, version, customer, held, claimed_by, claimed_skus, claimed_units, claimed_micros);
UPDATE holdfast.reservations SET seal = holdfast.reservation_seal(
    tenant_id, reservation_id, version, request_key, request_fingerprint, created_at, expires_at, ended_at,
    changed_at, state, actor, customer, skus, locations, quantities, returned, answer);
UPDATE holdfast.idempotency_keys
    SET seal = holdfast.answer_seal(tenant_id, request_key, request_fingerprint, answered_at, answer);

ALTER TABLE holdfast.items FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.locations FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.reservations FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.idempotency_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.stock_policies FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.purchase_limits FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.customer_tallies FORCE ROW LEVEL SECURITY;
