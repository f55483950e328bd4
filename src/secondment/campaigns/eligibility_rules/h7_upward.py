"""H7 上挂须有计划文号: no one is sent upwards from county level or below without an approved plan number."""

from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Case, Found, Outcome
from secondment.algorithms.eligibility.rules import hits
from secondment.campaigns.eligibility_rules.rule import Rule, Sentence


def check(case: Case) -> Iterator[Found]:
    """Every person from below paired with every upward post, where the campaign has no plan number."""
    is_low = np.array([one.is_county_or_below for one in case.people], dtype=bool)
    is_up = np.array([one.is_up and not case.term.has_plan_number for one in case.posts], dtype=bool)
    return ((person, post, Outcome("no_plan")) for person, post in hits(is_low[:, None] & is_up[None, :]))


RULE = Rule(
    code="H7",
    title=_("上挂须有计划文号"),
    help=_("从县级及以下单位上挂，须有经批准的选派计划文号，防止变相借调。"),
    basis="中办、国办《整治形式主义为基层减负若干规定》；2024年中央一号文件",
    mode="block",
    sections=frozenset(),
    check=check,
    sentences={
        "none": Sentence(_("没有缺少计划文号的上挂")),
        "no_plan": Sentence(
            _("从县级及以下单位上挂，本批次没有选派计划文号"), _("请在批次中填写经批准的选派计划文号。")
        ),
    },
)
