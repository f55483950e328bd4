"""单人挂职: one person is sent without a campaign, under the same rules and with the same notice."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.algorithms.eligibility import Term
from secondment.audit.services import record
from secondment.campaigns.choices import Result
from secondment.campaigns.holding import lapses_of_hosts, lapses_of_people, lapses_of_places
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import ProgrammeVersion
from secondment.campaigns.services.campaigns import check_term
from secondment.campaigns.services.eligibility import findings_of_pair
from secondment.campaigns.shown_findings import ShownFinding
from secondment.common.errors import DomainError, require
from secondment.people.models import Person
from secondment.placements.choices import Origin
from secondment.placements.models import Placement
from secondment.placements.services.errors import TermError
from secondment.placements.services.overlaps import refuse_borrowed, refuse_overlap
from secondment.placements.services.posts import post_for
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.posts.queries import usual_direction
from secondment.units.models import Unit


class NotEligibleError(DomainError):
    """A rule of the programme is not met, and no approval lets it pass."""


@dataclass(frozen=True)
class Single:
    """Who goes where, from when to when, under which programme and decision; `exceptions`: rule → document."""

    person: Person
    host: Unit
    title: str
    version: ProgrammeVersion
    starts_on: dt.date
    ends_on: dt.date
    decision_number: str
    work_mode: str
    purpose: str = ""
    plan_number: str = ""
    exceptions: Mapping[str, str] = field(default_factory=dict)


def findings_of(single: Single, *, on: dt.date) -> list[ShownFinding]:
    """Every rule of the programme that is not met, blocking ones first; nothing is stored."""
    term = Term(single.starts_on, single.ends_on, on, has_plan_number=bool(single.plan_number))
    return findings_of_pair(single.person, _post(single), term, single.version)


@transaction.atomic
def place_single(single: Single, owner: Unit, *, by: User, on: dt.date, at: dt.datetime) -> Placement:
    """Write down what was decided on for one person; the notice follows as for anybody else.

    Raises `NotEligibleError`, `OverlapError`, `TermError`, `TermTooLongError`, `LapsedError`.
    """
    require(covers(by, owner.path, Role.ORGANISATION_DEPARTMENT), _("只有组织部门可以办理单人挂职。"))
    person = Person.objects.select_for_update().get(pk=single.person.pk)
    if single.ends_on <= single.starts_on:
        raise TermError(_("挂职结束日期须晚于开始日期，请改正。"))
    check_term(single.starts_on, single.ends_on, single.version)
    refuse_lapsed([*lapses_of_people([(person, person.unit)]), *lapses_of_hosts([single.host])])
    findings = findings_of(single, on=on)
    _refuse_blocks(single, findings)
    post = post_for(single.host, single.title, single.starts_on, single.ends_on, home=person.unit, by=by)
    refuse_lapsed(lapses_of_places(None, [post], (single.starts_on, single.ends_on)))
    placement = Placement(
        person=person,
        post=post,
        home_unit=person.unit,
        host_unit=single.host,
        programme_version=single.version,
        owner_unit=owner,
        origin=Origin.SINGLE,
        starts_on=single.starts_on,
        ends_on=single.ends_on,
        decision_number=single.decision_number,
        work_mode=single.work_mode,
        purpose=single.purpose,
        exceptions=[{"rule": rule, "document": document} for rule, document in single.exceptions.items()],
    )
    refuse_overlap(placement, single.starts_on, single.ends_on, by=by)
    refuse_borrowed([person.pk], single.starts_on)
    placement.save()
    details = {
        "decision_number": single.decision_number,
        "warned": sorted({one.rule for one in findings if one.result == Result.WARN}),
        "exceptions": dict(single.exceptions),
    }
    record("placement.place_single", placement, by=by, at=at, details=details)
    return placement


def _refuse_blocks(single: Single, findings: list[ShownFinding]) -> None:
    blocks = [one for one in findings if one.result == Result.BLOCK and not single.exceptions.get(one.rule)]
    if blocks:
        reasons = [
            _("%(rule)s：%(fact)s。%(remedy)s") % {"rule": one.title, "fact": one.fact, "remedy": one.remedy}
            for one in blocks
        ]
        raise NotEligibleError("".join(reasons), reasons=reasons, basis=blocks[0].basis)


def _post(single: Single) -> Post:
    """The post as the rules look at it, before it is made."""
    known = Post.objects.filter(host_unit=single.host, title=single.title, state=PostState.APPROVED)
    return known.select_related("host_unit").first() or Post(
        host_unit=single.host,
        title=single.title,
        direction=usual_direction(single.host, single.person.unit),
        region=single.host.region,
        starts_on=single.starts_on,
        ends_on=single.ends_on,
    )
