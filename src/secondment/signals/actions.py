"""What acts about early signs are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "sign.raise": gettext_lazy("提出了预警提示"),
        "sign.expire": gettext_lazy("预警提示期满删除"),
        "sign.read": gettext_lazy("查看了预警提示"),
        "sign.read_list": gettext_lazy("查看了预警提示清单"),
        "sign.answer": gettext_lazy("说明了预警提示"),
        "sign.show": gettext_lazy("把预警提示告知了本人"),
        "sign.speak": gettext_lazy("就预警提示作了本人说明"),
        "sign.use": gettext_lazy("使用了预警提示"),
        "sign.close": gettext_lazy("了结了预警提示"),
    },
    details={
        "sign": gettext_lazy("提示事项"),
        "answer": gettext_lazy("说明结论"),
        "use": gettext_lazy("用途"),
        "is_own": gettext_lazy("是否本人填写"),
    },
)
