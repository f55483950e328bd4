"""What actions on the trail itself are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "audit.export": gettext_lazy("导出了审计记录"),
        "audit.verify": gettext_lazy("校验了审计记录"),
    },
    details={
        "n_events": gettext_lazy("记录数"),
        "n_links": gettext_lazy("已入链"),
        "n_faults": gettext_lazy("问题数"),
        "faults": gettext_lazy("问题"),
    },
)
