"""The list behind a number, and the kept analyses."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.workforce.models import SavedView

KEPT = ("cells", "as_of", "programme", "names")


def people_of_cells(table: Listing) -> Listing:
    """The list of persons, of those behind a number: filters narrow it further."""
    return replace(table, key="workforce_people", title=_("人员名单"), keeps=KEPT, bulk_actions=())


SAVED_VIEWS = Listing(
    key="saved_views",
    title=_("常用分析"),
    columns=(
        Column("name", _("名称"), sort="name", phone="title"),
        Column("saved_at", _("保存时间"), sort="saved_at", is_short=True, phone="aside"),
    ),
    default_sort="name",
    row_url=lambda row: reverse("workforce:view_open", args=[row.pk]),
    bulk_actions=(BulkAction("delete", _("删除"), "workforce:views_delete", icon="trash", is_danger=True),),
    is_exportable=False,
    empty_title=_("还没有保存过分析"),
    empty_text=_("在任一分析页面选好范围和条件，点“保存为常用分析”。"),
)


def address_of(view: SavedView) -> str:
    """The page that was kept."""
    page, _colon, key = view.page.partition(":")
    address = reverse(f"workforce:{page}", args=[key] if key else [])
    return f"{address}?{view.query}" if view.query else address
