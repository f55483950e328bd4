"""Daily management: presence, host reports, home notices."""
