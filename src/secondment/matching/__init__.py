"""Runs, proposals, explanations, decision."""
