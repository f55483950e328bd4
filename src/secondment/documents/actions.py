"""What actions on files are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "file_layout.choose": gettext_lazy("选择了文件的列"),
        "paper.download": gettext_lazy("下载了盖章扫描件"),
        "paper.export": gettext_lazy("导出了盖章件名单"),
        "paper.file": gettext_lazy("登记了盖章件"),
        "paper.list": gettext_lazy("列入了待盖章"),
    },
    details={
        "form": gettext_lazy("表"),
        "place": gettext_lazy("纸质存放处"),
        "scan": gettext_lazy("扫描件校验值"),
    },
)
