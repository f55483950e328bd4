"""Take in what named raters of the home unit say of a nominee's abilities, and write the results into the file."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Nomination
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.common.sentences import joined_sentences
from secondment.files.names import clean_name
from secondment.growth.drafts import ABILITIES, Rater, faults_of
from secondment.growth.errors import ReviewError
from secondment.growth.models import AbilityMark, AbilityReview
from secondment.growth.queries import given
from secondment.growth.rules import may_give
from secondment.growth.scale import Scale, scale_for
from secondment.people.choices import AbilitySource
from secondment.people.services.persons import add_ability

__all__ = ["Rater", "give_abilities"]


@transaction.atomic
def give_abilities(
    nomination: Nomination,
    raters: Sequence[Rater],
    *,
    rated_on: dt.date,
    correction: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> AbilityReview:
    """Write down who gave which level; the means go into the file, from which matching reads them.

    The same review again changes nothing; another one is a correction with a reason and a later day, because values
    of abilities are added and never overwritten. Raises `ReviewError`.
    """
    row = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("campaign__owner_unit", "campaign__programme_version", "person__unit", "home_unit")
        .get(pk=nomination.pk)
    )
    require(may_give(by, row), _("能力评议由派出单位或其组织部门登记，集体决定前办理，不能登记本人的。"))
    raters = [Rater(clean_name(one.name), one.duty.strip(), one.levels) for one in raters]
    before = AbilityReview.objects.filter(nomination=row).first()
    if before is not None and before.rated_on == rated_on and given(before) == raters:
        return before
    scale = scale_for(row)
    for field, fault in faults_of(row, raters, scale, rated_on=rated_on, on=on, before=before):
        raise ReviewError(joined_sentences([told_whole(fault)]), field=field)
    if before is not None and not correction.strip():
        raise ReviewError(_("请写明更正的理由。"), field="correction")
    review = before or AbilityReview(nomination=row)
    review.version += before is not None
    review.standard, review.rated_on, review.correction = scale.standard, rated_on, correction.strip()
    review.recorded_by, review.recorded_at = by, at
    review.save()
    _write_marks(review, raters)
    _write_values(row, raters, scale, rated_on, by=by, at=at)
    details = {"n": len(raters)} | ({"reason": review.correction} if before else {})
    record("growth.correct" if before else "growth.give", review, by=by, at=at, details=details)
    return review


def means_of(raters: Sequence[Rater], scale: Scale) -> Mapping[str, int]:
    """Whole points for each ability, halves upwards."""
    return {
        key: int(sum(scale.scores[one.levels[key] - 1] for one in raters) / len(raters) + 0.5)
        for key in ABILITIES
    }


def _write_marks(review: AbilityReview, raters: Sequence[Rater]) -> None:
    review.marks.all().delete()
    AbilityMark.objects.bulk_create(
        AbilityMark(review=review, rater=one.name, duty=one.duty, ability=key, level=one.levels[key])
        for one in raters
        for key in ABILITIES
    )


def _write_values(
    nomination: Nomination,
    raters: Sequence[Rater],
    scale: Scale,
    rated_on: dt.date,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    for key, value in means_of(raters, scale).items():
        add_ability(
            nomination.person,
            ability=key,
            value=value,
            source=AbilitySource.ASSESSMENT,
            as_of=rated_on,
            by=by,
            at=at,
        )
