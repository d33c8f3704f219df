-- Why: how many requests a key, a user or an address has left, over all nodes. A node leases some ahead in
-- the background, for many buckets at once; no request waits for any of this.
-- Locks: none that matters, the table is new.
--
-- Tokens are counted in millionths: microseconds times tokens per second are just that. Buckets of addresses
-- are of no tenant, and stand under tenant 0, which there is not. What a bucket is of is kept as a digest.
--
-- The table is not logged: it is written at every lease and worth nothing after a crash, when every bucket is
-- full again. The application has no right on it but two functions, which look across tenants: a lease is
-- taken for whoever has asked since the last one. Rows are locked in the order of their key.

CREATE UNLOGGED TABLE holdfast.rate_buckets (
    tenant_id    bigint NOT NULL,
    bucket_id    uuid NOT NULL,
    micro_tokens bigint NOT NULL,
    refilled_at  timestamptz NOT NULL,
    CONSTRAINT rate_buckets_pk PRIMARY KEY (tenant_id, bucket_id)
) WITH (fillfactor = 50);

ALTER TABLE holdfast.rate_buckets ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.rate_buckets FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.rate_buckets
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY all_buckets ON holdfast.rate_buckets TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper') WITH CHECK (current_user = 'holdfast_doorkeeper');
GRANT SELECT, INSERT, UPDATE, DELETE ON holdfast.rate_buckets TO holdfast_doorkeeper;

-- Per bucket: what was taken before it was leased is charged, below zero if need be, and what is given back
-- (a negative charge) is added; then as many whole tokens are granted as there are, up to what is wanted.
CREATE FUNCTION holdfast.lease_tokens(
    asked_tenants bigint[], asked_buckets uuid[], rates bigint[], bursts bigint[], charges bigint[],
    wishes bigint[])
    RETURNS TABLE (place bigint, granted bigint, left_micro_tokens bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO holdfast.rate_buckets AS b (tenant_id, bucket_id, micro_tokens, refilled_at)
    SELECT a.tenant_id, a.bucket_id, a.burst * 1000000, statement_timestamp()
    FROM unnest(asked_tenants, asked_buckets, bursts) AS a (tenant_id, bucket_id, burst)
    ORDER BY a.tenant_id, a.bucket_id
    ON CONFLICT ON CONSTRAINT rate_buckets_pk DO UPDATE SET micro_tokens = b.micro_tokens;

    RETURN QUERY
    UPDATE holdfast.rate_buckets b
    SET micro_tokens = l.settled - l.granted * 1000000,
        refilled_at = greatest(b.refilled_at, statement_timestamp())
    FROM (
        SELECT s.*, greatest(0, least(s.wish, s.settled / 1000000)) AS granted
        FROM (
            SELECT a.*, least(a.burst * 1000000,
                least(a.burst * 1000000, r.micro_tokens + a.rate * greatest(0, least(86400000000,
                    (extract(epoch FROM statement_timestamp() - r.refilled_at) * 1000000)::bigint)))
                - a.charge * 1000000) AS settled
            FROM unnest(asked_tenants, asked_buckets, rates, bursts, charges, wishes) WITH ORDINALITY
                AS a (tenant_id, bucket_id, rate, burst, charge, wish, place)
            JOIN holdfast.rate_buckets r
                ON r.tenant_id = a.tenant_id AND r.bucket_id = a.bucket_id) s) l
    WHERE b.tenant_id = l.tenant_id AND b.bucket_id = l.bucket_id
    RETURNING l.place, l.granted, b.micro_tokens;
END
$$;

-- A bucket that nobody has asked for is full after at most an hour, and a full one needs no row.
CREATE FUNCTION holdfast.forget_buckets(max_rows integer)
    RETURNS TABLE (forgotten bigint)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.rate_buckets b
        WHERE (b.tenant_id, b.bucket_id) IN (
            SELECT o.tenant_id, o.bucket_id FROM holdfast.rate_buckets o
            WHERE o.refilled_at < statement_timestamp() - interval '2 hours'
            ORDER BY o.tenant_id, o.bucket_id
            LIMIT max_rows FOR UPDATE SKIP LOCKED)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.lease_tokens(bigint[], uuid[], bigint[], bigint[], bigint[], bigint[])
    OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_buckets(integer) OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.lease_tokens(bigint[], uuid[], bigint[], bigint[], bigint[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_buckets(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.lease_tokens(bigint[], uuid[], bigint[], bigint[], bigint[], bigint[])
    TO holdfast_app;
GRANT EXECUTE ON FUNCTION holdfast.forget_buckets(integer) TO holdfast_app;
