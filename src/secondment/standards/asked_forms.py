"""What standards ask."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.standards import forms

ASKED_FORMS = [
    AskedForm(
        code="standards.standard",
        label=_("测评标准"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.HOME_UNIT,
            Role.HOST_UNIT,
            Role.SECONDEE,
            Role.LEADER,
        ),
        basis=_("《党政领导干部考核工作条例》"),
        replaces=_("纸质考核办法附表"),
        forms=(forms.StandardForm,),
        also=(
            forms.IndicatorForm,
            forms.WeightsForm,
            forms.LevelsForm,
            forms.GroupsForm,
            forms.ComparisonForm,
            forms.ReasonForm,
        ),
        fields=5,
        characters=20,
        acts=("standard.submit",),
        reads=("standard.print_form", "standard.export_workbook"),
    ),
]
