-- Why: a customer lists its own reservations, newest first.
-- Locks: reservations against writing until the index is built, some seconds for a million rows that have a customer.
--
-- Reservations without a customer are not in it, and cost nothing. By bytes, like everything that is looked up:
-- an order that follows the machine's libraries changes with them.

CREATE INDEX reservations_of_customer ON holdfast.reservations (tenant_id, customer COLLATE "C", reservation_id)
    WHERE customer IS NOT NULL;
