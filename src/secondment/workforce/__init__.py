"""Knowing the whole force: structures on any day, forecasts, and what a plan would change."""
