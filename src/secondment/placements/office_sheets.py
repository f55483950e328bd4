"""The workbook (汇总表) of people in post for one office, or for all offices of the account."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import units_within
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import DomainError
from secondment.common.keys import number_in
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.units.models import Unit

MOST_PEOPLE = 1_000


class WorkbookTooLongError(DomainError):
    """More rows than one workbook should hold."""


def office_asked(request: SignedInRequest, *roles: Role) -> Unit | None:
    """The unit that the address names, among those for which the account holds one of `roles`."""
    text = request.GET.get("unit", "")
    if not text:
        return None
    return get_object_or_404(units_within(request.user, *roles), pk=number_in(text))


def office_sheet(
    request: SignedInRequest,
    rows: QuerySet[Placement],
    roles: tuple[Role, ...],
    workbook: Callable[[list[Placement]], bytes],
    *,
    title: str,
    action: str,
) -> HttpResponse:
    """These people in the order of their host units; an official table is in Chinese, whoever makes it."""
    office = office_asked(request, *roles)
    if office is not None:
        rows = rows.filter(host_unit__path__startswith=office.path)
    if rows.count() > MOST_PEOPLE:
        raise WorkbookTooLongError(
            _("一份汇总表最多 %(most)s 人。请按单位分别下载。") % {"most": MOST_PEOPLE}
        )
    with override(settings.LANGUAGE_CODE):
        content = workbook(list(with_names(rows).order_by("host_unit__path", "person__name_key", "pk")))
    record_export(action, office or request.user, **acting(request))
    return download(content, f"{title}（{office.name}）.xlsx" if office else f"{title}.xlsx")
