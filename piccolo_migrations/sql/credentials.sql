-- Tokens of the Admin API, sealed by the app before they come here.

CREATE TABLE credentials (
    shop text PRIMARY KEY REFERENCES shops ON DELETE CASCADE,
    access_token bytea NOT NULL,
    refresh_token bytea NOT NULL,
    scopes text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    refresh_expires_at timestamptz NOT NULL,
    granted_at timestamptz NOT NULL
);
SELECT protect_tenants_of('credentials');
