-- Why: events go to a broker of the operator's, too, all of a tenant's in their order.
-- Locks: none; all tables are new.

-- A sink is fed by one node at a time, the one that has the lease. It is the installation's, no tenant's.
CREATE TABLE holdfast.event_sinks (
    sink         text NOT NULL,
    lease        uuid,
    leased_until timestamptz,
    CONSTRAINT event_sinks_pk PRIMARY KEY (sink),
    CONSTRAINT event_sinks_lease CHECK ((lease IS NULL) = (leased_until IS NULL))
);

-- The position up to which the sink has a tenant's events, and how many the feed had forgotten before.
CREATE TABLE holdfast.event_sink_positions (
    tenant_id bigint NOT NULL,
    sink      text NOT NULL,
    position  bigint NOT NULL,
    missed    bigint NOT NULL DEFAULT 0,
    CONSTRAINT event_sink_positions_pk PRIMARY KEY (tenant_id, sink),
    CONSTRAINT event_sink_positions_tenant FOREIGN KEY (tenant_id) REFERENCES holdfast.tenants,
    CONSTRAINT event_sink_positions_position CHECK (position >= 0),
    CONSTRAINT event_sink_positions_missed CHECK (missed >= 0)
);

ALTER TABLE holdfast.event_sink_positions ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.event_sink_positions FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.event_sink_positions
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, UPDATE (position, missed) ON holdfast.event_sink_positions TO holdfast_app;

-- The look across tenants: whose events the sink has not all of, and how far they are.
CREATE POLICY all_tenants ON holdfast.event_sink_positions FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT ON holdfast.event_sink_positions TO holdfast_doorkeeper;
GRANT SELECT, INSERT, UPDATE (lease, leased_until) ON holdfast.event_sinks TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.tenants_behind(of_sink text)
    RETURNS TABLE (tenant_id bigint, behind bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT h.tenant_id, h.last_position - coalesce(p.position, 0)
    FROM holdfast.event_heads h
    LEFT JOIN holdfast.event_sink_positions p ON p.tenant_id = h.tenant_id AND p.sink = of_sink
    WHERE coalesce(p.position, 0) < h.last_position
    ORDER BY random()
$$;

-- Takes the lease, or goes on with it; false: somebody else has it.
CREATE FUNCTION holdfast.lead_sink(led text, by_lease uuid, for_seconds integer)
    RETURNS boolean
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH taken AS (
        INSERT INTO holdfast.event_sinks AS s (sink, lease, leased_until)
        VALUES (led, by_lease, clock_timestamp() + make_interval(secs => for_seconds))
        ON CONFLICT (sink) DO UPDATE
        SET lease = excluded.lease, leased_until = excluded.leased_until
        WHERE s.lease IS NULL OR s.lease = excluded.lease OR s.leased_until < clock_timestamp()
        RETURNING 1)
    SELECT EXISTS (SELECT FROM taken)
$$;

CREATE FUNCTION holdfast.leave_sink(led text, by_lease uuid)
    RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE holdfast.event_sinks SET lease = NULL, leased_until = NULL WHERE sink = led AND lease = by_lease
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.lead_sink(text, uuid, integer) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.leave_sink(text, uuid) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.tenants_behind(text) OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.tenants_behind(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.lead_sink(text, uuid, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.leave_sink(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.lead_sink(text, uuid, integer) TO holdfast_app;
GRANT EXECUTE ON FUNCTION holdfast.leave_sink(text, uuid) TO holdfast_app;
GRANT EXECUTE ON FUNCTION holdfast.tenants_behind(text) TO holdfast_app;
