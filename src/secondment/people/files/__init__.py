"""Persons in files, both ways: appointment forms (.lrmx, .lrm, Word) and rosters; nothing here writes to the database.

What is told about a file is Chinese data, stored with the import, not text of the interface.
"""
