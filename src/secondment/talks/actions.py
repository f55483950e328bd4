"""What acts of talks are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "talk.record": gettext_lazy("登记了谈话"),
        "talk.withdraw": gettext_lazy("撤销了谈话登记"),
        "talk.add_follow_up": gettext_lazy("登记了谈话跟进事项"),
        "talk.close_follow_up": gettext_lazy("办结了谈话跟进事项"),
        "talk.reopen_follow_up": gettext_lazy("重新打开了谈话跟进事项"),
        "talk.print": gettext_lazy("下载了谈话记录"),
        "talk.export": gettext_lazy("导出了谈话清单"),
        "talk.export_items": gettext_lazy("导出了谈话跟进事项"),
        "talk.export_sheet": gettext_lazy("下载了谈话汇总表"),
        "suggestion.send": gettext_lazy("提出了意见建议"),
        "suggestion.deliver": gettext_lazy("送达了匿名意见建议"),
        "suggestion.answer": gettext_lazy("答复了意见建议"),
        "suggestion.export": gettext_lazy("导出了意见建议清单"),
    },
    details={
        "done": gettext_lazy("是否办结"),
    },
)
