"""What stood in a person's record before: every change with its day, so that the force of a past day can be counted."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.people.models.persons import Person


class PersonChange(models.Model):
    """One part of a person's record that was written anew; rows are only added, in one transaction with the change.

    `field` is a column as stored (`unit_id`) or a kind of rows below the person (`career`), kept as whole lists.
    Codes stand as they are stored. Of identity number, health notes, telephone and emergency contact no value is
    kept, only that they changed: no structure rests on them, and a number in old records would outlive its removal.

    `on` is the day on which the change was made. The new value holds from `since`: that day, or an earlier one which
    the new record itself states. `old_since` is the day from which the old record said that the old value held.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="changes", verbose_name=_("干部"))
    field = models.CharField(_("信息项"), max_length=40)
    old = models.JSONField(_("原值"), null=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(_("现值"), null=True, encoder=DjangoJSONEncoder)
    on = models.DateField(_("变更日期"))
    since = models.DateField(_("现值起算日期"))
    old_since = models.DateField(_("原值起算日期"), null=True)
    at = models.DateTimeField(_("变更时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("变更人")
    )

    class Meta:
        ordering = ["person", "pk"]
        verbose_name = verbose_name_plural = _("信息变更")
        indexes = [models.Index(fields=["person", "field", "since"], name="person_change_of_field")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__lte=models.F("on")), name="person_change_not_before_it_holds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.on}"
