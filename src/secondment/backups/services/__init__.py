"""Make the recovery key, make a backup, try to restore it."""
