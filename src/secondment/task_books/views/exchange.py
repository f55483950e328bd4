"""Task books in and out of Excel."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import DomainError, require
from secondment.documents.views import ListPages
from secondment.placements.queries import with_names
from secondment.task_books.exports import tasks_workbook
from secondment.task_books.imports import LIST, BookImport, read_books
from secondment.task_books.queries import without_book, written_for
from secondment.task_books.rules import may_write_some
from secondment.task_books.services.importing import import_books

MOST_PEOPLE = 1_000


class TooManyPeopleError(DomainError):
    """More people than one workbook should hold."""


def _plan(content: bytes, **reading: Any) -> BookImport:
    return read_books(content, **reading)


PAGES = ListPages(
    title=gettext_lazy("导入任务书"),
    list_title=gettext_lazy("任务书"),
    list_page="task_books:book_list",
    template_page="task_books:book_template",
    upload_page="task_books:book_import",
    kind=LIST,
    require=lambda user: require(may_write_some(user)),
    plan=_plan,
    write=import_books,
    sets_aside=True,
    written=lambda n: (
        ngettext("已写入 %(n)d 人的任务书草稿。", "已写入 %(n)d 人的任务书草稿。", n) % {"n": n}
    ),
)


@require_GET
def book_template(request: SignedInRequest) -> HttpResponse:
    """Everyone whose task book the account still has to write, with what the post asks for."""
    PAGES.require(request.user)
    rows = without_book(written_for(request.user))
    if (n := rows.count()) > MOST_PEOPLE:
        text = _("未签订任务书的共 %(n)s 人，一份填报表最多 %(most)s 人。请由各接收单位分别下载。")
        raise TooManyPeopleError(text % {"n": n, "most": MOST_PEOPLE})
    named = with_names(rows).prefetch_related("post__tasks", "task_books__tasks")
    record_export("task_books.export_template", request.user, n=n, **acting(request))
    return download(
        tasks_workbook(named.order_by("host_unit__path", "person__name_key", "pk")),
        _("任务书填报表") + ".xlsx",
    )
