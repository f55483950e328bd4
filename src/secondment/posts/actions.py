"""What actions on demands for posts are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "post.approve": gettext_lazy("审核通过了岗位需求"),
        "post.change": gettext_lazy("修改了岗位需求"),
        "post.create": gettext_lazy("新建了岗位需求"),
        "post.export": gettext_lazy("导出了岗位需求"),
        "post.print_form": gettext_lazy("下载了岗位需求表"),
        "post.return": gettext_lazy("退回了岗位需求"),
        "post.submit": gettext_lazy("提交了岗位需求"),
        "post.withdraw": gettext_lazy("撤回了岗位需求"),
    },
    details={
        "opinion": gettext_lazy("意见"),
    },
)
