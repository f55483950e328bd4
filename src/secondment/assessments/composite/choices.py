"""Code lists of the composite."""

from django.db import models

from secondment.common.listed import listed
from secondment.files.codes.quantities import BACKINGS


class Backing(models.TextChoices):
    """How well the value of a quantitative indicator is backed."""

    AUDITED = listed(BACKINGS, "audited")
    DOCUMENTED = listed(BACKINGS, "documented")
    DECLARED = listed(BACKINGS, "declared")


STANDARD_ERRORS = {Backing.AUDITED: 2.0, Backing.DOCUMENTED: 5.0, Backing.DECLARED: 10.0}
"""Points of a hundred by which a score may be off, one standard error."""
