"""Import a file: upload, compare with what is known, let the clerk confirm, write all or nothing."""
