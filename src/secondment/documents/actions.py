"""What actions on files are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "file_layout.choose": gettext_lazy("选择了文件的列"),
    },
)
