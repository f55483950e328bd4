"""Inspection routes (督查路线)."""
