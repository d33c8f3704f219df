-- Why: a shop takes orders: stock that is held for a buyer at prices that are frozen, under a number from a series.
-- Locks: none; all tables are new.
--
-- An order has the id of the reservation that holds its stock, and is written in the transaction that reserves it. That
-- its time is up is no state of its own: an order is expired when it was only placed and expires_at is past, as its
-- reservation is, so that neither has to wait for somebody to write it down.

-- Numbers of a series are given out one after the other, by whoever has its row locked. last_on is the day of the last one,
-- in UTC: numbers begin again with 1 when the part of the date that the pattern tells has moved on since. Without gapless,
-- last_number is the last one that some node has taken in advance.
CREATE TABLE holdfast.number_series (
    tenant_id   bigint NOT NULL,
    series      text COLLATE "C" NOT NULL,
    pattern     text COLLATE "C" NOT NULL,
    gapless     boolean NOT NULL DEFAULT true,
    last_number bigint NOT NULL DEFAULT 0,
    last_on     date,
    version     bigint NOT NULL DEFAULT 0,
    CONSTRAINT number_series_pk PRIMARY KEY (tenant_id, series),
    CONSTRAINT number_series_pattern_length CHECK (length(pattern) BETWEEN 1 AND 60),
    CONSTRAINT number_series_last_number CHECK (last_number >= 0),
    CONSTRAINT number_series_version CHECK (version >= 0)
)
-- Its one row is written with every batch: room on the page keeps the index out of it.
WITH (fillfactor = 10);

-- Amounts are in minor units of the currency.
CREATE TABLE holdfast.orders (
    tenant_id         bigint NOT NULL,
    order_id          uuid NOT NULL,
    number            text COLLATE "C" NOT NULL,
    state             text COLLATE "C" NOT NULL,
    version           bigint NOT NULL,
    customer          text COLLATE "C",
    reference         text COLLATE "C",
    currency          text COLLATE "C" NOT NULL,
    total             bigint NOT NULL,
    placed_by         text NOT NULL,
    placed_at         timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,
    paid_at           timestamptz,
    payment_method    text COLLATE "C",
    payment_reference text COLLATE "C",
    reason            text,
    CONSTRAINT orders_pk PRIMARY KEY (tenant_id, order_id),
    CONSTRAINT orders_number UNIQUE (tenant_id, number),
    CONSTRAINT orders_state CHECK (state IN
        ('placed', 'paid', 'partly_fulfilled', 'fulfilled', 'returned', 'cancelled')),
    CONSTRAINT orders_version CHECK (version > 0),
    CONSTRAINT orders_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT orders_total CHECK (total >= 0),
    CONSTRAINT orders_times CHECK (placed_at < expires_at AND placed_at <= changed_at),
    CONSTRAINT orders_payment CHECK ((paid_at IS NULL) = (payment_method IS NULL)
        AND (payment_reference IS NULL OR paid_at IS NOT NULL)),
    CONSTRAINT orders_paid CHECK (state NOT IN ('paid', 'partly_fulfilled', 'fulfilled', 'returned')
        OR paid_at IS NOT NULL)
);
CREATE INDEX orders_of_customer ON holdfast.orders (tenant_id, customer, order_id);
CREATE INDEX orders_under_way ON holdfast.orders (tenant_id, state, order_id)
    WHERE state IN ('placed', 'paid', 'partly_fulfilled');

-- What was ordered, one line for each item, with its name and its price as they were then. Lines are written in the
-- transaction of their order, and neither is ever removed: a foreign key would only cost, for each line, a look at a row that
-- was written a moment ago.
CREATE TABLE holdfast.order_lines (
    tenant_id  bigint NOT NULL,
    order_id   uuid NOT NULL,
    line       integer NOT NULL,
    sku        text COLLATE "C" NOT NULL,
    name       text NOT NULL,
    unit_price bigint NOT NULL,
    quantity   bigint NOT NULL,
    fulfilled  bigint NOT NULL DEFAULT 0,
    cancelled  bigint NOT NULL DEFAULT 0,
    returned   bigint NOT NULL DEFAULT 0,
    CONSTRAINT order_lines_pk PRIMARY KEY (tenant_id, order_id, line),
    CONSTRAINT order_lines_line CHECK (line > 0),
    CONSTRAINT order_lines_unit_price CHECK (unit_price >= 0),
    CONSTRAINT order_lines_quantity CHECK (quantity > 0),
    CONSTRAINT order_lines_counts CHECK (fulfilled >= 0 AND cancelled >= 0 AND returned >= 0
        AND fulfilled + cancelled <= quantity AND returned <= fulfilled)
);

ALTER TABLE holdfast.number_series ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.number_series FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.orders FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.order_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.order_lines FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.number_series
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.orders
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.order_lines
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, UPDATE (pattern, gapless, last_number, last_on, version) ON holdfast.number_series TO holdfast_app;
-- What was agreed on with the buyer stays as it was.
GRANT SELECT, INSERT, UPDATE (state, version, changed_at, paid_at, payment_method, payment_reference, reason)
    ON holdfast.orders TO holdfast_app;
GRANT SELECT, INSERT, UPDATE (fulfilled, cancelled, returned) ON holdfast.order_lines TO holdfast_app;
