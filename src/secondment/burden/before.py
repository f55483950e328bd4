"""Before a programme asks for more (减负一致性评估): what a new version costs each role, shown first, and refused over the budget."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.burden.budgets import allowed_for, excesses, rounded
from secondment.burden.choices import ROLES
from secondment.burden.cost import loads_of, minutes_by_role
from secondment.burden.queries import abolished
from secondment.burden.services.errors import OverBudgetError
from secondment.burden.words import excess_words
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.ports import register_before_publishing
from secondment.common.sentences import joined_sentences


def cost_of_change(latest: ProgrammeVersion, parameters: ProgrammeParameters) -> list[str]:
    """A line a role whose minutes change."""
    before = minutes_by_role(loads_of(latest.parameters))
    after = minutes_by_role(loads_of(to_json(parameters), off=abolished()))
    allowed = allowed_for(latest.programme)
    return [
        _("%(role)s：每名挂职干部每年 %(old)d 分钟，改为 %(new)d 分钟（预算 %(budget)d 分钟）")
        % {
            "role": role.label,
            "old": rounded(before.get(role, 0.0)),
            "new": rounded(after.get(role, 0.0)),
            "budget": allowed[role],
        }
        for role in ROLES
        if rounded(before.get(role, 0.0)) != rounded(after.get(role, 0.0))
    ]


def refuse_over_budget(
    programme: Programme, latest: ProgrammeVersion, parameters: ProgrammeParameters
) -> None:
    """More than the budget of a role is let through by a named leader only; what asks for no more than before passes."""
    before = minutes_by_role(loads_of(latest.parameters))
    after = minutes_by_role(loads_of(to_json(parameters), off=abolished()))
    risen = {role: minutes for role, minutes in after.items() if minutes > before.get(role, 0.0)}
    over = excesses(risen, allowed_for(programme))
    if over:
        first = over[0]
        query = urlencode({"role": first.role.value, "minutes": rounded(first.minutes)})
        raise OverBudgetError(
            _("%(excess)s，不能发布。请减少频次；确有必要的，由领导书面同意后登记放行，再发布。")
            % {"excess": joined_sentences(excess_words(one) for one in over)},
            basis=_("《整治形式主义为基层减负若干规定》"),
            way=(_("登记放行"), f"{reverse('burden:let_through', args=[programme.pk])}?{query}"),
        )


register_before_publishing(cost_of_change, refuse_over_budget)
