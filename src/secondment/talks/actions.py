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
        "gathering.plan": gettext_lazy("登记了培训座谈"),
        "gathering.change": gettext_lazy("更改了培训座谈"),
        "gathering.invite": gettext_lazy("列入了参加人员"),
        "gathering.uninvite": gettext_lazy("移出了参加人员"),
        "gathering.send": gettext_lazy("发出了培训座谈通知"),
        "gathering.cancel": gettext_lazy("取消了培训座谈"),
        "gathering.reinstate": gettext_lazy("恢复了培训座谈"),
        "gathering.attend": gettext_lazy("登记了到会情况"),
        "gathering.reopen": gettext_lazy("撤回了到会登记"),
        "gathering.keep_file": gettext_lazy("上传了培训座谈材料"),
        "gathering.drop_file": gettext_lazy("移除了培训座谈材料"),
        "gathering.download": gettext_lazy("下载了培训座谈材料"),
        "gathering.export": gettext_lazy("导出了培训座谈清单"),
        "gathering.export_people": gettext_lazy("导出了参加人员名单"),
        "suggestion.send": gettext_lazy("提出了意见建议"),
        "suggestion.deliver": gettext_lazy("送达了匿名意见建议"),
        "suggestion.answer": gettext_lazy("答复了意见建议"),
        "suggestion.export": gettext_lazy("导出了意见建议清单"),
    },
    details={
        "absent": gettext_lazy("未到会"),
        "done": gettext_lazy("是否办结"),
        "file": gettext_lazy("文件"),
        "missed": gettext_lazy("须另行通知"),
    },
)
