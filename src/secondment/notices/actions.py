"""What actions on messages are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "notices.set_address": gettext_lazy("修改了单位邮箱"),
        "notices.try_channels": gettext_lazy("发送了测试消息"),
    }
)
