"""What acts of daily work are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "presence_confirmation.hand_in": gettext_lazy("确认了在岗情况"),
        "presence_confirmation.correct": gettext_lazy("更正了在岗确认"),
        "host_report.hand_in": gettext_lazy("报送了情况报告"),
        "host_report.correct": gettext_lazy("更正了情况报告"),
        "home_notice.give": gettext_lazy("送达了告知单"),
        "home_notice.correct": gettext_lazy("更正了告知单"),
        "home_notice.read": gettext_lazy("阅知了告知单"),
        "daily_work.export_notices": gettext_lazy("导出了告知单"),
        "daily_work.export_sheet": gettext_lazy("下载了汇总表"),
        "daily_work.export_fulfilment": gettext_lazy("导出了履行情况"),
    },
    details={"until": gettext_lazy("期间截止")},
)
