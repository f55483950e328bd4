"""What actions on people are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "people.export_identities": gettext_lazy("导出了含身份证号的名册"),
        "people.export_supplement": gettext_lazy("导出了补充信息表"),
        "people.export_list": gettext_lazy("导出了干部名册"),
        "person.add_ability": gettext_lazy("登记了能力评价"),
        "person.correct_contacts": gettext_lazy("更正了本人的联系方式"),
        "person.create": gettext_lazy("新增了干部"),
        "person.edit": gettext_lazy("修改了干部信息"),
        "person.export_form": gettext_lazy("导出了任免审批表"),
        "person.enter_identity": gettext_lazy("填写了身份证号"),
        "person.find_identity": gettext_lazy("按身份证号查找了干部"),
        "person.link_account": gettext_lazy("关联了本人账号"),
        "person.look_assessment": gettext_lazy("查看了考核情况"),
        "person.look_emergency": gettext_lazy("查看了紧急联系人"),
        "person.look_family": gettext_lazy("查看了家庭情况"),
        "person.look_penalties": gettext_lazy("查看了处分情况"),
        "person.look_photo": gettext_lazy("查看了照片"),
        "person.merge": gettext_lazy("合并了重复录入的人员"),
        "person.open_emergency": gettext_lazy("打开了紧急联系人"),
        "person.reveal_health": gettext_lazy("查看了健康情况"),
        "person.reveal_identity": gettext_lazy("查看了身份证号"),
        "person.set_annual_grade": gettext_lazy("写入了年度考核等次"),
        "person.tell_apart": gettext_lazy("核实了不是同一人"),
        "person.unlink_account": gettext_lazy("解除了本人账号的关联"),
        "person.undo_merge": gettext_lazy("撤销了人员合并"),
        "roster.choose_columns": gettext_lazy("选择了名册的列"),
        "roster.confirm": gettext_lazy("确认了名册导入"),
        "roster.export": gettext_lazy("导出了名册核对明细"),
        "roster.import": gettext_lazy("导入了名册"),
        "roster.upload": gettext_lazy("上传了名册"),
        "roster.withdraw": gettext_lazy("撤回了名册导入"),
    },
    details={
        "year": gettext_lazy("年度"),
        "other": gettext_lazy("另一人编号"),
        "fields": gettext_lazy("修改的栏目"),
        "bytes": gettext_lazy("字节"),
        "ability": gettext_lazy("能力"),
        "found": gettext_lazy("是否查到"),
        "filters": gettext_lazy("筛选条件"),
        "left_out": gettext_lazy("未导入"),
        "leaves_out_refused": gettext_lazy("跳过有问题的人员"),
        "sheet": gettext_lazy("工作表"),
        "of": gettext_lazy("同批份数"),
    },
)
