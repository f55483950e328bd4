"""What actions on the demo are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "account.disable_demo": gettext_lazy("停用了演示账号"),
        "campaign.load_demo": gettext_lazy("载入了演示批次"),
    },
    details={
        "nominations": gettext_lazy("推荐"),
    },
)
