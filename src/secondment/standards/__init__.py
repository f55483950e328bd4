"""Standards of assessment (测评标准): templates of indicators, versioned and signed by a second person."""
