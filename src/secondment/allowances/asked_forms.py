"""What the ledger of support asks of home units."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.allowances import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="allowances.insurance",
        label=_("人身意外伤害保险登记"),
        role=Role.HOME_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.SECONDEE),
        basis=_("挂职项目规定的保障"),
        replaces=_("保险单复印件反复报送"),
        forms=(forms.InsuranceForm,),
        also=(forms.VoidForm,),
        known=3,
        duties=("allowances.insurance",),
        acts=("insurance.record",),
    ),
    AskedForm(
        code="allowances.check",
        label=_("健康体检登记"),
        role=Role.HOME_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.SECONDEE),
        basis=_("挂职项目规定的保障"),
        replaces=_("体检报告复印件"),
        forms=(forms.CheckForm,),
        known=3,
        duties=("allowances.check",),
        acts=("health_check.record",),
    ),
    AskedForm(
        code="allowances.pay_list",
        label=_("补助发放明细"),
        role=Role.HOME_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.SECONDEE),
        basis=_("挂职项目规定的保障"),
        replaces=_("手工计算的发放表"),
        forms=(forms.PayListForm,),
        also=(forms.FundForm, forms.SpendingForm, forms.TripsForm),
        known=12,
        acts=("pay_list.issue",),
        reads=("pay_list.export", "allowances.export_lists"),
    ),
]
