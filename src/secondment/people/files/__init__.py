"""Persons in files, both ways: appointment forms (.lrmx, .lrm, Word) and rosters; nothing here writes to the database.

Findings about a file are Chinese data, stored with the import, not text of the interface.
"""
