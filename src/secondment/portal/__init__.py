"""Home pages per role, to-do, search."""
