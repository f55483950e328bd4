"""What reviews of abilities ask of home units."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.growth import forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="growth.review",
        label=_("能力评议"),
        role=Role.HOME_UNIT,
        readers=(Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER),
        basis=_("挂职工作方案：用于岗位匹配和挂职前后比较，每次推荐一次"),
        replaces=_("推荐材料中的能力鉴定文字"),
        forms=(forms.ReviewForm, forms.RaterForm),
        known=4,
        fields=22,
        characters=24,
        acts=("growth.give",),
        reads=("growth.export",),
    ),
]
