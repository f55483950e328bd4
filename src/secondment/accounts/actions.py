"""What actions on accounts are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "account.ask": gettext_lazy("申请办理须两人办理的账号事项"),
        "account.change_password": gettext_lazy("修改了自己的密码"),
        "account.create": gettext_lazy("开设了账号"),
        "account.decline": gettext_lazy("退回了账号申请"),
        "account.disable": gettext_lazy("停用了账号"),
        "account.disable_unused": gettext_lazy("停用了长期不用的账号"),
        "account.enable": gettext_lazy("启用了账号"),
        "account.export": gettext_lazy("导出了账号名单"),
        "account.hand_over": gettext_lazy("移交了工作"),
        "account.grant_role": gettext_lazy("授予了角色"),
        "account.miss": gettext_lazy("打开了不存在或无权查看的页面"),
        "account.recover": gettext_lazy("在服务器上恢复了账号"),
        "account.refuse": gettext_lazy("办理无权办理的事项"),
        "account.reset_password": gettext_lazy("重置了密码"),
        "account.revoke_role": gettext_lazy("收回了角色"),
        "account.sign_in": gettext_lazy("登录了系统"),
        "account.sign_in_failed": gettext_lazy("登录失败"),
        "account.sign_out": gettext_lazy("退出了系统"),
    },
    details={
        "role": gettext_lazy("角色"),
        "address": gettext_lazy("网络地址"),
        "asked_by": gettext_lazy("申请人"),
        "deed": gettext_lazy("办理事项"),
        "unused_days": gettext_lazy("未使用天数"),
        "hour": gettext_lazy("时段"),
        "successor": gettext_lazy("接任人"),
        "passed": gettext_lazy("已移交"),
        "by_role": gettext_lazy("随角色接续"),
        "left": gettext_lazy("不能移交"),
    },
)
