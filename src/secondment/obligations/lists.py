"""My to-do: one list for every role."""

from django.utils.translation import gettext_lazy as _

from secondment.common.listing.listing import Column, Listing

TODO = Listing(
    key="todo",
    title=_("我的待办"),
    columns=(
        Column("title", _("事项"), phone="title"),
        Column("unit", _("责任单位"), sort="unit", phone="line"),
        Column("creditor", _("向谁"), phone="line"),
        Column("basis", _("依据"), is_hidden_by_default=True),
        Column("due_on", _("截止日期"), sort="due_on", is_short=True, phone="line"),
        Column("state", _("期限"), status=lambda row: row.status, phone="aside"),
    ),
    default_sort="due_on",
    row_url=lambda row: row.path,
    empty_title=_("没有待办事项"),
    empty_text=_("需要您办理的事项按截止日期在此列出，无需逐页查找。"),
)
