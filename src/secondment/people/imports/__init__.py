"""Rosters and appointment forms in: read, compare with what is known, write all or nothing.

What is told about a file is Chinese data, stored with the import, not text of the interface.
"""
