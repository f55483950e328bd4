"""`secondment match`."""

from secondment.cli.match.verb import VERB

__all__ = ["VERB"]
