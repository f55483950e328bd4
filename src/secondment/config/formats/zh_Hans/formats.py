"""Dates and numbers as in every language."""

from secondment.config.formats.en.formats import *  # noqa: F403 -- Django looks for a module a language
