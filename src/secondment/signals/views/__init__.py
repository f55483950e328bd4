"""Pages of early signs."""
