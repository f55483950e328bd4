"""Runs, proposals, explanations."""
