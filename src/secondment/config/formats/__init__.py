"""Dates are written 2026-11-23 in every language."""
