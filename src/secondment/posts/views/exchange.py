"""Demands in and out of Excel."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.listing.view import EXPORT_LIMIT, ExportTooLargeError
from secondment.documents.views import ListPages
from secondment.posts.exports import posts_workbook, template_workbook
from secondment.posts.imports import LIST, PostImport, read_posts
from secondment.posts.lists import PostFilter
from secondment.posts.queries import host_units, visible_to
from secondment.posts.rules import may_enter_posts
from secondment.posts.services import import_posts
from secondment.posts.views.access import require_reader


def _plan(content: bytes, *, user: User, **reading: Any) -> PostImport:
    return read_posts(content, units=host_units(user), **reading)


PAGES = ListPages(
    title=gettext_lazy("导入岗位需求"),
    list_title=gettext_lazy("岗位需求"),
    list_page="posts:post_list",
    template_page="posts:post_template",
    upload_page="posts:post_import",
    kind=LIST,
    require=lambda user: require(may_enter_posts(user)),
    plan=_plan,
    write=import_posts,
    written=lambda n: ngettext("已写入%(n)d个岗位需求。", "已写入%(n)d个岗位需求。", n) % {"n": n},
)


@require_GET
def post_template(request: SignedInRequest) -> HttpResponse:
    """The template with the names of the account's units."""
    PAGES.require(request.user)
    return download(template_workbook(host_units(request.user)), _("岗位需求模板") + ".xlsx")


@require_GET
def post_export(request: SignedInRequest) -> HttpResponse:
    """The current filter in the columns of the template, to be changed and imported again."""
    require_reader(request.user)
    asked = PostFilter(request.GET, queryset=visible_to(request.user), request=request)
    posts = asked.qs if asked.form.is_valid() else asked.queryset.none()
    posts = posts.select_related("host_unit__parent", "region__parent").prefetch_related("tasks")
    if (n := posts.count()) > EXPORT_LIMIT:
        raise ExportTooLargeError(_("筛选结果共 %(n)d 条，超过一次导出的上限。请先缩小筛选范围。") % {"n": n})
    record_export("post.export", request.user, **acting(request), n=n)
    return download(posts_workbook(posts.order_by("host_unit__path", "code")), _("岗位需求") + ".xlsx")
