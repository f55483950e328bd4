"""Pages of the register of forms."""
