"""Fields of Admin GraphQL; each module's `ANSWERS` are those of the query or mutation root."""
