"""What actions on backups are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "backup.make_key": gettext_lazy("生成了恢复密钥"),
        "backup.make": gettext_lazy("完成了备份"),
        "backup.drill": gettext_lazy("完成了恢复演练"),
    }
)
