-- Why: orders are paid at a provider, by intents that are authorised first and captured once the order's stock is the buyer's.
-- What is to be asked of the provider is a row before it is asked, so that no answer that is lost leaves anything open.
-- Locks: none; all tables are new.

-- What a tenant has chosen. Without a row, somebody of the shop says that an order was paid. The secrets are kept as they are,
-- since whoever asks the provider needs them.
CREATE TABLE holdfast.payment_settings (
    tenant_id      bigint NOT NULL,
    provider       text NOT NULL DEFAULT 'manual',
    secret_key     text,
    webhook_secret text,
    late_payment   text NOT NULL DEFAULT 'refund',
    version        bigint NOT NULL DEFAULT 0,
    CONSTRAINT payment_settings_pk PRIMARY KEY (tenant_id),
    CONSTRAINT payment_settings_provider CHECK (provider IN ('manual', 'stripe')),
    CONSTRAINT payment_settings_secret_key CHECK (char_length(secret_key) BETWEEN 16 AND 300),
    CONSTRAINT payment_settings_webhook_secret CHECK (char_length(webhook_secret) BETWEEN 16 AND 300),
    CONSTRAINT payment_settings_stripe CHECK (provider <> 'stripe' OR secret_key IS NOT NULL),
    CONSTRAINT payment_settings_late_payment CHECK (late_payment IN ('reserve_again', 'refund')),
    CONSTRAINT payment_settings_version CHECK (version >= 0)
);

-- One attempt to pay an order. Its intent at the provider is known before any money is asked for by it. Who has the lease goes on with it, until
-- leased_until; without one it is gone on with at next_attempt_at, and rests when there is none. confirmed_at is when the stock
-- became the buyer's: nothing is captured before.
CREATE TABLE holdfast.payments (
    tenant_id       bigint NOT NULL,
    payment_id      uuid NOT NULL,
    order_id        uuid NOT NULL,
    provider        text NOT NULL,
    payment_method  text NOT NULL,
    amount          bigint NOT NULL,
    currency        text COLLATE "C" NOT NULL,
    state           text NOT NULL DEFAULT 'begun',
    intent          text,
    client_secret   text,
    fault           text,
    begun_by        text NOT NULL,
    begun_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    confirmed_at    timestamptz,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    lease           uuid,
    leased_until    timestamptz,
    CONSTRAINT payments_pk PRIMARY KEY (tenant_id, payment_id),
    CONSTRAINT payments_order FOREIGN KEY (tenant_id, order_id) REFERENCES holdfast.orders,
    CONSTRAINT payments_provider CHECK (provider = 'stripe'),
    CONSTRAINT payments_payment_method CHECK (char_length(payment_method) BETWEEN 1 AND 200),
    CONSTRAINT payments_amount CHECK (amount > 0),
    CONSTRAINT payments_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT payments_state CHECK (state IN ('begun', 'pending', 'authorized', 'confirmed', 'captured', 'cancelling',
        'cancelled', 'declined', 'failed')),
    CONSTRAINT payments_intent CHECK (intent IS NOT NULL OR state IN ('begun', 'declined', 'failed')),
    CONSTRAINT payments_confirmed CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
    CONSTRAINT payments_attempts CHECK (attempts >= 0),
    CONSTRAINT payments_lease CHECK ((lease IS NULL) = (leased_until IS NULL))
);
-- One at a time, and one that has paid the order for good.
CREATE UNIQUE INDEX payments_live ON holdfast.payments (tenant_id, order_id)
    WHERE state IN ('begun', 'pending', 'authorized', 'confirmed', 'cancelling')
        OR (state = 'captured' AND confirmed_at IS NOT NULL);
CREATE INDEX payments_of_order ON holdfast.payments (tenant_id, order_id, begun_at);
CREATE INDEX payments_of_intent ON holdfast.payments (tenant_id, intent) WHERE intent IS NOT NULL;
CREATE INDEX payments_due ON holdfast.payments (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX payments_leased ON holdfast.payments (leased_until) WHERE leased_until IS NOT NULL;

-- What goes back. Its id, too, is the key by which the provider does it once.
CREATE TABLE holdfast.payment_refunds (
    tenant_id  bigint NOT NULL,
    refund_id  uuid NOT NULL,
    payment_id uuid NOT NULL,
    amount     bigint NOT NULL,
    state      text NOT NULL DEFAULT 'begun',
    reference  text,
    fault      text,
    begun_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at   timestamptz,
    CONSTRAINT payment_refunds_pk PRIMARY KEY (tenant_id, refund_id),
    CONSTRAINT payment_refunds_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES holdfast.payments,
    CONSTRAINT payment_refunds_amount CHECK (amount > 0),
    CONSTRAINT payment_refunds_state CHECK (state IN ('begun', 'made', 'failed')),
    CONSTRAINT payment_refunds_ended CHECK ((state = 'begun') = (ended_at IS NULL))
);
CREATE INDEX payment_refunds_of_payment ON holdfast.payment_refunds (tenant_id, payment_id, begun_at);

-- Which events of the provider were heard of.
CREATE TABLE holdfast.payment_events (
    tenant_id   bigint NOT NULL,
    event       text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT payment_events_pk PRIMARY KEY (tenant_id, event),
    CONSTRAINT payment_events_event CHECK (char_length(event) BETWEEN 1 AND 200)
);
CREATE INDEX payment_events_received_at ON holdfast.payment_events (received_at);

ALTER TABLE holdfast.payment_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payment_settings FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payments FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payment_refunds ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payment_refunds FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payment_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.payment_events FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.payment_settings
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.payments
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.payment_refunds
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.payment_events
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, UPDATE (provider, secret_key, webhook_secret, late_payment, version) ON holdfast.payment_settings
    TO holdfast_app;
-- What was asked of the provider stays as it was asked.
GRANT SELECT, INSERT, UPDATE (state, intent, client_secret, fault, changed_at, confirmed_at, attempts, next_attempt_at, lease,
    leased_until) ON holdfast.payments TO holdfast_app;
GRANT SELECT, INSERT, UPDATE (state, reference, fault, ended_at) ON holdfast.payment_refunds TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.payment_events TO holdfast_app;

-- The looks across tenants: which are to be gone on with by somebody, and since when the oldest is open that waits for an
-- answer, and for no buyer.
CREATE POLICY all_tenants ON holdfast.payments FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
CREATE POLICY all_tenants ON holdfast.payment_refunds FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT (tenant_id, payment_id, state, changed_at, next_attempt_at, leased_until) ON holdfast.payments
    TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, payment_id, state, begun_at) ON holdfast.payment_refunds TO holdfast_doorkeeper;
CREATE INDEX payments_unsettled ON holdfast.payments (changed_at)
    WHERE state IN ('begun', 'authorized', 'confirmed', 'cancelling');
CREATE INDEX payment_refunds_unsettled ON holdfast.payment_refunds (begun_at) WHERE state = 'begun';

CREATE FUNCTION holdfast.payments_due(at_most integer)
    RETURNS TABLE (tenant_id bigint, payment_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT d.tenant_id, d.payment_id
    FROM (
        (SELECT p.tenant_id, p.payment_id FROM holdfast.payments p
        WHERE p.next_attempt_at <= statement_timestamp() AND p.leased_until IS NULL
        ORDER BY p.next_attempt_at LIMIT at_most)
        UNION ALL
        (SELECT p.tenant_id, p.payment_id FROM holdfast.payments p
        WHERE p.leased_until < statement_timestamp()
        ORDER BY p.leased_until LIMIT at_most)) d
    LIMIT at_most
$$;

CREATE FUNCTION holdfast.payments_unsettled_seconds()
    RETURNS double precision
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(extract(epoch FROM statement_timestamp() - least(
        (SELECT min(p.changed_at) FROM holdfast.payments p
            WHERE p.state IN ('begun', 'authorized', 'confirmed', 'cancelling')),
        (SELECT min(r.begun_at) FROM holdfast.payment_refunds r WHERE r.state = 'begun'))), 0)::double precision
$$;

-- A provider sends an event again for some days.
CREATE POLICY events_over ON holdfast.payment_events FOR ALL TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper');
GRANT SELECT, DELETE ON holdfast.payment_events TO holdfast_doorkeeper;

CREATE FUNCTION holdfast.forget_payment_events(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.payment_events e
        WHERE (e.tenant_id, e.event) IN (
            SELECT o.tenant_id, o.event
            FROM holdfast.payment_events o
            WHERE o.received_at < statement_timestamp() - interval '30 days'
            ORDER BY o.received_at LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.payments_due(integer) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.payments_unsettled_seconds() OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_payment_events(integer) OWNER TO holdfast_doorkeeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper;
REVOKE ALL ON FUNCTION holdfast.payments_due(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.payments_unsettled_seconds() FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_payment_events(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.payments_due(integer), holdfast.payments_unsettled_seconds() TO holdfast_app;
