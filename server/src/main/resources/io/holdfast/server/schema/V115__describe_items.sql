-- Why: what a shop tells of an item, and how it came to be told: each change keeps what it replaced, so that
-- somebody whose change came too late is told what has changed since they looked.
-- request_key is not written any more: the answer to a creation is kept as all others are, since the item
-- may be another one when its key comes again.
-- Locks: catalog_items is locked against everything for as long as it takes to note new columns whose
-- defaults are constants; no row is rewritten. The checks hold for every row by those defaults, so they
-- are not looked for in the rows (NOT VALID), and looked for afterwards without keeping anybody out.

ALTER TABLE holdfast.catalog_items
    ADD COLUMN description text,
    ADD COLUMN category text,
    ADD COLUMN price_amount bigint,
    ADD COLUMN price_currency text COLLATE "C",
    ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN picture text,
    ADD COLUMN archived_at timestamptz,
    ADD COLUMN version bigint NOT NULL DEFAULT 1,
    ADD COLUMN changed_at timestamptz,
    ADD CONSTRAINT catalog_items_description_length
        CHECK (length(description) BETWEEN 1 AND 5000) NOT VALID,
    ADD CONSTRAINT catalog_items_category_length
        CHECK (length(category) BETWEEN 1 AND 100) NOT VALID,
    ADD CONSTRAINT catalog_items_price
        CHECK (price_amount >= 0 AND (price_amount IS NULL) = (price_currency IS NULL)) NOT VALID,
    ADD CONSTRAINT catalog_items_currency CHECK (price_currency ~ '^[A-Z]{3}$') NOT VALID,
    ADD CONSTRAINT catalog_items_attributes CHECK (jsonb_typeof(attributes) = 'object') NOT VALID,
    ADD CONSTRAINT catalog_items_picture_length
        CHECK (length(picture) BETWEEN 1 AND 2000) NOT VALID,
    ADD CONSTRAINT catalog_items_version CHECK (version > 0) NOT VALID;

ALTER TABLE holdfast.catalog_items
    VALIDATE CONSTRAINT catalog_items_description_length,
    VALIDATE CONSTRAINT catalog_items_category_length,
    VALIDATE CONSTRAINT catalog_items_price,
    VALIDATE CONSTRAINT catalog_items_currency,
    VALIDATE CONSTRAINT catalog_items_attributes,
    VALIDATE CONSTRAINT catalog_items_picture_length,
    VALIDATE CONSTRAINT catalog_items_version;

GRANT UPDATE (name, description, category, price_amount, price_currency, attributes, picture,
    archived_at, version, changed_at) ON holdfast.catalog_items TO holdfast_app;

-- version is the one that the change led to; replaced has the members that it changed, as they were.
CREATE TABLE holdfast.catalog_changes (
    tenant_id  bigint NOT NULL,
    sku        text COLLATE "C" NOT NULL,
    version    bigint NOT NULL,
    changed_at timestamptz NOT NULL,
    actor      text NOT NULL,
    replaced   jsonb NOT NULL,
    CONSTRAINT catalog_changes_pk PRIMARY KEY (tenant_id, sku, version),
    CONSTRAINT catalog_changes_item FOREIGN KEY (tenant_id, sku) REFERENCES holdfast.catalog_items,
    CONSTRAINT catalog_changes_version CHECK (version > 1)
);

ALTER TABLE holdfast.catalog_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.catalog_changes FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.catalog_changes
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT ON holdfast.catalog_changes TO holdfast_app;
