"""What actions on standards are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "standard.create": gettext_lazy("新建了测评标准"),
        "standard.drop": gettext_lazy("作废了测评标准草稿"),
        "standard.move_indicator": gettext_lazy("调整了指标次序"),
        "standard.recall": gettext_lazy("收回了测评标准"),
        "standard.remove_indicator": gettext_lazy("移除了测评指标"),
        "standard.retire": gettext_lazy("停用了测评标准"),
        "standard.return": gettext_lazy("退回了测评标准"),
        "standard.set_groups": gettext_lazy("设置了评议主体权重"),
        "standard.set_levels": gettext_lazy("设置了评价档次"),
        "standard.set_weights": gettext_lazy("填写了指标权重"),
        "standard.sign": gettext_lazy("签批了测评标准"),
        "standard.start_version": gettext_lazy("开始了测评标准新版"),
        "standard.submit": gettext_lazy("送签了测评标准"),
        "standard.weigh": gettext_lazy("用两两比较确定了权重"),
        "standard.write_indicator": gettext_lazy("填写了测评指标"),
        "standard.write_indicators": gettext_lazy("批量填写了测评指标"),
        "standard.export_workbook": gettext_lazy("下载了测评标准（Excel）"),
        "standard.print_form": gettext_lazy("下载了测评标准（Word）"),
        "standards.export": gettext_lazy("导出了测评标准清单"),
    },
    details={"indicator": gettext_lazy("指标")},
)
