"""What acts about allowances are called in the trail."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "insurance.record": gettext_lazy("登记了人身意外伤害保险"),
        "insurance.void": gettext_lazy("作废了人身意外伤害保险登记"),
        "health_check.record": gettext_lazy("登记了健康体检"),
        "health_check.void": gettext_lazy("作废了健康体检登记"),
        "trip_count.note": gettext_lazy("登记了往返次数"),
        "fund_year.set": gettext_lazy("登记了驻点工作经费"),
        "fund_spending.record": gettext_lazy("登记了工作经费支出"),
        "fund_spending.void": gettext_lazy("作废了工作经费支出登记"),
        "pay_list.issue": gettext_lazy("出具了补助发放明细"),
        "pay_list.export": gettext_lazy("下载了补助发放明细"),
        "allowances.export": gettext_lazy("导出了保障台账"),
        "allowances.export_lists": gettext_lazy("导出了发放明细清单"),
        "allowances.export_sheet": gettext_lazy("下载了保障汇总表"),
    },
    details={"month": gettext_lazy("月份")},
)
