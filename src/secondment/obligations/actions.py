"""What actions on obligations are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "obligation.export_late": gettext_lazy("导出了逾期单位"),
        "obligation.export": gettext_lazy("导出了应办事项"),
        "calendar_feed.make": gettext_lazy("生成了日历地址"),
        "calendar_feed.revoke": gettext_lazy("停用了日历地址"),
        "holidays.import": gettext_lazy("导入了放假安排"),
        "obligation.excuse": gettext_lazy("免办了应办事项"),
        "obligation.take_back_excuse": gettext_lazy("撤回了免办"),
    }
)
