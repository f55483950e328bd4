"""What actions on forms and requests are called in the trail, and the names of the details of their events."""

from django.utils.translation import gettext_lazy

from secondment.audit.actions import register_actions

register_actions(
    {
        "burden_request.issue": gettext_lazy("发出了临时报送事项"),
        "burden_request.answer": gettext_lazy("答复了临时报送事项"),
        "burden_request.close": gettext_lazy("结束了临时报送事项"),
        "burden_request.read": gettext_lazy("查阅了临时报送答复"),
        "burden_budget.set": gettext_lazy("设定了减负预算"),
        "burden_programme.let_through": gettext_lazy("登记了超预算放行"),
        "burden_review.decide": gettext_lazy("复核了表单"),
        "burden.export": gettext_lazy("导出了表单清单"),
        "burden.export_requests": gettext_lazy("导出了临时报送事项"),
    },
    details={"leader": gettext_lazy("同意的领导")},
)
