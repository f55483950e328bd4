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
        "home_notice.reply": gettext_lazy("答复了告知单"),
        "support_item.ask": gettext_lazy("提出了需支持事项"),
        "support_item.correct": gettext_lazy("更正了需支持事项"),
        "support_item.withdraw": gettext_lazy("撤回了需支持事项"),
        "support_item.answer": gettext_lazy("填写了支持事项的办理情况"),
        "support_item.pass_on": gettext_lazy("转办了支持事项"),
        "support_item.judge": gettext_lazy("评价了支持事项是否帮到"),
        "support_item.reopen": gettext_lazy("撤回了对支持事项的评价"),
        "urgent_matter.report": gettext_lazy("报告了重要情况"),
        "urgent_matter.acknowledge": gettext_lazy("签收了重要情况"),
        "urgent_matter.escalate": gettext_lazy("逾时未签收，上报了重要情况"),
        "urgent_matter.reveal": gettext_lazy("查看了重要情况的内容"),
        "daily_work.export_support": gettext_lazy("导出了支持事项"),
        "daily_work.export_urgent": gettext_lazy("导出了重要情况"),
        "daily_work.export_silence": gettext_lazy("导出了断线清单"),
        "daily_work.export_notices": gettext_lazy("导出了告知单"),
        "daily_work.export_sheet": gettext_lazy("下载了汇总表"),
        "daily_work.export_fulfilment": gettext_lazy("导出了履行情况"),
    },
    details={
        "until": gettext_lazy("期间截止"),
        "to_office": gettext_lazy("责任单位"),
        "outcome": gettext_lazy("评价"),
    },
)
