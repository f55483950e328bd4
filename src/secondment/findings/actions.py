"""What actions on findings are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "findings.write": gettext_lazy("填写了评语及事实依据"),
        "findings.correct": gettext_lazy("更正了评语及事实依据"),
        "findings.withdraw": gettext_lazy("撤回了评语"),
        "findings.print": gettext_lazy("打印了评语依据"),
        "findings.export": gettext_lazy("导出了评语依据"),
    }
)
