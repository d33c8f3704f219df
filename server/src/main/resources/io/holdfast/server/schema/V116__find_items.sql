-- Why: items are searched by the words of what is told of them, in spite of a typo, filtered by category and
-- price, and sorted. Under row-level security an index serves only comparisons that can't leak what they
-- compare: equality and order of texts and numbers can't, those of text search and of trigrams can. So the
-- words are rows, and what a typo makes of a word is found by equality, too (see WordForms).
-- Locks: catalog_items is locked against writers while its indexes are made, which takes about a second per
-- million items.
--
-- words_version says which program's rules an item's words follow: 0, none yet.

ALTER TABLE holdfast.catalog_items ADD COLUMN words_version smallint NOT NULL DEFAULT 0;
GRANT UPDATE (words_version) ON holdfast.catalog_items TO holdfast_app;

CREATE INDEX catalog_items_without_words ON holdfast.catalog_items (tenant_id)
    WHERE words_version = 0;
CREATE INDEX catalog_items_kinds
    ON holdfast.catalog_items (tenant_id, category, price_currency, price_amount, sku)
    WHERE archived_at IS NULL;
CREATE INDEX catalog_items_names ON holdfast.catalog_items (tenant_id, name, sku)
    WHERE archived_at IS NULL;
CREATE INDEX catalog_items_prices
    ON holdfast.catalog_items (tenant_id, (coalesce(price_currency, '~')), (coalesce(price_amount, 0)), sku)
    WHERE archived_at IS NULL;
CREATE INDEX catalog_items_prices_descending
    ON holdfast.catalog_items (tenant_id, (coalesce(price_currency, '~')), (-coalesce(price_amount, 0)), sku)
    WHERE archived_at IS NULL;
CREATE INDEX catalog_items_newest ON holdfast.catalog_items (tenant_id, created_at, sku)
    WHERE archived_at IS NULL;

-- Derived from catalog_items and written with them. weight says how much of the item the word is; listed,
-- whether the item is in the catalogue. Category and price are those of the item: what is counted and sorted
-- by them is read from the one index.
CREATE TABLE holdfast.catalog_words (
    tenant_id bigint NOT NULL,
    word      text COLLATE "C" NOT NULL,
    sku       text COLLATE "C" NOT NULL,
    weight    smallint NOT NULL,
    listed    boolean NOT NULL,
    category  text COLLATE "C",
    price_currency text COLLATE "C",
    price_amount   bigint,
    CONSTRAINT catalog_words_pk PRIMARY KEY (tenant_id, word, sku)
        INCLUDE (weight, listed, category, price_currency, price_amount),
    CONSTRAINT catalog_words_weight CHECK (weight > 0)
);
CREATE INDEX catalog_words_item ON holdfast.catalog_words (tenant_id, sku);

-- Words that some item had, by each form that a typo leaves of them. One that no item has any more finds
-- nothing.
CREATE TABLE holdfast.catalog_word_forms (
    tenant_id bigint NOT NULL,
    form      text COLLATE "C" NOT NULL,
    word      text COLLATE "C" NOT NULL,
    CONSTRAINT catalog_word_forms_pk PRIMARY KEY (tenant_id, form, word)
);

ALTER TABLE holdfast.catalog_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.catalog_words FORCE ROW LEVEL SECURITY;
ALTER TABLE holdfast.catalog_word_forms ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.catalog_word_forms FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_rows ON holdfast.catalog_words
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));
CREATE POLICY tenant_rows ON holdfast.catalog_word_forms
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT, DELETE ON holdfast.catalog_words TO holdfast_app;
GRANT SELECT, INSERT ON holdfast.catalog_word_forms TO holdfast_app;
