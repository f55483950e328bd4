"""Demands in and out of Excel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest
from secondment.audit.services import record_export
from secondment.common.listing.export import XLSX
from secondment.common.listing.listing import EXPORT_LIMIT, ExportTooLargeError
from secondment.documents.forms import ListUploadForm
from secondment.documents.list_pages import ListPages, is_asking, own_upload
from secondment.documents.models import StoredFile
from secondment.documents.uploads import keep_upload, open_upload, used_up
from secondment.posts.exports import posts_workbook, template_workbook
from secondment.posts.imports import PostImport, free_titles, read_posts
from secondment.posts.lists import PostFilter
from secondment.posts.queries import host_units, visible_to
from secondment.posts.rules import may_enter_posts, require
from secondment.posts.services import import_posts
from secondment.posts.views.access import require_reader

PURPOSE = "posts"
PAGES = ListPages(
    title=gettext_lazy("导入岗位需求"),
    list_title=gettext_lazy("岗位需求"),
    list_page="posts:post_list",
    template_page="posts:post_template",
    upload_page="posts:post_import",
)


@require_GET
def post_template(request: SignedInRequest) -> HttpResponse:
    """The template with the names of the account's units."""
    require(allowed=may_enter_posts(request.user))
    return _workbook(template_workbook(host_units(request.user)), _("岗位需求模板"))


@require_GET
def post_export(request: SignedInRequest) -> HttpResponse:
    """The current filter in the columns of the template, to be changed and imported again."""
    require_reader(request.user)
    asked = PostFilter(request.GET, queryset=visible_to(request.user), request=request)
    posts = asked.qs if asked.form.is_valid() else asked.queryset.none()
    posts = posts.select_related("host_unit__parent", "region__parent").prefetch_related("tasks")
    if (n := posts.count()) > EXPORT_LIMIT:
        raise ExportTooLargeError(_("筛选结果共 %(n)d 条，超过一次导出的上限。请先缩小筛选范围。") % {"n": n})
    record_export("post.export", request.user, by=request.user, at=timezone.now(), n=n)
    return _workbook(posts_workbook(posts.order_by("host_unit__path", "code")), _("岗位需求"))


def post_import(request: SignedInRequest) -> HttpResponse:
    """Upload a file and see what it would do; nothing is written here."""
    require(allowed=may_enter_posts(request.user))
    form = ListUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        return PAGES.uploaded(
            keep_upload(file.name, file.read(), purpose=PURPOSE, by=request.user, at=timezone.now())
        )
    return PAGES.upload(request, form)


def post_import_review(request: SignedInRequest, file: str) -> HttpResponse:
    """The dry run of an uploaded file, or what has to be said about its columns first."""
    require(allowed=may_enter_posts(request.user))
    stored = own_upload(request, file)
    plan = _plan(request, stored, asks=is_asking(request))
    if plan.table and plan.table.questions:
        return PAGES.layout(request, stored, plan.table, free_titles(plan.table), at=timezone.now())
    return PAGES.review(request, stored, plan.report())


@require_POST
def post_import_confirm(request: SignedInRequest, file: str) -> HttpResponse:
    """Write the file, all rows or none; it is read again, because data may have changed since."""
    require(allowed=may_enter_posts(request.user))
    stored = own_upload(request, file)
    plan, now = _plan(request, stored), timezone.now()
    with used_up(stored, at=now):
        n = import_posts(plan, by=request.user, at=now)
    messages.success(request, ngettext("已写入%(n)d个岗位需求。", "已写入%(n)d个岗位需求。", n) % {"n": n})
    return redirect("posts:post_list")


def _plan(request: SignedInRequest, stored: StoredFile, *, asks: bool = False) -> PostImport:
    content = open_upload(stored, purpose=PURPOSE, at=timezone.now())
    read = PAGES.reader(request, asks=asks)
    return read_posts(content, file=stored.name, units=host_units(request.user), read=read)


def _workbook(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
