"""The list of an account's messages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.notices.channels import HOOK, MAIL
from secondment.notices.models import DeliveryState

CHANNELS = {MAIL: _("邮件"), HOOK: _("HTTP 接口")}
DELIVERY_STATUS: dict[str, Status] = {
    DeliveryState.WAITING: "idle",
    DeliveryState.SENT: "good",
    DeliveryState.GIVEN_UP: "bad",
}

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

DELIVERIES = Listing(
    key="deliveries",
    title=_("外发记录"),
    columns=(
        Column("title", _("标题"), phone="title"),
        Column("channel", _("渠道"), value=lambda one: CHANNELS[one.channel], sort="channel", phone="line"),
        Column("account.name", _("收件人"), sort="account__name", phone="line"),
        Column("created_at", _("时间"), sort="created_at", is_short=True, phone="line"),
        Column("n_tries", _("次数"), align="end"),
        Column("fault", _("原因"), phone="text"),
        Column(
            "state",
            _("状态"),
            value=lambda one: one.get_state_display(),
            status=lambda one: DELIVERY_STATUS[one.state],
            phone="aside",
        ),
    ),
    default_sort="-created_at",
    is_exportable=False,
    empty_title=_("没有外发记录"),
    empty_text=_("每周提示和紧急事项经邮件或接口发出后在此列出，保留半年。"),
)
