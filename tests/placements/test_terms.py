"""A placement may begin or end on another day than its campaign, within the rule's limit, until its notice is out."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from docx import Document
from tests.makers import AT, make_placement, make_post

from secondment.audit.models import AuditEvent
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.services.campaigns import TermTooLongError
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.placements import services
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.services.errors import OverlapError, ReasonMissingError, TermError, WrongStateError

ON = dt.date(2026, 11, 23)
START, END = dt.date(2027, 3, 1), dt.date(2028, 3, 1)


@pytest.fixture
def limited(scene):
    """The scene under a programme whose terms end at 36 months."""
    version = scene.campaign.programme_version
    version.parameters = to_json(ProgrammeParameters())
    version.save()
    scene.first.refresh_from_db()
    return scene


def set_term(scene, starts_on=START, ends_on=END, reason="原单位任务延后", **changes) -> Placement:
    given = {"version": scene.first.version, "by": scene.owner, "at": AT} | changes
    return services.set_term(scene.first, starts_on=starts_on, ends_on=ends_on, reason=reason, **given)


def test_the_term_is_kept_with_its_reason_and_a_trail(limited) -> None:
    row = set_term(limited, reason=" 原单位任务延后 ")
    row.refresh_from_db()
    assert (row.starts_on, row.ends_on, row.term_reason) == (START, END, "原单位任务延后")
    event = AuditEvent.objects.get(action="placement.set_term")
    assert event.details["from"] == "2026-12-01 — 2028-11-30"
    limited.first.refresh_from_db()
    back = set_term(limited, limited.campaign.starts_on, limited.campaign.ends_on)
    assert back.term_reason == ""


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"reason": " "}, ReasonMissingError),
        ({"ends_on": START}, TermError),
        ({"ends_on": dt.date(2030, 3, 2)}, TermTooLongError),
        ({"version": 99}, StaleObjectError),
    ],
)
def test_terms_that_break_a_rule_are_refused(limited, changes, error) -> None:
    with pytest.raises(error):
        set_term(limited, **changes)


def test_a_term_shares_no_day_with_another_placement(limited) -> None:
    make_placement(
        limited.campaign,
        limited.first.person,
        make_post(limited.host, title="副镇长"),
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        state=PlacementState.IN_POST,
    )
    with pytest.raises(OverlapError, match="副镇长，2026-01-01至2026-12-30"):
        set_term(limited, starts_on=dt.date(2026, 12, 30))
    assert set_term(limited, starts_on=dt.date(2026, 12, 31)).starts_on == dt.date(2026, 12, 31)


def test_only_the_owner_and_only_before_the_notice(limited) -> None:
    with pytest.raises(NotAllowedError):
        set_term(limited, by=limited.host_clerk)
    Placement.objects.filter(pk=limited.first.pk).update(state=PlacementState.APPOINTED)
    with pytest.raises(WrongStateError):
        set_term(limited)


def test_the_page_offers_saves_and_shows_it(limited, signed_in) -> None:
    client = signed_in(limited.owner)
    detail = reverse("placements:placement_detail", args=[limited.first.pk])
    address = reverse("placements:term_set", args=[limited.first.pk])
    assert address in client.get(detail).content.decode()
    assert "2026-12-01 至 2028-11-30" in client.get(address).content.decode()
    sent = {"starts_on": "2027-03-01", "last_day": "2028-02-29", "version": limited.first.version}
    assert "须写明理由" in client.post(address, sent).content.decode()
    assert client.post(address, sent | {"reason": "任务延后"}).status_code == 302
    page = client.get(detail).content.decode()
    assert "任务延后" in page
    assert "2028-02-29" in page
    Placement.objects.filter(pk=limited.first.pk).update(state=PlacementState.APPOINTED)
    assert address not in client.get(detail).content.decode()


def test_a_joint_notice_leaves_differing_terms_to_the_roster(limited) -> None:
    set_term(limited)
    joint = services.Issue("示组挂", dt.date(2027, 3, 1), is_joint=True)
    issued = services.issue_notices(limited.campaign, joint, by=limited.owner, on=ON, at=AT)
    with issued[0].notice_file.content.open("rb") as file:
        document = Document(io.BytesIO(file.read()))
    texts = [one.text for one in document.paragraphs]
    assert "根据第一批选派工作安排，经研究决定，选派李示例等2名同志挂职（名单和各人挂职时间附后）。" in texts
    assert [row.cells[4].text for row in document.tables[0].rows][1:] == [
        "2026.12.01—2028.11.30",
        "2027.03.01—2028.02.29",
    ]
