"""What acts of measurement are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "measurement.start": gettext_lazy("发起了测评计算"),
        "measurement.finish": gettext_lazy("完成了测评计算"),
        "measurement.forecast": gettext_lazy("预估了测评可靠性"),
        "measurement.export": gettext_lazy("导出了测评计算结果"),
    },
    details={
        "model": gettext_lazy("计算方法"),
        "inputs": gettext_lazy("输入数据摘要"),
        "host_raters": gettext_lazy("每人评议人数"),
        "members": gettext_lazy("考核组人数"),
        "members_each": gettext_lazy("每人由几名考核组成员评分"),
        "items": gettext_lazy("评议指标数"),
        "levels": gettext_lazy("评价档次数"),
    },
)
