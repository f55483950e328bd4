"""What the unit tree asks."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.directory import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="directory.unit",
        label=_("单位信息"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.HOST_UNIT,
            Role.HOME_UNIT,
        ),
        basis=_("机构编制文件"),
        replaces=_("单位名录报表"),
        forms=(forms.UnitForm,),
        also=(forms.MoveForm,),
        fields=5,
        characters=24,
        acts=("unit.create", "unit.change"),
        reads=("unit.export",),
    ),
]
