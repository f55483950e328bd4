"""Pages of the tree of units: they need rights, so they are above the accounts."""
