-- Why: the auditor goes round all tenants in small steps, with several nodes and over restarts. Here is who audits
-- whom, how far each chain was found whole, and what was found.
-- Locks: locations and quarantines for a moment; the tables are new.

-- One row per tenant: who audits it now, until when nobody else does, and when a round was completed last.
CREATE TABLE holdfast.audits (
    tenant_id         bigint NOT NULL,
    levels            bigint NOT NULL DEFAULT 0,
    held_until        timestamptz NOT NULL,
    completed_at      timestamptz,
    full_completed_at timestamptz,
    holder            uuid NOT NULL,
    CONSTRAINT audits_pk PRIMARY KEY (tenant_id)
);

-- How far the chain of a level was walked, and what it had come to there. The next round goes on from here.
CREATE TABLE holdfast.audit_marks (
    tenant_id    bigint NOT NULL,
    position     bigint NOT NULL,
    on_hand      bigint NOT NULL,
    reserved     bigint NOT NULL,
    safety_stock bigint NOT NULL,
    sku          text COLLATE "C" NOT NULL,
    location     text COLLATE "C" NOT NULL,
    hash         bytea NOT NULL,
    CONSTRAINT audit_marks_pk PRIMARY KEY (tenant_id, sku, location)
) WITH (fillfactor = 50);

-- What is not as it was claimed to be, and no correcting movement can help: it stays until it is found no longer, or a
-- person says that it is known.
CREATE TABLE holdfast.findings (
    tenant_id       bigint NOT NULL,
    finding_id      bigint GENERATED ALWAYS AS IDENTITY,
    first_seen_at   timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    gone_at         timestamptz,
    acknowledged_at timestamptz,
    check_name      text COLLATE "C" NOT NULL,
    row_name        text COLLATE "C" NOT NULL,
    expected        text NOT NULL,
    found           text NOT NULL,
    acknowledged_by text,
    acknowledgement text,
    CONSTRAINT findings_pk PRIMARY KEY (tenant_id, finding_id),
    CONSTRAINT findings_row UNIQUE (tenant_id, check_name, row_name),
    CONSTRAINT findings_whole_acknowledgement CHECK (
        (acknowledged_at IS NULL) = (acknowledged_by IS NULL)
        AND (acknowledged_at IS NULL) = (acknowledgement IS NULL))
);

ALTER TABLE holdfast.audits ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.audits FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.audit_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.audit_marks FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.findings FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.audits
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.audit_marks
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.findings
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, UPDATE ON holdfast.audits, holdfast.audit_marks TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.findings TO holdfast_app;
GRANT UPDATE (first_seen_at, last_seen_at, gone_at, acknowledged_at, expected, found, acknowledged_by,
    acknowledgement) ON holdfast.findings TO holdfast_app;

-- The looks across tenants: who there is to be audited, and what all audits have come to. Their owner may
-- read what they need by policies of its own, and no member of that role by its membership alone.
CREATE POLICY audited_tenants ON holdfast.locations FOR SELECT TO holdfast_sweeper
    USING (current_user = 'holdfast_sweeper');
CREATE POLICY audit_standing ON holdfast.audits FOR SELECT TO holdfast_sweeper
    USING (current_user = 'holdfast_sweeper');
CREATE POLICY audit_standing ON holdfast.findings FOR SELECT TO holdfast_sweeper
    USING (current_user = 'holdfast_sweeper');
CREATE POLICY audit_standing ON holdfast.quarantines FOR SELECT TO holdfast_sweeper
    USING (released_at IS NULL AND current_user = 'holdfast_sweeper');
GRANT SELECT (tenant_id) ON holdfast.locations TO holdfast_sweeper;
GRANT SELECT (tenant_id, levels, completed_at) ON holdfast.audits TO holdfast_sweeper;
GRANT SELECT (gone_at, acknowledged_at) ON holdfast.findings TO holdfast_sweeper;
GRANT SELECT (released_at) ON holdfast.quarantines TO holdfast_sweeper;

-- A tenant has at least one location. Goes from tenant to tenant and reads one row of each.
CREATE FUNCTION holdfast.audited_tenants()
    RETURNS TABLE (tenant_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
    WITH RECURSIVE tenants AS (
        (SELECT l.tenant_id FROM holdfast.locations l ORDER BY l.tenant_id LIMIT 1)
        UNION ALL
        SELECT n.tenant_id
        FROM tenants t, LATERAL (
            SELECT l.tenant_id FROM holdfast.locations l WHERE l.tenant_id > t.tenant_id
            ORDER BY l.tenant_id LIMIT 1) n)
    SELECT t.tenant_id FROM tenants t
$$;

CREATE FUNCTION holdfast.audit_standing()
    RETURNS TABLE (tenants bigint, levels bigint, oldest_completed_at timestamptz, findings bigint, quarantined bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT count(a.completed_at), coalesce(sum(a.levels), 0)::bigint, min(a.completed_at),
        (SELECT count(*) FROM holdfast.findings f WHERE f.gone_at IS NULL AND f.acknowledged_at IS NULL),
        (SELECT count(*) FROM holdfast.quarantines q WHERE q.released_at IS NULL)
    FROM holdfast.audits a
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_sweeper;
ALTER FUNCTION holdfast.audited_tenants() OWNER TO holdfast_sweeper;
ALTER FUNCTION holdfast.audit_standing() OWNER TO holdfast_sweeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_sweeper;
REVOKE ALL ON FUNCTION holdfast.audited_tenants() FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.audit_standing() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.audited_tenants(), holdfast.audit_standing() TO holdfast_app;
