"""What task books ask."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.obligations.register import AskedForm
from secondment.task_books import forms

ASKED_FORMS = [
    AskedForm(
        code="task_books.draft",
        label=_("目标任务书"),
        role=Role.HOST_UNIT,
        readers=(
            Role.SECONDEE,
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("挂职项目设定的周期"),
        replaces=_("纸质任务书及变更附件"),
        forms=(forms.TaskForm,),
        also=(forms.DraftForm, forms.ReasonForm, forms.ProposalForm),
        known=4,
        acts=("task_book.send",),
        reads=("task_book.print_form", "task_books.export", "task_book.sign"),
    ),
    AskedForm(
        code="task_books.division",
        label=_("分工和权限"),
        role=Role.HOST_UNIT,
        readers=(
            Role.SECONDEE,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("项目规定：报到后按期明确分工"),
        replaces=_("纸质分工文件"),
        forms=(forms.DivisionForm,),
        known=2,
        acts=("division_of_work.write",),
    ),
    AskedForm(
        code="task_books.recusal",
        label=_("公务回避申报"),
        role=Role.SECONDEE,
        readers=(Role.ORGANISATION_DEPARTMENT,),
        basis=_("《公务员法》第七十六条、第七十七条"),
        replaces=_("纸质回避承诺书"),
        forms=(forms.RecusalForm,),
        characters=0,
        fields=1,
        acts=("recusal.declare_nothing", "recusal.declare_matters"),
        reads=("recusal.read_facts",),
    ),
]
