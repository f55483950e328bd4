"""Load the entire demo in one transaction, into an empty installation only."""

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter

from django.db import connection, transaction

from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.audit.services import record, record_all
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.services import check_eligibility, load_presets
from secondment.common.installation import mark_as_demo
from secondment.demo.facts import Demo
from secondment.demo.generator import generate
from secondment.demo.loader.accounts import create_accounts, link_accounts
from secondment.demo.loader.allowances import issue_lists, load_allowances
from secondment.demo.loader.appraisals import Department, load_appraisals
from secondment.demo.loader.assessments import load_assessments
from secondment.demo.loader.burden import load_burden
from secondment.demo.loader.campaigns import load_campaigns
from secondment.demo.loader.contacts import load_contacts
from secondment.demo.loader.daily_work import ask_since_the_first_day, load_daily_work
from secondment.demo.loader.gatherings import load_gatherings
from secondment.demo.loader.interim import load_findings, load_interim
from secondment.demo.loader.leave import load_leave
from secondment.demo.loader.letters import load_letters
from secondment.demo.loader.papers import load_papers
from secondment.demo.loader.people import load_people
from secondment.demo.loader.photos import load_photos
from secondment.demo.loader.places import load_places
from secondment.demo.loader.posts import load_posts
from secondment.demo.loader.scene import scene_of
from secondment.demo.loader.signals import load_signals
from secondment.demo.loader.small_appraisals import load_small_appraisals
from secondment.demo.loader.standards import load_standards
from secondment.demo.loader.summaries import load_summaries
from secondment.demo.loader.talks import load_talks
from secondment.demo.loader.task_books import load_task_books
from secondment.demo.loader.units import load_units
from secondment.demo.loader.urgent import load_urgent
from secondment.demo.loader.variants import load_variant
from secondment.demo.units_tree import ROOT
from secondment.obligations.services import bring_up_to_date
from secondment.talks.desks import is_discipline
from secondment.units.models import Unit
from secondment.units.regions import load_regions

CHECKED = (CampaignState.OPEN, CampaignState.REVIEW)


@dataclass(frozen=True)
class LoadSummary:
    """How much was loaded."""

    n_units: int
    n_people: int
    n_posts: int
    n_campaigns: int


@transaction.atomic
def load_demo(*, on: dt.date, at: dt.datetime, scale: int = 1) -> LoadSummary | None:
    """Load regions, programmes and the demo in its state on `on`; None if there are data already."""
    if any(model.objects.exists() for model in (Unit, User, AuditEvent)):
        return None
    mark_as_demo()
    demo = generate(on, scale=scale)
    load_regions()
    load_presets(by=None, on=on, at=at)
    units = load_units(demo.units, on=on)
    accounts = create_accounts(units)
    people = load_people(demo.people, units, on=on)
    load_photos(demo, people, by=accounts["org"], at=at)
    link_accounts(demo, accounts, people, units)
    posts = load_posts(demo.posts, units, by=accounts["org"], on=on)
    campaigns = load_campaigns(demo.campaigns, units, people, posts, by=accounts["org"])
    _analyse()
    load_papers(by=accounts["org"], on=on, at=at)
    load_variant(units, by=accounts["district"], on=on, at=at)
    scene = scene_of(accounts, on)
    load_task_books(scene)
    load_leave(scene)
    discipline = next(one for one in units.values() if is_discipline(one))
    load_talks(by=accounts["org"], on=on)
    load_letters(accounts, discipline=discipline, on=on)
    load_allowances(scene)
    load_gatherings(scene)
    load_daily_work(scene)
    load_contacts(scene, by=accounts["org"])
    load_summaries(scene)
    load_interim(scene)
    ask_since_the_first_day(scene)
    bring_up_to_date(on=on)
    record_all(sorted(scene.trail, key=attrgetter("at")))
    issue_lists(scene)
    load_places(by=accounts["org"], on=on, at=at)
    load_urgent(by=accounts["org"], at=at)
    _analyse()
    load_findings(scene, at)
    load_standards(units[ROOT], by=accounts["org"], checked_by=accounts["check"], at=at)
    department = Department(units[ROOT], accounts["org"], accounts["check"])
    years = load_appraisals(department, on=on, at=at)
    load_small_appraisals(department, on=on, at=at)
    load_signals(accounts, on=on, at=at)
    load_burden(units[ROOT], by=accounts["org"], on=on)
    load_assessments(department, years, accounts, on=on, at=at)
    for campaign in campaigns:
        if campaign.state in CHECKED:
            check_eligibility(campaign, by=accounts["org"], on=on, at=at)
        _record(campaign, at)
    return _summary(demo)


def _analyse() -> None:
    """PostgreSQL knows nothing yet of the rows of this transaction and would join them row by row.

    Our own tables only: on the catalogues that all databases share, a second load would wait for this one's end.
    """
    if connection.vendor == "postgresql":
        tables = connection.introspection.django_table_names(only_existing=True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(map(connection.ops.quote_name, tables)))


def _record(campaign: Campaign, at: dt.datetime) -> None:
    details = {"posts": campaign.campaign_posts.count(), "nominations": campaign.nominations.count()}
    record("campaign.load_demo", campaign, by=None, at=at, details=details)


def _summary(demo: Demo) -> LoadSummary:
    return LoadSummary(len(demo.units), len(demo.people), len(demo.posts), len(demo.campaigns))
