"""What acts of reviews and appeals are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "appeal.file": gettext_lazy("登记了复核或申诉"),
        "appeal.withdraw": gettext_lazy("撤回了复核或申诉"),
        "appeal.extend": gettext_lazy("延长了申诉的办理期限"),
        "appeal.decide": gettext_lazy("登记了复核或申诉的决定"),
        "appeal.receive": gettext_lazy("签收了复核或申诉的决定"),
        "appeal.export": gettext_lazy("导出了复核申诉登记簿"),
        "appeal.export_letter": gettext_lazy("下载了复核或申诉决定书"),
        "appeal.export_notice": gettext_lazy("下载了考核结果告知书"),
        "appeal.export_form": gettext_lazy("下载了考核表格"),
        "appeal.recompute": gettext_lazy("重新计算了测评结果"),
        "appeal.issue_version": gettext_lazy("以重新计算的结果更正了得分"),
        "proof.ask": gettext_lazy("提出了公开验证"),
        "proof.open": gettext_lazy("开启了公开验证材料"),
        "proof.export": gettext_lazy("下载了公开验证材料"),
    },
    details={"recipient": gettext_lazy("接收人")},
)
