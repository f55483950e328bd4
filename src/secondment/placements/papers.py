"""Forms of placements that go out on paper: appointment form, notice, receipt of arrival, change of term."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.documents.papers import PaperKind, add_kind
from secondment.people.queries import kept_by
from secondment.placements.models import Placement, TermChange
from secondment.placements.queries import visible_to, with_names
from secondment.placements.sheets import change_label
from secondment.units.official_names import place_and_title

ORGANISATION = frozenset({Role.ORGANISATION_DEPARTMENT})


def forms_of(user: User, placement: Placement) -> Sequence[tuple[PaperKind, Any]]:
    """The forms that the page of a placement shows this reader; files of people are for those who keep them."""
    reads_file = _files_visible_to(user).filter(pk=placement.pk).exists()
    first = [(APPOINTMENT, placement)] if reads_file else []
    changes = [(TERM_CHANGE, one) for one in placement.term_changes.select_related("placement__owner_unit")]
    return [*first, (NOTICE, placement), (ARRIVAL, placement), *changes]


def _subject(placement: Placement) -> str:
    return f"{placement.person.name}，{place_and_title(placement.host_unit, placement.post.title)}"


def _page(_user: User, placement: Placement) -> str:
    return reverse("placements:placement_detail", args=[placement.pk])


def _named(user: User) -> QuerySet[Placement]:
    return with_names(visible_to(user))


def _files_visible_to(user: User) -> QuerySet[Placement]:
    keeps = Q(person__in=kept_by(user).values("pk")) | Q(person__account=user)
    return _named(user).filter(keeps)


def _letter_of(placement: Placement) -> QuerySet[Placement]:
    """Everyone whom the notice of a placement names: those under the same number of the same office."""
    rows = Placement.objects.filter(owner_unit=placement.owner_unit_id, notice_number=placement.notice_number)
    return rows.order_by("pk")


def _letters_visible_to(user: User) -> QuerySet[Placement]:
    """A joint notice is one paper, read by everyone who reads a placement that it is about."""
    same = visible_to(user).filter(owner_unit=OuterRef("owner_unit"), notice_number=OuterRef("notice_number"))
    return with_names(Placement.objects.exclude(notice_number="").filter(Exists(same)))


def _letter_key(placement: Placement) -> int | None:
    if not placement.notice_number:
        return None
    return _letter_of(placement).values_list("pk", flat=True).first()


def _letter_subject(placement: Placement) -> str:
    n = _letter_of(placement).count()
    who = f"{placement.person.name}等{n}人" if n > 1 else _subject(placement)
    return f"{who} {placement.notice_number}"


def _letter_page(user: User, placement: Placement) -> str:
    """The reader's own placement of those that the notice names."""
    own = visible_to(user).filter(pk__in=_letter_of(placement).values("pk")).order_by("pk").first()
    return _page(user, own or placement)


def _arrival_key(placement: Placement) -> int | None:
    return placement.pk if placement.reported_on else None


def _changes_visible_to(user: User) -> QuerySet[TermChange]:
    rows = TermChange.objects.filter(placement__in=visible_to(user).order_by().values("pk"))
    return rows.select_related("placement__person", "placement__owner_unit")


def _change_subject(change: TermChange) -> str:
    return f"{change.placement.person.name}，{change_label(change.kind)}，挂职至{change.last_day}"


APPOINTMENT = add_kind(
    PaperKind(
        code="F3",
        title=_("任免审批表"),
        visible_to=_files_visible_to,
        office_of=attrgetter("home_unit"),
        roles=ORGANISATION | {Role.HOME_UNIT},
        subject_of=_subject,
        page_of=_page,
    )
)
NOTICE = add_kind(
    PaperKind(
        code="F4",
        title=_("挂职通知"),
        visible_to=_letters_visible_to,
        office_of=attrgetter("owner_unit"),
        roles=ORGANISATION,
        subject_of=_letter_subject,
        page_of=_letter_page,
        key_of=_letter_key,
    )
)
ARRIVAL = add_kind(
    PaperKind(
        code="F5",
        title=_("报到回执"),
        visible_to=_named,
        office_of=attrgetter("host_unit"),
        roles=ORGANISATION | {Role.HOST_UNIT},
        subject_of=_subject,
        page_of=_page,
        key_of=_arrival_key,
    )
)
TERM_CHANGE = add_kind(
    PaperKind(
        code="F16",
        title=_("期限变更审批表"),
        visible_to=_changes_visible_to,
        office_of=attrgetter("placement.owner_unit"),
        roles=ORGANISATION,
        subject_of=_change_subject,
        page_of=lambda user, change: _page(user, change.placement),
    )
)
