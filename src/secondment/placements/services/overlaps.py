"""Nobody is in two placements on one day (rule H5)."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.holding import ONE_PLACEMENT
from secondment.common.days import add_months
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.parameters import no_borrow_months
from secondment.placements.queries import overlapping, visible_to
from secondment.placements.services.errors import BorrowedError, OverlapError


def refuse_overlap(placement: Placement, starts_on: dt.date, ends_on: dt.date, *, by: User) -> None:
    """Refuse a term that shares a day with another placement of the person (H5), and lead to that one."""
    others = overlapping([placement.person_id], starts_on, ends_on).exclude(pk=placement.pk)
    other = others.select_related("post").first()
    if other is not None:
        raise OverlapError(
            _("%(person)s在此期间已有其他挂职（%(post)s，%(first)s至%(last)s）。请改期限，或先办结原挂职。")
            % {
                "person": placement.person.name,
                "post": other.post.title,
                "first": other.starts_on,
                "last": other.last_day,
            },
            basis=ONE_PLACEMENT,
            way=way_to(other, by),
        )


def way_to(placement: Placement, by: User) -> tuple[str, str] | None:
    """A button that leads to the placement that stands in the way, for whoever may see it."""
    if not visible_to(by).filter(pk=placement.pk).exists():
        return None
    return _("办理原挂职"), reverse("placements:placement_detail", args=[placement.pk])


def refuse_borrowed(person_ids: Iterable[int], starts_on: dt.date) -> None:
    """Refuse to send people elsewhere within the months for which the programme of an earlier placement keeps them."""
    earlier = Placement.objects.filter(person__in=list(person_ids), starts_on__lt=starts_on)
    related = earlier.select_related("person", "programme_version__programme")
    for one in related.exclude(state=PlacementState.CANCELLED):
        until = add_months(one.starts_on, no_borrow_months(one))
        if starts_on < until:
            raise BorrowedError(
                _("%(person)s在%(last)s前不得另派、借调（自%(since)s起%(n)d个月）。请改期限，或另选人选。")
                % {
                    "person": one.person.name,
                    "since": one.starts_on,
                    "n": no_borrow_months(one),
                    "last": until,
                },
                basis=one.programme_version.programme.name,
            )
