"""What each action of the trail is called in a sentence: 张三 新建了岗位需求 “某岗位”."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.audit.models import AuditEvent

SENTENCES: dict[str, Promise] = {
    "account.change_password": gettext_lazy("修改了自己的密码"),
    "account.create": gettext_lazy("开设了账号"),
    "account.disable": gettext_lazy("停用了账号"),
    "account.enable": gettext_lazy("启用了账号"),
    "account.grant_role": gettext_lazy("授予了角色"),
    "account.reset_password": gettext_lazy("重置了密码"),
    "account.revoke_role": gettext_lazy("收回了角色"),
    "account.sign_in": gettext_lazy("登录了系统"),
    "account.sign_in_failed": gettext_lazy("登录失败"),
    "account.sign_out": gettext_lazy("退出了系统"),
    "audit.export": gettext_lazy("导出了审计记录"),
    "audit.verify": gettext_lazy("校验了审计记录"),
    "campaign.cancel_campaign": gettext_lazy("取消了批次"),
    "campaign.change": gettext_lazy("修改了批次"),
    "campaign.change_priority": gettext_lazy("调整了岗位优先级"),
    "campaign.check_eligibility": gettext_lazy("进行了资格审查"),
    "campaign.close_nominations": gettext_lazy("截止了推荐"),
    "campaign.create": gettext_lazy("新建了批次"),
    "campaign.create_placements": gettext_lazy("按决定生成了挂职"),
    "campaign.decide_campaign": gettext_lazy("登记了集体决定"),
    "campaign.dispatch_campaign": gettext_lazy("派出了批次"),
    "campaign.download_notices": gettext_lazy("下载了挂职通知"),
    "campaign.load_demo": gettext_lazy("载入了演示批次"),
    "campaign.open_campaign": gettext_lazy("开放了推荐"),
    "campaign.publish_notification": gettext_lazy("发布了公示"),
    "campaign.rank_candidates": gettext_lazy("填写了对人选的意向"),
    "campaign.reopen_nominations": gettext_lazy("重新开放了推荐"),
    "campaign.resume_review": gettext_lazy("退回了审查"),
    "campaign.set_quotas": gettext_lazy("设定了名额"),
    "campaign.share_candidates": gettext_lazy("向接收单位提供了人选"),
    "campaign.start_consultation": gettext_lazy("开始了征求意见"),
    "consultation.handle_objection": gettext_lazy("处理了不同意见"),
    "consultation.reply": gettext_lazy("答复了征求意见"),
    "finding.export": gettext_lazy("导出了资格审查结果"),
    "lock.clear": gettext_lazy("取消了锁定"),
    "lock.set": gettext_lazy("锁定或排除了人选"),
    "matching_run.finish": gettext_lazy("完成了匹配计算"),
    "matching_run.start": gettext_lazy("开始了匹配计算"),
    "nomination.create": gettext_lazy("推荐了人选"),
    "nomination.export": gettext_lazy("导出了推荐名单"),
    "nomination.state_preferences": gettext_lazy("填报了志愿"),
    "nomination.withdraw": gettext_lazy("撤回了推荐"),
    "notification.record_objection": gettext_lazy("登记了公示异议"),
    "notification.resolve_objection": gettext_lazy("处理了公示异议"),
    "people.export_identities": gettext_lazy("导出了含身份证号的名册"),
    "people.export_list": gettext_lazy("导出了干部名册"),
    "person.add_ability": gettext_lazy("登记了能力评价"),
    "person.create": gettext_lazy("新增了干部"),
    "person.edit": gettext_lazy("修改了干部信息"),
    "person.export_form": gettext_lazy("导出了任免审批表"),
    "person.find_identity": gettext_lazy("按身份证号查找了干部"),
    "person.reveal_health": gettext_lazy("查看了健康情况"),
    "person.reveal_identity": gettext_lazy("查看了身份证号"),
    "placement.cancel_placement": gettext_lazy("取消了挂职"),
    "placement.download_notice": gettext_lazy("下载了挂职通知"),
    "placement.issue_notice": gettext_lazy("下达了挂职通知"),
    "placement.start_placement": gettext_lazy("登记了报到"),
    "placements.export": gettext_lazy("导出了挂职名单"),
    "post.approve": gettext_lazy("审核通过了岗位需求"),
    "post.change": gettext_lazy("修改了岗位需求"),
    "post.create": gettext_lazy("新建了岗位需求"),
    "post.return": gettext_lazy("退回了岗位需求"),
    "post.submit": gettext_lazy("提交了岗位需求"),
    "post.withdraw": gettext_lazy("撤回了岗位需求"),
    "programme.publish": gettext_lazy("发布了项目参数"),
    "proposal.choose": gettext_lazy("选定了方案"),
    "proposal.copy": gettext_lazy("复制了方案"),
    "proposal.export": gettext_lazy("导出了方案"),
    "proposal.record_talks": gettext_lazy("登记了任前谈话"),
    "roster.confirm": gettext_lazy("确认了名册导入"),
    "roster.import": gettext_lazy("导入了名册"),
    "roster.upload": gettext_lazy("上传了名册"),
    "roster.withdraw": gettext_lazy("撤回了名册导入"),
    "unit.change": gettext_lazy("修改了单位"),
    "unit.close": gettext_lazy("停用了单位"),
    "unit.create": gettext_lazy("新建了单位"),
    "unit.move": gettext_lazy("移动了单位"),
    "unit.reopen": gettext_lazy("恢复了单位"),
}
REFUSED = ".refused"
# Names of what an event says beside the sentence; other names are shown as they are.
DETAILS: dict[str, Promise] = {
    "role": gettext_lazy("角色"),
    "unit": gettext_lazy("单位"),
    "reason": gettext_lazy("原因"),
    "why": gettext_lazy("原因"),
    "from": gettext_lazy("原为"),
    "to": gettext_lazy("改为"),
    "fields": gettext_lazy("修改的栏目"),
    "document": gettext_lazy("文号"),
    "n_rows": gettext_lazy("行数"),
    "n_events": gettext_lazy("记录数"),
    "n_links": gettext_lazy("已入链"),
    "n_faults": gettext_lazy("问题数"),
    "faults": gettext_lazy("问题"),
}


def sentence_of(action: str) -> str:
    """What was done, in words; a refused attempt says so; an unknown action shows its code rather than nothing."""
    base = action.removesuffix(REFUSED)
    words = str(SENTENCES.get(base, base))
    return _("被拒绝：%(words)s") % {"words": words} if action != base else words


def describe(event: AuditEvent) -> str:
    """The whole sentence: who did what to which object."""
    return f"{event.actor_name or _('系统')} {sentence_of(event.action)} “{event.object_label}”"
