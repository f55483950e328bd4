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
    "campaign.create": gettext_lazy("新建了批次"),
    "campaign.rank_candidates": gettext_lazy("填写了对人选的意向"),
    "matching_run.start": gettext_lazy("开始了匹配计算"),
    "nomination.create": gettext_lazy("推荐了人选"),
    "people.export_identities": gettext_lazy("导出了含身份证号的名册"),
    "people.export_list": gettext_lazy("导出了干部名册"),
    "person.create": gettext_lazy("新增了干部"),
    "person.edit": gettext_lazy("修改了干部信息"),
    "person.export_form": gettext_lazy("导出了任免审批表"),
    "person.find_identity": gettext_lazy("按身份证号查找了干部"),
    "person.reveal_health": gettext_lazy("查看了健康情况"),
    "person.reveal_identity": gettext_lazy("查看了身份证号"),
    "post.change": gettext_lazy("修改了岗位需求"),
    "post.create": gettext_lazy("新建了岗位需求"),
    "programme.publish": gettext_lazy("发布了项目参数"),
    "roster.import": gettext_lazy("导入了名册"),
    "roster.upload": gettext_lazy("上传了名册"),
    "roster.withdraw": gettext_lazy("撤回了名册导入"),
    "unit.create": gettext_lazy("新建了单位"),
    "unit.move": gettext_lazy("移动了单位"),
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
