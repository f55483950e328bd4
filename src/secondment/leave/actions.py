"""What acts of leave are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "leave_request.ask": gettext_lazy("申请了请假"),
        "leave_request.grant": gettext_lazy("同意了请假"),
        "leave_request.refuse": gettext_lazy("没有同意请假"),
        "leave_request.withdraw": gettext_lazy("撤回了请假申请"),
        "leave_request.cancel": gettext_lazy("撤销了请假"),
        "leave_request.return": gettext_lazy("办理了销假"),
        "leave_request.undo_return": gettext_lazy("撤回了销假"),
        "leave_request.excuse": gettext_lazy("认定了逾期有正当理由"),
        "leave_request.outlast": gettext_lazy("因挂职期限变更关闭了请假"),
        "leave_request.follow_term": gettext_lazy("按变更后的挂职期限重算了请假台账"),
        "leave_request.reveal_reason": gettext_lazy("查看了请假事由"),
        "leave_request.print": gettext_lazy("下载了请假单"),
        "leave_review.give": gettext_lazy("处理了请假提示"),
        "leave_stand_in.name": gettext_lazy("委托了请假代批"),
        "leave_stand_in.accept": gettext_lazy("接受了请假代批"),
        "leave_stand_in.end": gettext_lazy("终止了请假代批"),
        "leave.export": gettext_lazy("导出了请假清单"),
        "leave.export_month": gettext_lazy("导出了在岗情况"),
        "leave.export_sheet": gettext_lazy("下载了请假汇总表"),
    },
    details={
        "office": gettext_lazy("审批单位"),
        "days": gettext_lazy("天数"),
        "day": gettext_lazy("返岗日期"),
    },
)
