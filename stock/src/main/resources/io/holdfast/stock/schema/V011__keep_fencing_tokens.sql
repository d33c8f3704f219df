-- Why: the control fenced-lock takes a lock outside of the database, and its holder may be paused for
-- longer than the lock lasts. So each lock has a token; a row keeps the newest that wrote it (0: none
-- ever did), and no write with an older one is let through.
-- The locks' server counts the tokens, from an epoch on that it is given from here whenever it has lost
-- its count: a token is epoch * 2^40 + count, so there can be 2^23 - 1 epochs.
-- Locks: the three tables exclusively, for a moment; a default that is constant rewrites no row.

ALTER TABLE holdfast.stock_levels ADD COLUMN fence bigint NOT NULL DEFAULT 0;
ALTER TABLE holdfast.reservations ADD COLUMN fence bigint NOT NULL DEFAULT 0;
ALTER TABLE holdfast.customer_tallies ADD COLUMN fence bigint NOT NULL DEFAULT 0;

CREATE SEQUENCE holdfast.fence_epochs MAXVALUE 8388607 NO CYCLE;
GRANT USAGE ON SEQUENCE holdfast.fence_epochs TO holdfast_app;
