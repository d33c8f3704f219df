-- Why: what people call an item. The engine's own row holds what stock needs, and nothing else; both are
-- written in one transaction.
-- Locks: none that matters, the table is new.
--
-- request_key is a digest of the caller and its idempotency key, so that repeating a creation has one
-- effect. It lives as long as the item.

CREATE TABLE holdfast.catalog_items (
    tenant_id   bigint NOT NULL,
    sku         text COLLATE "C" NOT NULL,
    name        text NOT NULL,
    tracked     boolean NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    request_key uuid,
    CONSTRAINT catalog_items_pk PRIMARY KEY (tenant_id, sku),
    CONSTRAINT catalog_items_item FOREIGN KEY (tenant_id, sku) REFERENCES holdfast.items,
    CONSTRAINT catalog_items_name_length CHECK (length(name) BETWEEN 1 AND 200)
);

CREATE UNIQUE INDEX catalog_items_request_key ON holdfast.catalog_items (tenant_id, request_key)
    WHERE request_key IS NOT NULL;

ALTER TABLE holdfast.catalog_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.catalog_items FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.catalog_items
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT ON holdfast.catalog_items TO holdfast_app;
