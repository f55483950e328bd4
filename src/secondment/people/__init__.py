"""Persons, careers, families, education, abilities."""
