"""Acts of measurement."""
