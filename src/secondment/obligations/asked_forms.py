"""What keeping the register of duties asks."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="obligations.excuse",
        label=_("免办"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.HOST_UNIT,
            Role.HOME_UNIT,
        ),
        basis=_("《整治形式主义为基层减负若干规定》"),
        replaces=_("电话说明"),
        forms=(forms.ExcuseForm,),
        also=(forms.HolidayForm,),
        acts=("obligation.excuse",),
        reads=("obligation.export",),
    ),
]
