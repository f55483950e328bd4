"""Only paths of this site become links, whether they are kept with a message, a duty or a result."""

import pytest

from secondment.accounts.choices import Role
from secondment.common.own_paths import checked_path, own_path
from secondment.jobs.models import Job, JobState
from secondment.jobs.queries import progress_of
from secondment.notices.models import Notice
from secondment.notices.services import send_notice
from secondment.obligations.services import Owed, owe
from secondment.obligations.waiting import waiting_for
from tests.makers import AT, ON, make_unit, make_user

FOREIGN = [
    "javascript:alert(1)",
    "https://example.com/",
    "//example.com/",
    "/\\\\example.com",
    "\\\\example.com",
    "/\\t/example.com",
    "///example.com",
    " //example.com",
    "people/1/",
    "data:text/html,x",
    "\x01//example.com",
]


@pytest.mark.parametrize("path", FOREIGN)
def test_elsewhere_is_refused_when_kept_and_no_link_when_shown(path: str) -> None:
    assert own_path(path) == ""
    with pytest.raises(ValueError, match="this site"):
        checked_path(path)


@pytest.mark.parametrize("path", ["/", "/people/1/", "/placements/?campaign=3&state=x", "/a#b"])
def test_pages_of_this_site_stay(path: str) -> None:
    assert own_path(path) == checked_path(path) == path


def test_no_path_is_no_link() -> None:
    assert own_path("") == checked_path("") == ""


@pytest.mark.django_db
class TestWhereTheyAreKept:
    def test_messages(self, signed_in) -> None:
        user = make_user(Role.LEADER)
        with pytest.raises(ValueError, match="this site"):
            send_notice([user], title="示例", at=AT, path="javascript:alert(1)")
        old = Notice.objects.create(recipient=user, title="示例", path="javascript:alert(1)", created_at=AT)
        assert "javascript:" not in signed_in(user).get(f"/notices/{old.pk}/").content.decode()

    def test_duties(self) -> None:
        unit = make_unit()
        user = make_user(Role.HOST_UNIT, unit)
        owed = Owed("示例", "示例", unit, Role.HOST_UNIT, "示例", ON, "https://example.com/")
        with pytest.raises(ValueError, match="this site"):
            owe(user, owed)
        kept = owe(user, Owed("示例", "示例", unit, Role.HOST_UNIT, "示例", ON, "/"))
        type(kept).objects.update(path="https://example.com/")
        assert [one.path for one in waiting_for(user, on=ON)] == [""]

    def test_results(self) -> None:
        job = Job(state=JobState.DONE, result={"path": "//example.com/"}, owner=make_user(), created_at=AT)
        assert progress_of(job, url="/", at=AT)["result_url"] == ""
