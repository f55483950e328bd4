"""What actions on the directory of units are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "unit.export": gettext_lazy("导出了单位名单"),
    },
)
