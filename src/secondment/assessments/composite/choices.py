"""Code lists of the composite."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed
from secondment.files.codes.quantities import BACKINGS


class Backing(models.TextChoices):
    """How well the value of a quantitative indicator is backed."""

    AUDITED = listed(BACKINGS, "audited")
    DOCUMENTED = listed(BACKINGS, "documented")
    DECLARED = listed(BACKINGS, "declared")


class Basis(models.TextChoices):
    """On which votes a table stands."""

    FAIR = "fair", _("校准得分")
    PLAIN = "plain", _("直接统计")


STANDARD_ERRORS = {Backing.AUDITED: 2.0, Backing.DOCUMENTED: 5.0, Backing.DECLARED: 10.0}
"""Points of a hundred by which a score may be off, one standard error."""
VOTES = "votes"
"""The part of a composite that is voted; all others go by the code of their indicator."""
