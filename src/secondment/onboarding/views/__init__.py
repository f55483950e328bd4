"""Pages of accounts in bulk."""
