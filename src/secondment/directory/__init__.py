"""Pages of the tree of units: they need rights, so they stand above the accounts."""
