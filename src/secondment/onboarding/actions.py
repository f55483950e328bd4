"""What actions on batches of accounts are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "batch.ask": gettext_lazy("申请批量开设账号"),
        "batch.confirm": gettext_lazy("确认批量开设账号"),
        "batch.decline": gettext_lazy("退回批量开设账号"),
        "batch.print": gettext_lazy("打印了账号单"),
        "batch.renew": gettext_lazy("重新生成了一次性密码"),
        "beginning.claim": gettext_lazy("用开始码打开了首次启用"),
        "beginning.finish": gettext_lazy("完成首次启用"),
    }
)
