"""What actions on places are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "handover.confirm": gettext_lazy("确认接手了交接事项"),
        "handover.settle": gettext_lazy("办理了事项交接"),
        "handover.take_back": gettext_lazy("撤回了事项交接"),
        "place.add_contact": gettext_lazy("添加了挂职地联系人"),
        "place.download": gettext_lazy("下载了村情或单位概况"),
        "place.end_category": gettext_lazy("登记了退出类别"),
        "place.end_contact": gettext_lazy("移除了挂职地联系人"),
        "place.enter_category": gettext_lazy("登记了列入类别"),
        "place.keep_file": gettext_lazy("上传了村情或单位概况"),
        "place.write": gettext_lazy("更新了挂职地情况"),
        "places.export": gettext_lazy("导出了挂职地名单"),
        "promise.close": gettext_lazy("了结了承诺事项"),
        "promise.note": gettext_lazy("登记了承诺事项"),
    }
)
