"""Pages of obligations: one module for each list."""
