"""Anonymous letters: nobody who has database and trail can tell which of two accounts sent one."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from tests.makers import make_user
from tests.pages import text_of
from tests.talks.scene import AT, ON, Scene

from secondment.accounts.choices import Role
from secondment.accounts.models import KeptForm, User
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.common.models import Submission
from secondment.notices.models import Notice
from secondment.talks import services
from secondment.talks.desks import Desk, desks_for
from secondment.talks.errors import SuggestionError, WordsMissingError
from secondment.talks.models import HeldSuggestion, Suggestion
from secondment.talks.services import anonymous

NEXT = ON + dt.timedelta(days=1)
NIGHT = AT + dt.timedelta(hours=16)
DRAWN = {
    "HeldSuggestion": {"id", "key", "text_sealed", "receipt"},
    "Suggestion": {"key", "text_sealed", "receipt"},
}
"""What is drawn or sealed anew for every letter."""


@pytest.fixture
def desk(scene: Scene) -> Desk:
    return Desk(scene.root, Role.ORGANISATION_DEPARTMENT)


def put(
    scene: Scene, desk: Desk, text: str = "报表太多", *, by: User | None = None, receipt: str = ""
) -> str:
    return services.suggest_anonymously(
        desk,
        category="burden",
        text=text,
        receipt=receipt or services.new_receipt(),
        allowed_to=by or scene.person,
    )


def use(n: int, at: dt.datetime = AT) -> None:
    """So many accounts have signed in."""
    User.objects.update(last_login=None)
    keys = list(User.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)[:n])
    assert len(keys) == n
    User.objects.filter(pk__in=keys).update(last_login=at)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without what is drawn for every letter; sessions as what they hold."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model in apps.get_models(include_auto_created=True):
        left_out = DRAWN.get(model.__name__, set())
        rows = [
            {name: value for name, value in row.items() if name not in left_out}
            for row in model._default_manager.order_by("pk").values()
        ]
        found[model.__name__] = rows
    found["Session"] = sorted(
        ({"holds": sorted(one.get_decoded().items(), key=str)} for one in Session.objects.all()), key=str
    )
    return found


def day_of_two(scene: Scene, signed_in, sender: User, other: User) -> dict[str, list[dict[str, Any]]]:
    """Both are at work that day, and one of them sends a letter; what the database knows then and the day after."""
    clients = {one.pk: signed_in(one) for one in (scene.person, scene.host)}
    page = reverse("talks:anonymous_new")
    for one in (scene.person, scene.host):
        clients[one.pk].get(reverse("talks:suggestion_list"))
        desk = Desk(scene.root, Role.ORGANISATION_DEPARTMENT)
        services.suggest(desk, category="other", text="署名意见", by=one, on=ON, at=AT)
    form = {
        "desk": f"{scene.root.pk}-organisation_department",
        "category": "burden",
        "text": "报表太多",
        "receipt": services.new_receipt(),
    }
    answer = clients[sender.pk].post(page, form)
    assert answer.status_code == 200
    assert HeldSuggestion.objects.count() == 1
    clients[sender.pk].get(reverse("talks:suggestion_list"))
    clients[other.pk].get(reverse("talks:suggestion_list"))
    assert {pk: client.session.get("_messages") for pk, client in clients.items()} == dict.fromkeys(clients)
    that_day = everything()
    use(anonymous.FEWEST_ACCOUNTS)
    assert services.deliver_held(on=NEXT, at=NIGHT) == 1
    after = everything()
    return {f"1 {name}": rows for name, rows in that_day.items()} | {
        f"2 {name}": rows for name, rows in after.items()
    }


def test_database_and_trail_are_the_same_whoever_of_the_two_sent_it(
    scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    worlds = []
    for sender, other in ((scene.person, scene.host), (scene.host, scene.person)):
        with transaction.atomic():
            worlds.append(day_of_two(scene, signed_in, sender, other))
            transaction.set_rollback(True)
    first, second = (without_numbers(one) for one in worlds)
    assert first == second
    assert first["1 HeldSuggestion"] == [
        {"category": "burden", "unit_id": scene.root.pk, "role": "organisation_department"}
    ]
    assert first["1 Submission"] == first["2 Submission"] == []


def without_numbers(world: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Rows as they are, but for numbers that a database never gives twice, and the seals over them."""
    numbers = {"id", "object_id", "seal", "event_id", "fingerprint", "path", "position", "key", "text_sealed"}
    return {
        name: [{key: value for key, value in row.items() if key not in numbers} for row in rows]
        for name, rows in world.items()
    }


def test_the_comparison_finds_a_name(scene: Scene, desk: Desk) -> None:
    """The test above can fail: a letter under a name differs at once."""
    worlds = []
    for sender in (scene.person, scene.host):
        with transaction.atomic():
            services.suggest(desk, category="burden", text="报表太多", by=sender, on=ON, at=AT)
            worlds.append(without_numbers(everything()))
            transaction.set_rollback(True)
    differing = {name for name in worlds[0] if worlds[0][name] != worlds[1][name]}
    assert {"Suggestion", "AuditEvent"} <= differing


def test_sending_leaves_no_event_no_message_no_key_and_no_order(scene: Scene, desk: Desk) -> None:
    events = AuditEvent.objects.count()
    for n in range(40):
        put(scene, desk, f"意见{n}")
    in_order = [one.text for one in HeldSuggestion.objects.order_by("pk")]
    assert in_order != [f"意见{n}" for n in range(40)]
    assert {field.name for field in HeldSuggestion._meta.get_fields()} == {
        *("id", "key", "category", "unit", "role", "text_sealed", "receipt")
    }
    assert AuditEvent.objects.count() == events
    assert not Notice.objects.exists()
    assert not Submission.objects.exists()


def test_letters_leave_the_box_shuffled(scene: Scene, desk: Desk) -> None:
    for n in range(40):
        put(scene, desk, f"意见{n}")
    box = [one.text for one in HeldSuggestion.objects.order_by("pk")]
    use(5)
    assert services.deliver_held(on=NEXT, at=NIGHT) == 40
    delivered = [one.text for one in Suggestion.objects.order_by("pk")]
    assert sorted(delivered) == sorted(box)
    assert delivered not in (box, [f"意见{n}" for n in range(40)])
    assert {one.actor for one in AuditEvent.objects.all()} == {None}


@pytest.mark.parametrize(("n", "is_delivered"), [(4, False), (5, True), (6, True)])
def test_the_box_opens_when_enough_accounts_were_in_use(scene: Scene, desk: Desk, n, is_delivered) -> None:
    put(scene, desk)
    use(n)
    assert services.deliver_held(on=NEXT, at=NIGHT) == is_delivered
    assert Suggestion.objects.count() == is_delivered
    assert HeldSuggestion.objects.count() == 1 - is_delivered


def test_accounts_in_use_before_the_last_day_do_not_count(scene: Scene, desk: Desk) -> None:
    put(scene, desk)
    use(5, NIGHT - dt.timedelta(days=1, seconds=1))
    assert services.deliver_held(on=NEXT, at=NIGHT) == 0
    use(5, NIGHT - dt.timedelta(days=1))
    assert services.deliver_held(on=NEXT, at=NIGHT) == 1
    assert services.deliver_held(on=NEXT, at=NIGHT) == 0


def test_what_the_office_receives_and_the_answer_by_code(scene: Scene, desk: Desk, signed_in) -> None:
    code = put(scene, desk)
    assert services.fetch(code).letter is None
    use(5)
    services.deliver_held(on=NEXT, at=NIGHT)
    letter = services.fetch(code.lower()).letter
    assert (letter.text, letter.received_on, letter.due_on) == ("报表太多", NEXT, dt.date(2026, 11, 24))
    assert [one.recipient for one in Notice.objects.all()] == [scene.owner]
    assert letter not in Suggestion.objects.filter(sent_by=scene.person)
    services.answer(letter, text="已合并报表", by=scene.owner, on=NEXT, at=NIGHT)
    page = signed_in(scene.host).post(reverse("talks:anonymous_answer"), {"code": code})
    assert "已合并报表" in text_of(page)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", "张三"])
def test_a_code_that_is_not_ours_finds_nothing(scene: Scene, code) -> None:
    with pytest.raises(SuggestionError, match="没有找到") as found:
        services.fetch(code)
    assert found.value.field == "code"


def test_the_same_form_twice_is_one_letter_also_after_it_was_delivered(scene: Scene, desk: Desk) -> None:
    receipt = services.new_receipt()
    code = put(scene, desk, receipt=receipt)
    assert put(scene, desk, receipt=receipt) == code
    assert HeldSuggestion.objects.count() == 1
    use(5)
    services.deliver_held(on=NEXT, at=NIGHT)
    assert put(scene, desk, receipt=receipt) == code
    assert (HeldSuggestion.objects.count(), Suggestion.objects.count()) == (0, 1)


def test_what_is_refused(scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WordsMissingError):
        put(scene, desk, " ")
    with pytest.raises(SuggestionError, match="已经失效"):
        put(scene, desk, receipt="AAAA-AAAA-AAAA-AAAA")
    few = Desk(scene.village, Role.HOST_UNIT)
    assert few.code in {one.code for one in desks_for(scene.person)}
    with pytest.raises(NotAllowedError):
        put(scene, few)
    monkeypatch.setattr(anonymous, "MOST_HELD", 1)
    put(scene, desk)
    with pytest.raises(SuggestionError, match="已满"):
        put(scene, desk, "再写一件")


def test_a_form_without_a_session_is_kept_for_nobody(scene: Scene, signed_in) -> None:
    client = signed_in(scene.person)
    page = client.get(reverse("talks:anonymous_new")).content.decode()
    key = page.split('name="form_key" value="')[1].split('"')[0]
    client.logout()
    answer = client.post(reverse("talks:anonymous_new"), {"form_key": key, "text": "报表太多"})
    assert answer.status_code == 302
    assert not KeptForm.objects.exists()


def test_to_discipline(scene: Scene, signed_in) -> None:
    organ = scene.root.children.create(name="示例市纪委", kind="party_organ", level="prefectural", path="")
    organ.path = f"{scene.root.path}{organ.pk}/"
    organ.save()
    inspector = make_user(Role.INSPECTOR, organ, name="纪检干部")
    overseer = make_user(Role.INSPECTOR, scene.root, name="督查组")
    desk = Desk(organ, Role.INSPECTOR)
    letter = services.suggest(desk, category="abuse", text="插手工程", by=scene.person, on=ON, at=AT)
    assert [one.recipient for one in Notice.objects.all()] == [inspector]
    page = reverse("talks:suggestion_detail", args=[letter.pk])
    for reader in (inspector, scene.person):
        text = text_of(signed_in(reader).get(page))
        assert "插手工程" in text
        assert "滥用职权" in text
    text = text_of(signed_in(scene.owner).get(page))
    assert "已转办" in text
    assert "插手工程" not in text
    assert "滥用职权" not in text
    assert "张三" not in text
    listed = text_of(signed_in(scene.owner).get(reverse("talks:suggestion_list")))
    assert "已转办" in listed
    narrowed = signed_in(scene.owner).get(reverse("talks:suggestion_list"), {"category": "abuse"})
    assert "已转办" not in text_of(narrowed)
    for reader in (overseer, scene.host, scene.home_clerk):
        assert signed_in(reader).get(page).status_code == 404
    with pytest.raises(NotAllowedError):
        services.answer(letter, text="无权", by=scene.owner, on=ON, at=AT)
    answered = services.answer(letter, text="已受理", finding="unclear", by=inspector, on=ON, at=AT)
    assert answered.answer == "已受理"
