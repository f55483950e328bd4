"""Campaigns with offers, quotas, nominations, wishes, exceptions and placements."""

import datetime as dt
from collections.abc import Sequence

from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState, Outcome
from secondment.campaigns.lots import Lots
from secondment.campaigns.models import (
    Campaign,
    CampaignPost,
    Exemption,
    HostPreference,
    Nomination,
    Preference,
    ProgrammeVersion,
    Quota,
)
from secondment.campaigns.services.notifying import owe_nominations, owe_preferences
from secondment.campaigns.services.outcomes import settle_outcomes
from secondment.demo.facts import DemoCampaign
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.posts.models import Post
from secondment.units.models import Unit

BATCH = 1000
SAME_NAMES = [
    "name",
    "purpose",
    "purpose_text",
    "plan_number",
    "nominations_from",
    "nominations_until",
    "starts_on",
    "ends_on",
    "state",
]
NOTICE_BEFORE = dt.timedelta(days=5)
APPROVER = "市委组织部部务会"


def load_campaigns(
    campaigns: Sequence[DemoCampaign],
    units: dict[str, Unit],
    people: dict[str, Person],
    posts: dict[str, Post],
    *,
    by: User,
) -> list[Campaign]:
    """Save the campaigns in their states; what is still owed becomes an obligation."""
    return [_Loader(campaign, units, people, posts, by).load() for campaign in campaigns]


class _Loader:
    """Saves one campaign."""

    def __init__(
        self,
        facts: DemoCampaign,
        units: dict[str, Unit],
        people: dict[str, Person],
        posts: dict[str, Post],
        by: User,
    ) -> None:
        self.facts = facts
        self.units = units
        self.people = people
        self.posts = posts
        self.by = by

    def load(self) -> Campaign:
        facts = self.facts
        self.campaign = Campaign.objects.create(
            programme_version=ProgrammeVersion.objects.get(programme__code=facts.programme),
            owner_unit=self.units[facts.owner],
            created_by=self.by,
            candidates_shared_on=facts.nominations_until if facts.host_wishes else None,
            **{name: getattr(facts, name) for name in SAME_NAMES},
        )
        self.offers = self._offers()
        self.nominations = self._nominations()
        self._quotas()
        self._wishes()
        self._exemptions()
        self._placements()
        self._owe()
        return self.campaign

    def _offers(self) -> dict[str, CampaignPost]:
        lots = Lots(self.campaign)
        rows = {
            offer.post: CampaignPost(
                campaign=self.campaign,
                post=self.posts[offer.post],
                priority=offer.priority,
                lot=lots.of_post(self.posts[offer.post]),
            )
            for offer in self.facts.offers
        }
        CampaignPost.objects.bulk_create(rows.values(), batch_size=BATCH)
        return rows

    def _nominations(self) -> dict[str, Nomination]:
        lots = Lots(self.campaign)
        rows = {
            one.person: Nomination(
                campaign=self.campaign,
                person=self.people[one.person],
                home_unit=self.units[one.unit],
                reason=one.reason,
                integrity_opinion="未发现影响选派的廉政问题",
                hardship_text=one.hardship_text,
                prefers_near=one.prefers_near,
                answered_on=one.answered_on,
                nominated_by=self.by,
                nominated_on=one.nominated_on,
                lot=lots.of_person(self.units[one.unit], self.people[one.person]),
            )
            for one in self.facts.nominations
        }
        Nomination.objects.bulk_create(rows.values(), batch_size=BATCH)
        return rows

    def _quotas(self) -> None:
        Quota.objects.bulk_create(
            Quota(
                campaign=self.campaign,
                home_unit=self.units[quota.unit],
                n_asked=quota.n_asked,
                release_cap=quota.release_cap,
            )
            for quota in self.facts.quotas
        )

    def _wishes(self) -> None:
        Preference.objects.bulk_create(
            (
                Preference(
                    nomination=self.nominations[one.person], campaign_post=self.offers[post], rank=rank
                )
                for one in self.facts.nominations
                for rank, post in enumerate(one.preferences, start=1)
            ),
            batch_size=BATCH,
        )
        HostPreference.objects.bulk_create(
            (
                HostPreference(
                    campaign_post=self.offers[post], nomination=self.nominations[person], rank=rank
                )
                for post, wanted in self.facts.host_wishes
                for rank, person in enumerate(wanted, start=1)
            ),
            batch_size=BATCH,
        )

    def _exemptions(self) -> None:
        Exemption.objects.bulk_create(
            Exemption(
                nomination=self.nominations[one.person],
                campaign_post=self.offers.get(one.post),
                rule=one.rule,
                document_number=one.document,
                approved_by=APPROVER,
                reason=one.reason,
                recorded_by=self.by,
                recorded_on=self.facts.nominations_until,
            )
            for one in self.facts.exemptions
        )

    def _placements(self) -> None:
        Placement.objects.bulk_create(
            Placement(
                campaign=self.campaign,
                programme_version=self.campaign.programme_version,
                owner_unit=self.campaign.owner_unit,
                person=self.people[one.person],
                post=self.posts[one.post],
                home_unit=self.nominations[one.person].home_unit,
                host_unit=self.posts[one.post].host_unit,
                starts_on=one.starts_on or self.facts.starts_on,
                ends_on=self.facts.ends_on,
                state=one.state,
                decision_number=one.decision_number,
                notice_number=one.decision_number.replace("发", "通"),
                notice_on=(one.starts_on or self.facts.starts_on) - NOTICE_BEFORE,
                report_by=one.starts_on or self.facts.starts_on,
                term_reason=one.term_reason,
                reported_on=one.reported_on,
                work_mode=one.work_mode,
                ending=one.ending,
                closed_on=one.closed_on,
                destination=one.destination,
                duties=self.posts[one.post].duties,
                contact_leader=self.posts[one.post].contact_leader,
                mentor=self.posts[one.post].mentor,
                party_branch="挂职干部临时党支部",
                lodging_arranged=True,
            )
            for one in self.facts.placements
        )
        if self.campaign.state == CampaignState.DISPATCHED:
            sent = [self.people[one.person].pk for one in self.facts.placements]
            settle_outcomes(self.campaign, sent, Outcome.SENT)

    def _owe(self) -> None:
        """Home units that have not nominated all, and nominees who have not answered, still owe."""
        if self.campaign.state == CampaignState.OPEN:
            nominated = [one.unit for one in self.facts.nominations]
            for quota in self.campaign.quotas.select_related("home_unit"):
                if nominated.count(self._key_of(quota.home_unit)) < quota.n_asked:
                    owe_nominations(quota)
        for one in self.facts.nominations:
            if one.answered_on is None:
                owe_preferences(self.nominations[one.person])

    def _key_of(self, unit: Unit) -> str:
        return next(key for key, one in self.units.items() if one.pk == unit.pk)
