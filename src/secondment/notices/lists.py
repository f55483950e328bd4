"""The list of an account's messages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.listing.listing import Column, Listing

NOTICES = Listing(
    key="notices",
    title=_("消息"),
    columns=(
        Column("title", _("标题"), phone="title"),
        Column("body", _("内容"), phone="line"),
        Column("created_at", _("时间"), sort="created_at", is_short=True, phone="line"),
        Column(
            "read_at",
            _("状态"),
            value=lambda notice: _("已读") if notice.read_at else _("未读"),
            status=lambda notice: "idle" if notice.read_at else "info",
            phone="aside",
        ),
    ),
    default_sort="-created_at",
    row_url=lambda notice: reverse("notices:notice_detail", args=[notice.pk]),
    empty_title=_("暂无消息"),
    empty_text=_("推荐结果、征求意见、报到安排等与您有关的消息在此显示。"),
)
