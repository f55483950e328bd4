"""An app whose one migration does what the environment says, after having changed data."""
