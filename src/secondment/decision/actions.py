"""What actions on decisions are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "campaign.download_notification": gettext_lazy("下载了公示文稿"),
        "campaign.consult_afterwards": gettext_lazy("派出后补征求意见"),
        "campaign.notify_afterwards": gettext_lazy("派出后补公示"),
        "campaign.record_minutes": gettext_lazy("登记了会议纪要"),
        "consultation.export": gettext_lazy("导出了征求意见情况"),
        "consultation.handle_objection": gettext_lazy("处理了不同意见"),
        "person_reply.give": gettext_lazy("对人选作了答复"),
        "consultation.reply": gettext_lazy("答复了征求意见"),
        "notification.record_objection": gettext_lazy("登记了公示异议"),
        "notification.resolve_objection": gettext_lazy("处理了公示异议"),
        "campaign.publish_results": gettext_lazy("公布了选派结果"),
        "campaign.export_decision": gettext_lazy("导出了集体决定明细"),
        "campaign.correct_decision": gettext_lazy("更正了集体决定"),
        "proposal.record_talks": gettext_lazy("登记了任前谈话"),
    },
    details={
        "number": gettext_lazy("文号"),
        "meeting": gettext_lazy("会议"),
        "withdrawn_on": gettext_lazy("撤回日期"),
        "n_sent": gettext_lazy("派出人数"),
        "reply": gettext_lazy("答复"),
    },
)
