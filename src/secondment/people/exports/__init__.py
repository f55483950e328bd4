"""Persons out: appointment forms as .lrmx, zip and Word; the roster as Excel."""
