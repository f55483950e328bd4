"""What acts around the ballot box are called in the trail; a ballot itself leaves none."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "appraisal.open_voting": gettext_lazy("开启了票箱"),
        "appraisal.close_voting": gettext_lazy("封存了票箱"),
        "appraisal.open_practice": gettext_lazy("开始了投票演练"),
        "appraisal.wipe_practice": gettext_lazy("清除了投票演练"),
        "ballot_paper.issue": gettext_lazy("发出了选票"),
        "ballot_paper.ask_replacement": gettext_lazy("申请了换发选票"),
        "ballot_paper.replace": gettext_lazy("确认了换发选票"),
        "ballot_paper.decline_replacement": gettext_lazy("退回了换发选票的申请"),
    },
    details={
        "papers": gettext_lazy("票种数"),
        "issued": gettext_lazy("发票数"),
        "counted": gettext_lazy("有效票数"),
        "void": gettext_lazy("作废票数"),
        "unused": gettext_lazy("未用票数"),
        "root": gettext_lazy("封存摘要"),
    },
)
