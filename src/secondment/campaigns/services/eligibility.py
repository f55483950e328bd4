"""Check eligibility: facts to arrays, one call, rows; and the approved exceptions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.eligibility import Finding, Result, Term
from secondment.algorithms.eligibility import check_eligibility as run_check
from secondment.audit.services import record, record_look
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.models import (
    Campaign,
    EligibilityFinding,
    Exemption,
    Nomination,
    ProgrammeVersion,
)
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import from_json
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.rules import may_check, require_may_check, require_may_exempt
from secondment.campaigns.shown_findings import ShownFinding, shown_before
from secondment.campaigns.snapshot import Snapshot, nominated_people, snapshot_of_pair, take_snapshot
from secondment.common.errors import DomainError, require
from secondment.jobs.models import Job
from secondment.jobs.services import start_job
from secondment.people.models import Person
from secondment.posts.models import Post

CHECKED_AT_ONCE = 200
CHECK_JOB = "campaigns.check_eligibility"


class UnknownRuleError(DomainError):
    """An exception names a rule that is not checked here."""


class NothingToExemptError(DomainError):
    """An exception is recorded only where a rule blocks or warns."""


@dataclass(frozen=True)
class CheckSummary:
    """How a check ended: people, and those with at least one block or warning about the person."""

    n_people: int
    n_blocked: int
    n_warned: int
    n_findings: int


def request_check(campaign: Campaign, *, by: User, on: dt.date, at: dt.datetime) -> Job | None:
    """Check immediately, or by a background job if there are many; the job is returned so that its progress can be shown."""
    require_may_check(by, campaign)
    if live_nominations(campaign).count() > CHECKED_AT_ONCE:
        about = {"campaign": campaign.pk, "by": by.pk}
        return start_job(CHECK_JOB, about, by=by, at=at, once=str(campaign.pk))
    check_eligibility(campaign, by=by, on=on, at=at)
    return None


@transaction.atomic
def check_eligibility(campaign: Campaign, *, by: User, on: dt.date, at: dt.datetime) -> CheckSummary:
    """Check every nomination against the rules of the campaign's programme version; earlier findings go."""
    campaign = locked_campaign(campaign)
    require_may_check(by, campaign)
    parameters = from_json(campaign.programme_version.parameters)
    nominations = list(live_nominations(campaign).select_related("person").order_by("person_id"))
    snapshot = take_snapshot(campaign, nominated_people(campaign), on=on)
    exemptions = _exemptions(campaign, snapshot)
    findings = run_check(
        snapshot.people, snapshot.posts, snapshot.term, parameters.eligibility_rules(), exemptions
    )
    nomination_of = {nomination.person_id: nomination.pk for nomination in nominations}
    EligibilityFinding.objects.filter(nomination__in=campaign.nominations.all()).delete()
    EligibilityFinding.objects.bulk_create(
        (_row(finding, snapshot, nomination_of, parameters, exemptions) for finding in findings),
        batch_size=2000,
    )
    of_version: defaultdict[int, list[int]] = defaultdict(list)
    for nomination in nominations:
        of_version[nomination.person.version].append(nomination.pk)
    for version, keys in of_version.items():
        Nomination.objects.filter(pk__in=keys).update(
            checked_at=at, checked_person_version=version, checked_campaign_version=campaign.version
        )
    summary = _summary(findings, len(nominations))
    record(
        "campaign.check_eligibility",
        campaign,
        by=by,
        at=at,
        details={"people": summary.n_people, "blocked": summary.n_blocked, "warned": summary.n_warned},
    )
    return summary


def preview_findings(
    campaign: Campaign, persons: Sequence[Person], *, kept: frozenset[str], on: dt.date
) -> dict[int, list[tuple[ShownFinding, int]]]:
    """What the check would say of people not yet nominated: by person, each finding with the number of posts it is about.

    No post means the person as such. Nothing is stored; passed rules are left out.
    """
    parameters = from_json(campaign.programme_version.parameters)
    people = Person.objects.filter(pk__in=[person.pk for person in persons])
    snapshot = take_snapshot(campaign, people, on=on)
    findings = run_check(snapshot.people, snapshot.posts, snapshot.term, parameters.eligibility_rules())
    posts: dict[int, dict[tuple[ShownFinding, bool], set[int | None]]] = defaultdict(lambda: defaultdict(set))
    for finding in findings:
        if finding.result is not Result.PASS:
            said = shown_before(finding, parameters.rules[finding.rule].basis, kept)
            is_pair = finding.post is not None
            posts[snapshot.person_ids[finding.person]][said, is_pair].add(finding.post)
    return {
        person: [(said, len(found) if is_pair else 0) for (said, is_pair), found in of_person.items()]
        for person, of_person in posts.items()
    }


def findings_of_pair(person: Person, post: Post, term: Term, version: ProgrammeVersion) -> list[ShownFinding]:
    """Every rule of the programme that one person and one post, outside any campaign, do not meet; blocks come first.

    Nothing is stored. `post` may be one that is not saved yet.
    """
    parameters = from_json(version.parameters)
    snapshot = snapshot_of_pair(person, post, term)
    found = run_check(snapshot.people, snapshot.posts, term, parameters.eligibility_rules())
    shown = [
        shown_before(one, parameters.rules[one.rule].basis, frozenset())
        for one in found
        if one.result is not Result.PASS
    ]
    return sorted(shown, key=lambda one: one.result != Result.BLOCK.value)


@transaction.atomic
def note_finding_looks(persons: Iterable[Person], *, by: User, at: dt.datetime) -> None:
    """Record who was shown whose findings; the first view of a day is enough."""
    for person in persons:
        record_look("person.look_findings", person, by=by, at=at)


@transaction.atomic
def note_told_lapses(campaign: Campaign, told: Iterable[DomainError], *, by: User, at: dt.datetime) -> None:
    """Record a look at the findings where what no longer holds was told with a fact of one."""
    lapses = (lapse for one in told if isinstance(one, LapsedError) for lapse in one.lapses)
    if any(lapse.rule for lapse in lapses):
        record_look("campaign.look_findings", campaign, by=by, at=at)


@transaction.atomic
def record_exemption(exemption: Exemption, *, by: User, on: dt.date, at: dt.datetime) -> Exemption:
    """Record an approved exception and let the findings it covers pass as excepted."""
    campaign = exemption.nomination.campaign = locked_campaign(exemption.nomination.campaign)
    require_may_exempt(by, campaign)
    if exemption.rule not in {rule.code for rule in ELIGIBILITY_RULES}:
        raise UnknownRuleError(_("该资格规则不存在，请从所列规则中选择。"))
    covered = _covered(exemption).filter(result__in=[Result.BLOCK.value, Result.WARN.value])
    if not covered.exists():
        raise NothingToExemptError(_("该人选没有需要登记例外的此项结果。请先进行资格审查。"))
    exemption.recorded_by, exemption.recorded_on = by, on
    exemption.save()
    covered.update(result=Result.EXEMPT.value, exemption=exemption)
    _record_exemption("nomination.exempt", exemption, by, at)
    return exemption


@transaction.atomic
def revoke_exemption(exemption: Exemption, *, by: User, at: dt.datetime) -> None:
    """Take an exception back; the nomination counts as unchecked until the next check."""
    nomination = exemption.nomination
    nomination.campaign = locked_campaign(nomination.campaign)
    require(may_check(by, nomination.campaign), _("只有主办组织部门可以撤销例外。"))
    _record_exemption("nomination.revoke_exemption", exemption, by, at)
    # blocks until the next check, whatever the effect of the rule
    exemption.findings.update(result=Result.BLOCK.value)
    Nomination.objects.filter(pk=nomination.pk).update(checked_at=None)
    exemption.delete()


def _exemptions(campaign: Campaign, snapshot: Snapshot) -> dict[tuple[str, int, int | None], int]:
    """Exemption ids by (rule, person index, post index)."""
    person_of = {pk: number for number, pk in enumerate(snapshot.person_ids)}
    post_of = {pk: number for number, pk in enumerate(snapshot.campaign_post_ids)}
    rows = Exemption.objects.filter(nomination__in=live_nominations(campaign)).values_list(
        "rule", "nomination__person", "campaign_post", "pk"
    )
    return {
        (rule, person_of[person], None if post is None else post_of[post]): pk
        for rule, person, post, pk in rows
    }


def _row(
    finding: Finding,
    snapshot: Snapshot,
    nomination_of: dict[int, int],
    parameters: ProgrammeParameters,
    exemptions: dict[tuple[str, int, int | None], int],
) -> EligibilityFinding:
    exemption = None
    if finding.result is Result.EXEMPT:
        exemption = exemptions.get(
            (finding.rule, finding.person, finding.post), exemptions.get((finding.rule, finding.person, None))
        )
    return EligibilityFinding(
        nomination_id=nomination_of[snapshot.person_ids[finding.person]],
        campaign_post_id=None if finding.post is None else snapshot.campaign_post_ids[finding.post],
        rule=finding.rule,
        result=finding.result.value,
        fact_code=finding.fact,
        fact_values=finding.values,
        basis=parameters.rules[finding.rule].basis,
        exemption_id=exemption,
    )


def _summary(findings: Sequence[Finding], n_people: int) -> CheckSummary:
    of_person = [finding for finding in findings if finding.post is None]
    return CheckSummary(
        n_people=n_people,
        n_blocked=len({one.person for one in of_person if one.result is Result.BLOCK}),
        n_warned=len({one.person for one in of_person if one.result is Result.WARN}),
        n_findings=len(findings),
    )


def _covered(exemption: Exemption) -> QuerySet[EligibilityFinding]:
    rows = EligibilityFinding.objects.filter(nomination=exemption.nomination, rule=exemption.rule)
    return (
        rows if exemption.campaign_post_id is None else rows.filter(campaign_post=exemption.campaign_post_id)
    )


def _record_exemption(action: str, exemption: Exemption, by: User, at: dt.datetime) -> None:
    details = {"rule": exemption.rule, "document": exemption.document_number}
    record(action, exemption.nomination, by=by, at=at, details=details)
