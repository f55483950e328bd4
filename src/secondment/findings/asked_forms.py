"""What findings ask; nobody is reminded of them."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.findings import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="findings.finding",
        label=_("评语依据"),
        role=Role.HOST_UNIT,
        readers=(Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.SECONDEE),
        basis=_("自愿填写，不催办"),
        replaces=_("纸质考核材料、佐证材料"),
        forms=(forms.FindingForm,),
        also=(forms.WithdrawForm,),
        known=3,
        acts=("findings.write", "findings.correct"),
        reads=("findings.print", "findings.export"),
    ),
]
