"""What matching asks of organisation departments."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.matching import forms, pair_form
from secondment.matching.side_rules import forms as side_rule_forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="matching.plan",
        label=_("匹配方案"),
        role=Role.ORGANISATION_DEPARTMENT,
        readers=(
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
        ),
        basis=_("人岗相适"),
        replaces=_("手工排名单"),
        also=(
            forms.ChangeForm,
            forms.CopyForm,
            forms.PrincipleForm,
            forms.QuestionForm,
            forms.ReplayForm,
            forms.VersionForm,
            forms.WeightsForm,
            pair_form.PairForm,
            side_rule_forms.SideRuleForm,
        ),
        fields=2,
        characters=20,
        known=30,
        acts=("matching_run.start", "proposal.choose"),
        reads=("proposal.export", "proposal.print", "matching_run.export"),
    ),
]
