"""What users do to runs, proposals and locks."""
