"""What actions on yearly assessments are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "assessment.open": gettext_lazy("开展了年度考核"),
        "assessment.refresh": gettext_lazy("更新了年度考核名册"),
        "assessment.withdraw": gettext_lazy("撤销了年度考核名册"),
        "assessment.give_opinion": gettext_lazy("填报了考核意见"),
        "assessment.change_pool": gettext_lazy("调整了优秀名额分组"),
        "assessment.set_basis": gettext_lazy("登记了优秀比例依据"),
        "assessment.remove": gettext_lazy("移出了年度考核名册"),
        "assessment.settle": gettext_lazy("重新核对了年度考核"),
        "assessment.record_decision": gettext_lazy("登记了等次决定"),
        "assessment.confirm_decision": gettext_lazy("复核了等次决定"),
        "assessment.return_decision": gettext_lazy("退回了等次决定"),
        "assessment.post_decision": gettext_lazy("公示了优秀等次"),
        "assessment.enforce_decision": gettext_lazy("公布了考核等次"),
        "assessment.receive": gettext_lazy("签收了考核结果"),
        "assessment.print_form": gettext_lazy("打印了年度考核登记表"),
        "assessment.export": gettext_lazy("导出了年度考核名册"),
        "assessment.export_letter": gettext_lazy("下载了优秀等次公示"),
        "assessment.record_quantity": gettext_lazy("登记了量化指标值"),
        "assessment.remove_quantity": gettext_lazy("撤回了量化指标值"),
        "assessment.state_fact": gettext_lazy("认定了门槛或否决事项"),
        "assessment.withdraw_statement": gettext_lazy("撤回了门槛或否决事项的认定"),
        "assessment.export_quantities": gettext_lazy("导出了量化指标汇总表"),
        "assessment.calculate_table": gettext_lazy("计算了评定表"),
        "assessment.hold_table": gettext_lazy("确认了评定表仍然适用"),
        "assessment.compare": gettext_lazy("登记了两两比较意见"),
        "assessment.export_minutes": gettext_lazy("下载了等次评定会议纪要"),
        "summary.write": gettext_lazy("提交了年度个人总结"),
        "summary.correct": gettext_lazy("更正了年度个人总结"),
        "summary.read": gettext_lazy("查阅了年度个人总结"),
        "summary.return": gettext_lazy("退回了年度个人总结"),
        "summary.print": gettext_lazy("打印了年度个人总结"),
        "summary.export": gettext_lazy("导出了年度个人总结"),
        "summary.export_sheet": gettext_lazy("下载了个人总结汇总表"),
    },
    details={
        "side": gettext_lazy("意见单位"),
        "basis": gettext_lazy("比例依据"),
        "backing": gettext_lazy("核实程度"),
        "adverse": gettext_lazy("不利情形"),
        "posted_from": gettext_lazy("公示开始"),
        "posted_until": gettext_lazy("公示结束"),
    },
)
