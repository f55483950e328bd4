"""Cells of the list of pairs: hundreds of parts a page, so written as strings."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.common.display import NOTHING
from secondment.common.templatetags.components import icon
from secondment.matching.evidence import neutral_of
from secondment.matching.figures import points_text, signed_text
from secondment.matching.models import ProposalPair


def pair_url(pair: ProposalPair) -> str:
    """The page that explains a pair."""
    return reverse("matching:pair_detail", args=[pair.proposal_id, pair.pk])


def host_cell(pair: ProposalPair) -> SafeString:
    """The host unit, and where it is."""
    post = pair.campaign_post.post
    if not post.region:
        return format_html("{}", post.host_unit)
    return format_html('{}<br><span class="text-soft">{}</span>', post.host_unit, post.region.full_name)


def person_cell(pair: ProposalPair) -> SafeString:
    """The person, with the handle that moves it."""
    name = pair.nomination.person.name
    return format_html(
        '<span class="person-cell"><button class="person-pick" type="button" aria-pressed="false" aria-label="{}">'
        '{}</button><a class="row-title person-chip" href="{}" data-person="{}" data-post="{}">{}</a></span>',
        _("移动%(name)s") % {"name": name},
        icon("grip-vertical"),
        pair_url(pair),
        pair.nomination_id,
        pair.campaign_post_id,
        name,
    )


def score_cell(pair: ProposalPair) -> SafeString:
    """The fit as bar and figure; its components open below."""
    neutral = neutral_of(pair.proposal.run) or {}
    parts = format_html_join(
        "",
        "<div><dt>{}</dt><dd>{}</dd></div>",
        (
            (label, _points(pair.components.get(key), neutral.get(key)))
            for key, label in WEIGHT_LABELS.items()
        ),
    )
    return format_html(
        '<details class="fit"><summary><span class="progress-cell"><progress max="1" value="{}"></progress>'
        '<span class="progress-figure">{}</span></span></summary><dl>{}</dl></details>',
        f"{pair.score:.4f}",  # as HTML wants it, whatever the language
        points_text(pair.score),
        parts,
    )


def alternatives_cell(pair: ProposalPair) -> SafeString:
    """The next candidates, and what the plan would lose with each."""
    if not pair.alternatives:
        return format_html('<span class="text-soft">{}</span>', _("无"))
    return format_html_join(
        "",
        '<span class="next-person">{} <span class="text-soft">{}</span></span>',
        ((one["name"], _price(one)) for one in pair.alternatives),
    )


def _price(one: Mapping[str, Any]) -> str:
    loss, n_places = one["loss"], one["n_places"]
    if loss is None:
        return _("匹配度 %(n)s") % {"n": points_text(one["score"])}
    if n_places > 0:
        return _("少填补 %(n)s 岗") % {"n": n_places}
    return signed_text(-max(loss, 0.0))


def _points(score: float | None, neutral: float | None) -> str:
    """A component in points; one that could not be judged at its neutral value, and marked."""
    if score is not None:
        return points_text(score)
    return NOTHING if neutral is None else _("%(n)s（中性值）") % {"n": points_text(neutral)}
