"""`secondment rate`."""

from secondment.cli.rate.verb import VERB

__all__ = ["VERB"]
