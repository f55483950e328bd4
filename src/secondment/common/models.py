"""Abstract bases shared by every app; no domain words."""

from django.db import models


class Versioned(models.Model):
    """A row that two people may edit: a form carries `version` and a service refuses an outdated one."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
