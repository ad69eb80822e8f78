"""What an app talks to: the token endpoint and Admin GraphQL."""
