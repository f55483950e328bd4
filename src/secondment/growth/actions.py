"""What acts on reviews of abilities are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "growth.give": gettext_lazy("登记了能力评议"),
        "growth.correct": gettext_lazy("更正了能力评议"),
        "growth.export": gettext_lazy("导出了能力评议"),
        "growth.export_sheet": gettext_lazy("下载了能力评议表"),
    }
)
