"""A county, a township with a village, a home unit, and somebody in post since January, in a programme of usual thresholds."""

import datetime as dt
import uuid
from dataclasses import dataclass

from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.signals.looking import BACK
from secondment.signals.looking import judged as judge
from secondment.signals.models import EarlySign
from secondment.signals.sign import Case, Found, Look
from secondment.signals.signs import SIGN_BY_CODE
from secondment.talks.models import Suggestion
from secondment.task_books.choices import BookState
from secondment.task_books.models import DivisionOfWork, Task, TaskBook
from secondment.units.models import Unit

ON = dt.date(2026, 11, 2)
AT = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
STARTS_ON, ENDS_ON = dt.date(2026, 1, 5), dt.date(2028, 1, 5)


@dataclass
class Scene:
    root: Unit
    county: Unit
    township: Unit
    home: Unit
    owner: User
    local: User
    host: User
    home_clerk: User
    leader: User
    inspector: User
    person: User
    placement: Placement

    def another(self, **fields) -> Placement:
        """One more person of the same units, without an account."""
        values = {
            "starts_on": STARTS_ON,
            "ends_on": ENDS_ON,
            "state": PlacementState.IN_POST,
            "duties": "分管产业",
        }
        campaign = self.placement.campaign
        return make_placement(
            campaign, make_person(self.home), make_post(self.placement.host_unit), **{**values, **fields}
        )

    def said(
        self, code: str, on: dt.date = ON, placement: Placement | None = None, **figures: int
    ) -> Found | None:
        """What the sign says about the placement as it is stored now."""
        row = Placement.objects.select_related(
            "programme_version", "host_unit", "home_unit", "owner_unit", "person"
        ).get(pk=(placement or self.placement).pk)
        sign = SIGN_BY_CODE[code]
        usual = {one.name: one.default for one in sign.figures}
        return judge(sign, Case(row, on, {**usual, **figures}, Look([row], first=on - BACK, last=on)))

    def book(
        self, *kinds: str, signed_on: dt.date = dt.date(2026, 1, 25), state=BookState.IN_FORCE, **fields
    ) -> TaskBook:
        """A signed task book with a task of each kind, all due in June."""
        placement = fields.pop("placement", self.placement)
        number = TaskBook.objects.filter(placement=placement).count() + 1
        book = TaskBook.objects.create(
            placement=placement,
            number=number,
            state=state,
            written_by=self.host,
            written_at=AT,
            own_signed_by=self.host,
            own_signed_at=noon(signed_on),
        )
        values = {
            "name": "修路",
            "target": "2公里",
            "weight": 100 // max(1, len(kinds)),
            "due_on": dt.date(2026, 6, 30),
        }
        for line, kind in enumerate(kinds, start=1):
            Task.objects.create(book=book, line=line, kind=kind, **{**values, **fields})
        return book

    def divide(self, on: dt.date = dt.date(2026, 1, 20), **powers: bool) -> DivisionOfWork:
        DivisionOfWork.objects.filter(placement=self.placement).update(is_current=False)
        return DivisionOfWork.objects.create(placement=self.placement, by=self.host, at=noon(on), **powers)

    def report(self, on: dt.date, work: str = "", placement: Placement | None = None) -> HostReport:
        """A report that was handed in on this day; without words it says that there is no news."""
        return HostReport.objects.create(
            placement=placement or self.placement,
            starts_on=on - dt.timedelta(days=90),
            ends_on=on,
            has_no_news=not work,
            work=work,
            handed_in_by=self.host,
            handed_in_at=noon(on),
        )

    def notice(self, on: dt.date, **fields) -> HomeNotice:
        return HomeNotice.objects.create(
            placement=self.placement,
            starts_on=on - dt.timedelta(days=90),
            ends_on=on,
            handed_in_by=self.home_clerk,
            handed_in_at=noon(on),
            **fields,
        )

    def confirm(self, month: dt.date, half_days: int, cause: str) -> PresenceConfirmation:
        """The host confirms a month, on the 3rd of the next."""
        ends_on = (month + dt.timedelta(days=31)).replace(day=1)
        return PresenceConfirmation.objects.create(
            placement=self.placement,
            starts_on=month,
            ends_on=ends_on,
            half_days_away=half_days,
            cause=cause,
            handed_in_by=self.host,
            handed_in_at=noon(ends_on + dt.timedelta(days=2)),
        )

    def leave(
        self, on: dt.date, half_days: int, kind: str = "personal", *, entry: str = "granted", **fields
    ) -> LeaveRequest:
        """A granted leave with its line in the ledger."""
        request = LeaveRequest.objects.create(
            key=uuid.uuid4(),
            placement=self.placement,
            type=kind,
            starts_on=on,
            ends_on=on + dt.timedelta(days=1),
            half_days=half_days,
            state="granted",
            level="接收单位",
            asked_by=self.host,
            asked_at=noon(on),
            **{"back_on": on + dt.timedelta(days=1), **fields},
        )
        LeaveEntry.objects.create(
            placement=self.placement,
            request=request,
            kind=entry,
            month=on.replace(day=1),
            half_days=half_days,
            starts_on=on,
            ends_on=on + dt.timedelta(days=1),
            written_at=noon(on),
        )
        return request

    def letter(
        self, category: str, on: dt.date, finding: str = "", role: str = Role.ORGANISATION_DEPARTMENT
    ) -> Suggestion:
        """A complaint about the person."""
        row = Suggestion(
            category=category,
            unit=self.county,
            role=role,
            sent_by=self.host,
            received_on=on,
            due_on=on + dt.timedelta(days=20),
            about=self.placement,
            finding=finding,
        )
        row.set_text("text")
        if finding:
            row.state, row.answered_on = "answered", on
            row.set_answer("answer")
        row.save()
        return row

    def sign(self, code: str = "only_adviser", **fields) -> EarlySign:
        """A sign put to the township."""
        values = {
            "raised_on": ON,
            "expires_on": dt.date(2027, 5, 4),
            "due_on": dt.date(2026, 11, 16),
            "unit": self.placement.host_unit,
            "role": Role.HOST_UNIT,
            "placement": self.placement,
        }
        return EarlySign.objects.create(code=code, **{**values, **fields})


def noon(day: dt.date) -> dt.datetime:
    """An instant of this day, also by the clock of the offices."""
    return dt.datetime.combine(day, dt.time(4), tzinfo=dt.UTC)


def words_of(found: Found | None) -> list[str]:
    """Its facts in words."""
    assert found is not None
    return [str(one.words) for one in found.facts]


def make_scene(**fields) -> Scene:
    root = make_unit("示例市委组织部")
    county = make_unit("示例县", root)
    township = make_unit("示例镇", county)
    village, home = make_unit("示例村", township), make_unit("示例厅", root)
    person = make_user(Role.SECONDEE, home, name="张三")
    values = {
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "state": PlacementState.IN_POST,
        "duties": "分管产业",
    }
    campaign = make_campaign(root, programme_version=make_programme_version({}))
    placement = make_placement(
        campaign, make_person(home, account=person, name="张三"), make_post(village), **{**values, **fields}
    )
    return Scene(
        root=root,
        county=county,
        township=township,
        home=home,
        owner=make_user(Role.ORGANISATION_DEPARTMENT, root, name="市委组织部"),
        local=make_user(Role.ORGANISATION_DEPARTMENT, county, name="县委组织部"),
        host=make_user(Role.HOST_UNIT, township, name="镇干事"),
        home_clerk=make_user(Role.HOME_UNIT, home, name="人事处"),
        leader=make_user(Role.LEADER, root),
        inspector=make_user(Role.INSPECTOR, root),
        person=person,
        placement=placement,
    )
