"""In-system messages and receipts."""
