"""What acts of measurement are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "measurement.start": gettext_lazy("发起了测评计算"),
        "measurement.finish": gettext_lazy("完成了测评计算"),
        "measurement.export": gettext_lazy("导出了测评计算结果"),
        "measurement.export_inputs": gettext_lazy("导出了测评计算的输入数据"),
    },
    details={"model": gettext_lazy("计算方法"), "inputs": gettext_lazy("输入数据摘要")},
)
