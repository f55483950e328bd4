"""What actions on units are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "unit.change": gettext_lazy("修改了单位"),
        "unit.close": gettext_lazy("停用了单位"),
        "unit.create": gettext_lazy("新建了单位"),
        "unit.move": gettext_lazy("划转了单位"),
        "unit.reopen": gettext_lazy("恢复了单位"),
    },
)
