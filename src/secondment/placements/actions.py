"""What actions on placements are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "campaign.create_placements": gettext_lazy("按决定生成了挂职"),
        "campaign.download_notices": gettext_lazy("下载了挂职通知"),
        "placement.cancel_placement": gettext_lazy("取消了挂职"),
        "placement.change_term": gettext_lazy("变更了挂职期限"),
        "placement.confirm_report": gettext_lazy("本人确认了报到"),
        "placement.download_notice": gettext_lazy("下载了挂职通知"),
        "placement.correct": gettext_lazy("更正了补录的挂职"),
        "placement.end_placement": gettext_lazy("办结了挂职"),
        "placement.issue_notice": gettext_lazy("印发了挂职通知"),
        "placement.place_single": gettext_lazy("办理了单人挂职"),
        "placement.record": gettext_lazy("补录了挂职"),
        "group.add_members": gettext_lazy("编入了成员"),
        "group.change": gettext_lazy("调整了工作队"),
        "group.dissolve": gettext_lazy("撤销了工作队"),
        "group.export": gettext_lazy("导出了工作队成员名单"),
        "group.export_meeting": gettext_lazy("导出了参会名单"),
        "group.write": gettext_lazy("向工作队成员发了消息"),
        "group.make": gettext_lazy("成立了工作队"),
        "placement.print_change_form": gettext_lazy("下载了期限变更审批表"),
        "placement.record_formalities": gettext_lazy("登记了组织关系和任免手续"),
        "placement.record_arrival": gettext_lazy("填写了报到回执"),
        "placement.reopen_placement": gettext_lazy("撤销了办结"),
        "placement.set_term": gettext_lazy("调整了挂职期限"),
        "placement.start_placement": gettext_lazy("登记了报到"),
        "statistics.export": gettext_lazy("导出了挂职工作统计表"),
        "statistics.keep_form": gettext_lazy("上传了上级表样"),
        "statistics.fill_form": gettext_lazy("按上级表样导出了统计"),
        "statistics.freeze": gettext_lazy("保存了统计上报稿"),
        "placements.export_contacts": gettext_lazy("导出了通讯录"),
        "placements.export": gettext_lazy("导出了挂职名单"),
    },
    details={
        "decision_number": gettext_lazy("决定文号"),
        "dissolved_on": gettext_lazy("解散日期"),
        "team": gettext_lazy("编组"),
        "exceptions": gettext_lazy("批准的例外"),
        "destination": gettext_lazy("去向"),
        "ending": gettext_lazy("结束方式"),
        "last_day": gettext_lazy("最后一天"),
        "notice_number": gettext_lazy("通知文号"),
        "report_by": gettext_lazy("报到期限"),
        "first": gettext_lazy("统计起始日期"),
        "last": gettext_lazy("统计截止日期"),
        "reported_on": gettext_lazy("报到日期"),
    },
)
