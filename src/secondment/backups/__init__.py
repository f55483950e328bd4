"""Nightly backups that only two offices together can open, and the drill that proves they can be restored."""
