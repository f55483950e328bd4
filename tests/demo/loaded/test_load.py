import datetime as dt
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.algorithms.assignment import TieOrder, solve_assignment
from secondment.audit.models import AuditEvent
from secondment.campaigns.holding import lapses_of_run
from secondment.campaigns.lapses import LapseKind
from secondment.campaigns.models import Campaign, EligibilityFinding
from secondment.campaigns.parameters import DEFAULT_WEIGHTS
from secondment.campaigns.queries import admissible_pairs
from secondment.common.installation import is_demo_data
from secondment.daily_work.choices import SupportState
from secondment.daily_work.content import MOST_CHARACTERS
from secondment.daily_work.cycles import BY_KIND
from secondment.daily_work.models import (
    HomeNotice,
    HostReport,
    PresenceConfirmation,
    SupportItem,
    UrgentMatter,
)
from secondment.daily_work.silence import silent_offices
from secondment.daily_work.urgent_lists import waits_of
from secondment.demo.generator import generate
from secondment.demo.loader import load_demo
from secondment.demo.loader.accounts import ACCOUNTS, PASSWORD
from secondment.matching.side_rules.handing_over import handovers
from secondment.matching.snapshot_facts import take_snapshot
from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.posts.models import Post
from secondment.units.models import Unit
from tests.algorithms.assignment.least_change import most_kept

ON = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DEMO = generate(ON)
NAMES = {one.key: one.name for one in DEMO.people}


pytestmark = pytest.mark.django_db


def great_campaign() -> Campaign:
    return Campaign.objects.get(name__contains="第一书记", state="review")


def test_what_was_loaded(loaded):
    assert (loaded.n_campaigns, loaded.n_people) == (10, Person.objects.count())
    assert Unit.objects.filter(kind="village").count() == 351 + 40
    assert Placement.objects.filter(campaign__programme_version__programme__code="aid").count() == 40
    assert great_campaign().state == "review"


def test_what_was_loaded_is_marked_as_demo():
    assert is_demo_data()


def test_everyone_can_be_called_by_a_number_that_nobody_has():
    numbers = [*Person.objects.values_list("phone", flat=True)]
    numbers += Post.objects.values_list("contact_phone", flat=True)
    assert len(set(numbers)) == len(numbers)
    assert {one[:4] for one in numbers} == {"000-"}


def test_daily_work_is_mostly_in_and_partly_missing():
    states = Obligation.objects.exclude(period_ends_on=None).values_list("kind", "state")
    counted = Counter(states)
    for kind in BY_KIND:
        assert 0 < counted[kind, "open"] < counted[kind, "met"]
        assert BY_KIND[kind].model.objects.count() == counted[kind, "met"]
    for model in (PresenceConfirmation, HostReport, HomeNotice):
        assert not any(
            sum(len(getattr(one, name)) for name in one.TEXTS) > MOST_CHARACTERS
            for one in model.objects.all()
        )
    again = Obligation.objects.count()
    bring_up_to_date(on=ON)
    assert Obligation.objects.count() == again


def test_support_urgent_matters_and_cut_lines_are_there():
    assert SupportItem.objects.filter(state=SupportState.HELPED).exists()
    waits = waits_of(UrgentMatter.objects.all(), AT)
    assert (waits.n, waits.n_waiting, waits.n_overdue, waits.worst) == (10, 2, 1, "31.0")
    in_post = Placement.objects.filter(state="in_post").select_related(
        "host_unit", "home_unit", "programme_version"
    )
    assert {one.side for one in silent_offices(list(in_post), ON)} == {"host_unit", "home_unit"}


def test_loading_again_does_nothing():
    n_people = Person.objects.count()
    assert load_demo(on=ON, at=AT) is None
    assert Person.objects.count() == n_people


@pytest.mark.parametrize("planted", DEMO.planted, ids=lambda one: f"{one.campaign}-{one.rule}-{one.note}")
def test_planted_case_is_found(planted):
    person = Person.objects.get(name=NAMES[planted.person])
    rows = EligibilityFinding.objects.filter(nomination__person=person, rule=planted.rule)
    assert planted.result in set(rows.values_list("result", flat=True))


def test_every_rule_has_fired_somewhere():
    fired = set(EligibilityFinding.objects.exclude(result="pass").values_list("rule", flat=True))
    rules = [
        "H1",
        "H2",
        "H3",
        "H3b",
        "H4",
        "H5",
        "H6",
        "H7",
        "H8",
        "H9a",
        "H9b",
        "H10",
        "H11a",
        "H11b",
        "H11c",
        "H12",
        "R1",
        "R2",
        "R3",
        "R4",
        "R5",
    ]
    assert fired >= set(rules)


def test_the_great_campaign_is_ready_to_be_matched():
    campaign = great_campaign()
    pairs = admissible_pairs(campaign)
    assert len(pairs.campaign_post_ids) == 351
    assert 560 <= len(pairs.nomination_ids) < 600
    assert not campaign.nominations.filter(checked_at=None).exists()


def test_every_post_of_the_great_campaign_names_who_leaves_it():
    campaign = great_campaign()
    offered = campaign.campaign_posts.select_related("post__host_unit")
    found = handovers(campaign, offered)
    in_post = Placement.objects.filter(campaign__name__contains="第一书记", state="in_post")
    assert len(found) == 351
    assert {one.predecessor for one in found.values()} == {one.person.name for one in in_post}
    assert {one.last_day for one in found.values()} == {campaign.starts_on - dt.timedelta(days=1)}
    assert LapseKind.OCCUPIED not in {one.kind for one in lapses_of_run(campaign)}


def test_the_generation_before_is_back_and_it_is_known_where():
    gone = Placement.objects.filter(campaign__name__contains="上一批")
    assert Counter(gone.values_list("state", "ending")) == {("ended", "expired"): 40}
    assert set(gone.values_list("destination", flat=True)) == {"returned", "promoted", "moved", "stayed"}
    assert {one.closed_on for one in gone} == {one.ends_on for one in gone} == {dt.date(2025, 9, 1)}


def test_one_lock_changes_no_more_of_the_great_campaign_than_it_must():
    """The oracle is an integer program of its own; without staying near, a hundred posts change for nothing."""
    snapshot = take_snapshot(great_campaign())
    before = solve_assignment(snapshot.problem(DEFAULT_WEIGHTS), TieOrder(seed=1))
    problem = snapshot.problem(DEFAULT_WEIGHTS)
    idle = np.setdiff1d(np.arange(problem.n_arcs), before.rows)
    for row in np.random.default_rng(1).choice(idle, 2, replace=False):
        pair = (int(problem.person[row]), int(problem.post[row]))
        locked = replace(snapshot, locked=(pair,)).problem(DEFAULT_WEIGHTS)
        after = solve_assignment(locked, TieOrder(before.pairs, seed=2))
        most = most_kept(locked, np.isin(np.arange(problem.n_arcs), before.rows))
        assert len(set(after.pairs) & set(before.pairs)) == most
        elsewhere = solve_assignment(locked, TieOrder(seed=2))
        assert elsewhere.total_score == after.total_score
        assert len(set(elsewhere.pairs) & set(before.pairs)) < most - 20


def test_units_carry_their_paths():
    village = Unit.objects.select_related("parent__parent__parent").filter(kind="village").first()
    chain = [village.parent.parent.parent, village.parent.parent, village.parent, village]
    assert village.path == "".join(f"{one.pk}/" for one in chain)
    assert Unit.objects.filter(path="").count() == 0


def test_identity_numbers_open_and_are_masked():
    person = Person.objects.order_by("pk").first()
    assert person.identity_number.startswith("990000")
    assert "*" in person.identity_masked


def test_one_account_for_each_role_with_the_printed_password():
    held = {role for one in User.objects.all() for role in Role if has_role(one, role)}
    assert held == set(Role)
    assert all(User.objects.get(username=one.username).check_password(PASSWORD) for one in ACCOUNTS)
    assert User.objects.get(username="secondee").person.placements.get().state == "in_post"


def test_who_has_not_answered_still_owes():
    nominee = User.objects.get(username="nominee")
    assert Obligation.objects.filter(account=nominee, state="open").count() == 1
    assert Obligation.objects.filter(kind="campaigns.nominate", state="open").count() == 12


def test_one_event_a_campaign_in_the_trail():
    assert AuditEvent.objects.filter(action="campaign.load_demo").count() == 10


def test_command_refuses_outside_a_demo_installation(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo installation"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="no demo"):
        call_command("demo_accounts")


def test_the_command_says_how_much_it_loaded(settings, capsys, monkeypatch, loaded):
    monkeypatch.setattr("secondment.demo.management.commands.load_demo.load_demo", lambda **_asked: loaded)
    settings.DEMO = True
    call_command("load_demo")
    printed = capsys.readouterr().out
    assert "装入演示数据：干部 1348 人，岗位 487 个，单位 777 个，批次 10 个。" in printed
    assert "1348 people, 487 posts, 777 units, 10 campaigns" in printed
    assert (Person.objects.count(), Unit.objects.count()) == (1348, 777)


def test_a_second_start_loads_and_says_nothing(settings, capsys):
    settings.DEMO = True
    call_command("load_demo")
    assert capsys.readouterr().out == ""


def test_accounts_are_printed_with_their_password(settings, capsys):
    settings.DEMO = True
    call_command("demo_accounts")
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    assert all(f"    {one.username} " in printed for one in ACCOUNTS)
