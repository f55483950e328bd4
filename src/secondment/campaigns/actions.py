"""What actions on campaigns are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "campaign.add_posts": gettext_lazy("选入了岗位"),
        "campaign.cancel_campaign": gettext_lazy("取消了批次"),
        "campaign.change": gettext_lazy("修改了批次"),
        "campaign.change_priority": gettext_lazy("调整了岗位优先级"),
        "campaign.check_eligibility": gettext_lazy("进行了资格审查"),
        "campaign.close_nominations": gettext_lazy("截止了推荐"),
        "campaign.create": gettext_lazy("新建了批次"),
        "campaign.decide_campaign": gettext_lazy("登记了集体决定"),
        "campaign.decide_urgently": gettext_lazy("登记了应急决定"),
        "campaign.dispatch_campaign": gettext_lazy("派出了批次"),
        "campaign.form_team": gettext_lazy("调整了岗位编组"),
        "campaign.look_findings": gettext_lazy("查看了批次的资格审查结果"),
        "campaign.open_campaign": gettext_lazy("开放了推荐"),
        "campaign.publish_notification": gettext_lazy("发布了公示"),
        "campaign.rank_candidates": gettext_lazy("填写了对人选的意向"),
        "campaign.remove_posts": gettext_lazy("移出了岗位"),
        "campaign.reopen_nominations": gettext_lazy("重新开放了推荐"),
        "campaign.resume_review": gettext_lazy("退回了审查"),
        "campaign.set_quotas": gettext_lazy("设定了名额"),
        "campaign.share_candidates": gettext_lazy("向接收单位提供了人选"),
        "campaign.start_consultation": gettext_lazy("开始了征求意见"),
        "campaign.unshare_candidates": gettext_lazy("停止向接收单位提供人选"),
        "finding.export": gettext_lazy("导出了资格审查结果"),
        "nomination.create": gettext_lazy("推荐了人选"),
        "nomination.exempt": gettext_lazy("登记了资格例外"),
        "nomination.export": gettext_lazy("导出了推荐名单"),
        "nomination.print_form": gettext_lazy("下载了推荐登记表"),
        "nomination.revoke_exemption": gettext_lazy("撤销了资格例外"),
        "nomination.state_preferences": gettext_lazy("填报了志愿"),
        "nomination.withdraw": gettext_lazy("撤回了推荐"),
        "person.look_findings": gettext_lazy("查看了资格审查结果"),
        "programme.publish": gettext_lazy("发布了项目参数"),
    },
    details={
        "document": gettext_lazy("文号"),
        "blocked": gettext_lazy("资格不符"),
        "warned": gettext_lazy("需核实"),
        "priority": gettext_lazy("优先级"),
        "units": gettext_lazy("单位数"),
        "asked": gettext_lazy("名额"),
        "preferences": gettext_lazy("志愿数"),
        "on_behalf": gettext_lazy("代填"),
        "rule": gettext_lazy("规则"),
    },
)
