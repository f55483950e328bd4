"""Append-only trail."""
