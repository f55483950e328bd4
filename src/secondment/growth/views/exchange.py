"""The workbook of reviews (能力评议表) out and in."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.growth.imports import KIND, ReviewLine, read_reviews
from secondment.growth.queries import still_to_give, visible_to
from secondment.growth.scale import scale_for
from secondment.growth.services import import_reviews
from secondment.growth.workbooks import TITLE, review_workbook

MOST_PEOPLE = 500


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of those who are still to be rated; an official table is in Chinese, whoever makes it."""
    _require(request.user)
    rows = still_to_give(visible_to(request.user)).order_by("home_unit__path", "person__name_key", "pk")
    with override(settings.LANGUAGE_CODE):
        content = review_workbook((one, scale_for(one)) for one in rows[:MOST_PEOPLE])
    record_export("growth.export_sheet", request.user, **acting(request))
    return download(content, f"{TITLE}.xlsx")


def _require(user: User) -> None:
    require(has_role(user, Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT))


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[ReviewLine]:
    return read_reviews(content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[ReviewLine], *, by: User, at: dt.datetime) -> int:
    return import_reviews(plan, by=by, at=at, on=timezone.localdate())


PAGES = ListPages(
    title=gettext_lazy("导入能力评议表"),
    list_title=gettext_lazy("能力评议"),
    list_page="growth:review_list",
    template_page="growth:sheet",
    upload_page="growth:review_import",
    kind=KIND,
    require=_require,
    plan=_plan,
    write=_write,
    sets_aside=True,
    written=lambda n: ngettext("已登记 %(n)d 人的能力评议。", "已登记 %(n)d 人的能力评议。", n) % {"n": n},
)
