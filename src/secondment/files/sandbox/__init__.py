"""Untrusted files are read in a separate process with little memory and no access to anything."""
