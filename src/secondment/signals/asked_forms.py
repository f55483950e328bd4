"""What early signs ask: one question to the office that can answer, and the department's word."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.signals import forms

ASKED_FORMS = [
    AskedForm(
        code="signals.answer",
        label=_("预警提示答复"),
        role=Role.HOST_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.SECONDEE),
        basis=_("《个人信息保护法》第五十五条"),
        replaces=_("电话核实、书面说明"),
        forms=(forms.AnswerForm,),
        also=(forms.CloseForm, forms.OwnForm, forms.ShowForm, forms.UseForm),
        characters=40,
        known=6,
        acts=("sign.answer",),
        reads=("sign.read", "sign.close"),
    ),
]
