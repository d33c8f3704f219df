-- Why: files of items, prices and stock are brought in. A file is taken line by line into a table first, so that any node
-- can go on with it where another one was killed, and none of it has an effect before all of it is there.
-- Locks: none; all tables are new.

-- One file. read_to_sku, read_to_location and read_to_line say how far the state has come in the order of the lines' keys,
-- which is the order in which rows are locked. Whoever has the lease works on it, and its row is locked by each step.
CREATE TABLE holdfast.imports (
    tenant_id        bigint NOT NULL,
    import_id        bigint GENERATED ALWAYS AS IDENTITY,
    kind             text NOT NULL,
    format           text NOT NULL,
    dry_run          boolean NOT NULL,
    on_error         text NOT NULL,
    actor            text NOT NULL,
    request_id       text NOT NULL,
    address          text NOT NULL,
    state            text NOT NULL DEFAULT 'uploading',
    failure          text,
    lines_total      bigint NOT NULL DEFAULT 0,
    lines_read       bigint NOT NULL DEFAULT 0,
    lines_applied    bigint NOT NULL DEFAULT 0,
    lines_unchanged  bigint NOT NULL DEFAULT 0,
    lines_failed     bigint NOT NULL DEFAULT 0,
    read_to_sku      text COLLATE "C" NOT NULL DEFAULT '',
    read_to_location text COLLATE "C" NOT NULL DEFAULT '',
    read_to_line     bigint NOT NULL DEFAULT 0,
    worker           uuid,
    leased_until     timestamptz,
    attempts         integer NOT NULL DEFAULT 0,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    touched_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at       timestamptz,
    finished_at      timestamptz,
    CONSTRAINT imports_pk PRIMARY KEY (tenant_id, import_id),
    CONSTRAINT imports_kind CHECK (kind IN ('items', 'prices', 'stock')),
    CONSTRAINT imports_format CHECK (format IN ('csv', 'jsonl')),
    CONSTRAINT imports_on_error CHECK (on_error IN ('abort', 'skip')),
    CONSTRAINT imports_state CHECK (state IN
        ('uploading', 'waiting', 'checking', 'applying', 'finishing', 'done', 'failed', 'cancelled')),
    CONSTRAINT imports_finished CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled')))
);
CREATE INDEX imports_unfinished ON holdfast.imports (import_id)
    WHERE state IN ('waiting', 'checking', 'applying', 'finishing');
CREATE INDEX imports_open ON holdfast.imports (tenant_id) WHERE finished_at IS NULL;
CREATE INDEX imports_finished_at ON holdfast.imports (finished_at) WHERE finished_at IS NOT NULL;

-- What there is to do, as the object that a line of JSON would be, whatever the file's form. A line that can't be one has
-- an error instead. location is empty where the kind has none.
CREATE TABLE holdfast.import_lines (
    tenant_id bigint NOT NULL,
    import_id bigint NOT NULL,
    sku       text COLLATE "C" NOT NULL,
    location  text COLLATE "C" NOT NULL,
    line      bigint NOT NULL,
    record    text NOT NULL,
    CONSTRAINT import_lines_pk PRIMARY KEY (tenant_id, import_id, sku, location, line),
    CONSTRAINT import_lines_import FOREIGN KEY (tenant_id, import_id) REFERENCES holdfast.imports,
    CONSTRAINT import_lines_line CHECK (line > 0)
);

-- Why a line has no effect, and where in it that is seen.
CREATE TABLE holdfast.import_errors (
    tenant_id   bigint NOT NULL,
    import_id   bigint NOT NULL,
    line        bigint NOT NULL,
    column_name text,
    code        text NOT NULL,
    message     text NOT NULL,
    value       text,
    CONSTRAINT import_errors_pk PRIMARY KEY (tenant_id, import_id, line),
    CONSTRAINT import_errors_import FOREIGN KEY (tenant_id, import_id) REFERENCES holdfast.imports,
    CONSTRAINT import_errors_line CHECK (line > 0)
);

ALTER TABLE holdfast.imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.imports FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.import_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.import_lines FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.import_errors ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.import_errors FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.imports
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.import_lines
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.import_errors
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT (tenant_id, kind, format, dry_run, on_error, actor, request_id, address),
    UPDATE (state, failure, lines_total, lines_read, lines_applied, lines_unchanged, lines_failed, read_to_sku,
        read_to_location, read_to_line, worker, leased_until, attempts, touched_at, started_at, finished_at)
    ON holdfast.imports TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.import_lines, holdfast.import_errors TO holdfast_app;

-- The looks across tenants: what is to be worked on and by nobody, and what is over.
CREATE POLICY all_tenants ON holdfast.imports FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY imports_over ON holdfast.imports FOR DELETE TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_tenants ON holdfast.import_lines FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY import_lines_over ON holdfast.import_lines FOR DELETE TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_tenants ON holdfast.import_errors FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY import_errors_over ON holdfast.import_errors FOR DELETE TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, import_id, state, leased_until, touched_at, finished_at), DELETE ON holdfast.imports
    TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, import_id, sku, location, line), DELETE ON holdfast.import_lines TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, import_id, line), DELETE ON holdfast.import_errors TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.imports_to_work_on()
    RETURNS TABLE (tenant_id bigint, import_id bigint)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.tenant_id, i.import_id
    FROM holdfast.imports i
    WHERE i.state IN ('waiting', 'checking', 'applying', 'finishing')
        AND (i.leased_until IS NULL OR i.leased_until < clock_timestamp())
    ORDER BY i.import_id
$$;

-- What is over of each: lines with their import, errors and imports a month later.
CREATE FUNCTION holdfast.forget_import_lines(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.import_lines l
        WHERE (l.tenant_id, l.import_id, l.sku, l.location, l.line) IN (
            SELECT o.tenant_id, o.import_id, o.sku, o.location, o.line
            FROM holdfast.imports i
            JOIN holdfast.import_lines o ON o.tenant_id = i.tenant_id AND o.import_id = i.import_id
            WHERE i.finished_at IS NOT NULL
                OR i.state = 'uploading' AND i.touched_at < statement_timestamp() - interval '1 hour'
            LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

CREATE FUNCTION holdfast.forget_import_errors(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.import_errors e
        WHERE (e.tenant_id, e.import_id, e.line) IN (
            SELECT o.tenant_id, o.import_id, o.line
            FROM holdfast.imports i
            JOIN holdfast.import_errors o ON o.tenant_id = i.tenant_id AND o.import_id = i.import_id
            WHERE i.finished_at < statement_timestamp() - interval '30 days'
                OR i.state = 'uploading' AND i.touched_at < statement_timestamp() - interval '1 hour'
            LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

CREATE FUNCTION holdfast.forget_imports(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.imports i
        WHERE (i.tenant_id, i.import_id) IN (
            SELECT o.tenant_id, o.import_id
            FROM holdfast.imports o
            WHERE (o.finished_at < statement_timestamp() - interval '30 days'
                    OR o.state = 'uploading' AND o.touched_at < statement_timestamp() - interval '1 hour')
                AND NOT EXISTS (SELECT FROM holdfast.import_lines l
                    WHERE l.tenant_id = o.tenant_id AND l.import_id = o.import_id)
                AND NOT EXISTS (SELECT FROM holdfast.import_errors e
                    WHERE e.tenant_id = o.tenant_id AND e.import_id = o.import_id)
            LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.imports_to_work_on() OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_import_lines(integer) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_import_errors(integer) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_imports(integer) OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.imports_to_work_on() FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_import_lines(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_import_errors(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_imports(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.imports_to_work_on() TO holdfast_app;
