"""Entries of the side bar."""

from secondment.matching.decision.navigation import DECISIONS

NAVIGATION = [DECISIONS]
