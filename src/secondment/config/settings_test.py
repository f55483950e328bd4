"""Placeholder until the web application stands."""

SECRET_KEY = "test"
USE_TZ = True
