-- Why: people log in with an account that they have at a provider of OpenID Connect (ADR 40). Which account of
-- the tenant is theirs stands here, by what the provider calls them and gives to nobody else.
-- Locks: users, against writes, while an index of their addresses is made.
--
-- A row stays as it was written: the application may neither change nor remove one. Whoever is to come in no more
-- is disabled, as anybody else.

CREATE TABLE holdfast.oidc_identities (
    tenant_id bigint NOT NULL,
    issuer    text COLLATE "C" NOT NULL,
    subject   text COLLATE "C" NOT NULL,
    user_id   bigint NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT oidc_identities_pk PRIMARY KEY (tenant_id, issuer, subject),
    CONSTRAINT oidc_identities_one_of_user UNIQUE (tenant_id, user_id, issuer),
    CONSTRAINT oidc_identities_user FOREIGN KEY (tenant_id, user_id) REFERENCES holdfast.users,
    CONSTRAINT oidc_identities_subject_length CHECK (length(subject) BETWEEN 1 AND 255)
);

-- Letters of ASCII count as one in both cases; the rest of an address is compared to the letter.
CREATE INDEX users_with_email ON holdfast.users (tenant_id, lower(email COLLATE "C"));

ALTER TABLE holdfast.oidc_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdfast.oidc_identities FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON holdfast.oidc_identities
    USING (tenant_id = (SELECT nullif(current_setting('holdfast.tenant_id', true), '')::bigint));

GRANT SELECT, INSERT ON holdfast.oidc_identities TO holdfast_app;
