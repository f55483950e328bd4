"""Sentences of this room for the audit trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "workforce.export": gettext_lazy("导出了队伍分析"),
        "workforce.export_forecast": gettext_lazy("导出了队伍推算"),
        "workforce.export_people": gettext_lazy("导出了队伍分析的人员名单"),
        "workforce.save_view": gettext_lazy("保存了常用分析"),
        "workforce.delete_view": gettext_lazy("删除了常用分析"),
    }
)
