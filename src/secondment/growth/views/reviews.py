"""Nominees and their reviews; one page a nominee."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.campaigns.models import Nomination
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.growth import services
from secondment.growth.forms import RaterForm, ReviewForm, rater_forms
from secondment.growth.lists import REVIEWS
from secondment.growth.models import AbilityReview
from secondment.growth.parameters import least_raters
from secondment.growth.queries import given, still_to_give, visible_to
from secondment.growth.reading import before_of
from secondment.growth.rules import GROUP_READERS, may_give
from secondment.growth.scale import Scale, scale_for, scale_of
from secondment.people.choices import Ability

READERS = (Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER)


def review_list(request: SignedInRequest) -> HttpResponse:
    """Nominees, and whose review is still to come."""
    require(has_role(request.user, *READERS))
    rows = visible_to(request.user)
    context = {
        "n_missing": still_to_give(rows).count(),
        "reads_groups": has_role(request.user, *GROUP_READERS),
        "may_import": has_role(request.user, Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT),
    }
    return REVIEWS.respond(
        request,
        rows,
        "growth/review_list.html",
        context,
        on_export=exporting(request, "growth.export", request.user),
    )


def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One nominee: who said what, and, as long as nothing is decided, the rows to say it in."""
    nomination: Nomination = get_object_or_404(visible_to(request.user), pk=pk)
    before: AbilityReview | None = getattr(nomination, "ability_review", None)
    is_given = may_give(request.user, nomination)
    if request.method == "POST":
        require(is_given)
    scale, known = scale_for(nomination), given(before) if before else []
    data = request.POST or None
    form = ReviewForm(
        data,
        is_correction=before is not None,
        initial={"rated_on": timezone.localdate() if before is None else None},
    )
    rows = rater_forms(data, scale, known, least=least_raters(nomination.campaign))
    is_sound = [one.is_valid() for one in (form, *rows)]
    if request.method == "POST" and all(is_sound):
        made = attempt(form, lambda: _give(request, nomination, form, rows))
        if made is not None:
            messages.success(request, _("能力评议已登记，结果已写入干部信息。"))
            return redirect("growth:review", pk)
    context = {
        "nomination": nomination,
        "before": before,
        "form": form,
        "rows": rows,
        "labels": [str(label) for label in Ability.labels],
        "lines": _lines(before, known) if before else [],
        "may_give": is_given,
        "scale": scale,
        "anchors": _anchors(scale),
        "least": least_raters(nomination.campaign),
    }
    return render(request, "growth/review.html", context)


def _give(
    request: SignedInRequest, nomination: Nomination, form: ReviewForm, rows: list[RaterForm]
) -> AbilityReview:
    raters = [one.rater() for one in rows if one.is_filled]
    return services.give_abilities(
        nomination,
        raters,
        rated_on=form.cleaned_data["rated_on"],
        correction=form.cleaned_data.get("correction", ""),
        **acting_today(request),
    )


def _anchors(scale: Scale) -> list[tuple[str, list[tuple[str, str]]]]:
    """The anchors of each ability that has some, from the highest level down."""
    return [
        (str(label), list(reversed(list(zip(scale.names, scale.anchors[key], strict=False)))))
        for key, label in Ability.choices
        if scale.anchors.get(key)
    ]


def _lines(review: AbilityReview, known: list[services.Rater]) -> list[dict[str, Any]]:
    """Who gave which level, in words, and the means with how sure they are."""
    names = scale_of(review.standard).names
    means = before_of(review)
    raters = [
        {"name": one.name, "duty": one.duty, "cells": [names[one.levels[key] - 1] for key in Ability.values]}
        for one in known
    ]
    cells = [f"{means[key].mean:.1f} ± {means[key].se:.1f}" for key in Ability.values]
    return [*raters, {"name": _("平均（百分制）"), "duty": "", "cells": cells}]
