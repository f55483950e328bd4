"""What posts ask of host units."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.posts import forms

ASKED_FORMS = [
    AskedForm(
        code="posts.demand",
        label=_("岗位需求表"),
        role=Role.HOST_UNIT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.HOME_UNIT,
        ),
        basis=_("挂职批次征集岗位"),
        replaces=_("纸质岗位需求表"),
        forms=(forms.PostTaskForm,),
        also=(forms.PostForm, forms.ReturnForm, forms.VillagesForm, forms.VillagesConfirmForm),
        fields=14,
        characters=160,
        known=4,
        acts=("post.submit",),
        reads=("post.approve", "post.return", "post.export", "post.print_form"),
    ),
]
