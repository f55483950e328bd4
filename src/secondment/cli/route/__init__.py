"""`secondment route`."""

from secondment.cli.route.verb import VERB

__all__ = ["VERB"]
