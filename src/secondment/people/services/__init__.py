"""What users do to persons: one function an action."""
