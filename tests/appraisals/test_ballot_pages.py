"""The ballot in the browser of a voter: from a code to a receipt, and what nobody learns from it."""

import re

import pytest
from django.test import Client
from django.utils.translation import override
from tests.appraisals.box_makers import LAST, make_appraisal, officer_of, opened, slips_of
from tests.makers import AT, ON, make_user

from secondment.accounts.choices import Role
from secondment.appraisals.ballot_forms import is_same_everywhere
from secondment.appraisals.box import guesses
from secondment.appraisals.box.boxes import box_of, find
from secondment.appraisals.box.codes import in_groups, new_code, receipt_in_groups
from secondment.appraisals.box.guesses import Guesses, TooManyGuessesError
from secondment.appraisals.box.sheets import Sheet
from secondment.appraisals.middleware import fingerprint
from secondment.appraisals.models import CountedReceipt, SealedBallot
from secondment.appraisals.services.practice import issue_practice_slips, open_practice
from secondment.appraisals.services.voting import close_voting
from secondment.audit.models import AuditEvent
from secondment.standards.choices import RaterGroup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the vote; and nobody has guessed yet."""
    monkeypatch.setattr("secondment.appraisals.views.ballot.timezone.localdate", lambda: ON)
    monkeypatch.setattr("secondment.appraisals.views.ballot.GUESSES", Guesses())


@pytest.fixture
def vote():
    appraisal = make_appraisal(groups=(RaterGroup.MASSES,))
    opened(appraisal, officer_of(appraisal))
    return appraisal


def code_for(appraisal) -> str:
    return slips_of(appraisal, 1, officer_of(appraisal))[0]


def filled(code: str, level: int | str = 3, **changed: str) -> dict[str, str]:
    _box, found = find(code, on=ON)
    marks = {f"m-{ratee.key}-{item.code}": str(level) for ratee, item in found.sheet.lines()}
    return {"code": in_groups(code), "end": "1"} | marks | changed


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def receipt_on(answer) -> str:
    return re.search(r'class="receipt">([^<]+)<', answer.content.decode())[1].replace("-", "")


def test_from_a_code_to_a_receipt(client: Client, vote, django_capture_on_commit_callbacks) -> None:
    code = code_for(vote)
    assert "投票码" in text_of(client.get("/vote/"))
    sheet = client.post("/vote/", {"code": in_groups(code).lower()})
    names = [candidate.placement.person.name for candidate in vote.candidates.all()]
    for words in ("群众问题1", "群众问题3", *names):
        assert words in text_of(sheet)
    assert "群众问题2" not in text_of(sheet)
    assert "指标1" not in text_of(sheet)
    assert text_of(sheet).count("不了解") == 4  # on every item
    review = client.post("/vote/review/", filled(code))
    assert text_of(review).count("较好") == 4
    done = client.post("/vote/cast/", filled(code))
    assert "已收到您的票，谢谢" in text_of(done)
    again = client.post("/vote/cast/", filled(code, 1))
    assert "一张票只计一次" in text_of(again)
    assert receipt_on(again) == receipt_on(done)
    with django_capture_on_commit_callbacks(execute=True):
        close_voting(vote, by=officer_of(vote), on=ON, at=AT)
    [ballot] = SealedBallot.objects.all()
    assert {level for marks in ballot.marks.values() for level in marks.values()} == {3}
    assert CountedReceipt.objects.get().number == receipt_on(done)


def test_other_groups_see_what_each_level_means() -> None:
    appraisal = make_appraisal(groups=(RaterGroup.COLLEAGUES,))
    opened(appraisal, officer_of(appraisal))
    page = text_of(Client().post("/vote/", {"code": code_for(appraisal)}))
    assert "指标2" in page
    assert "较好的表现2" in page


def test_what_is_missing_is_named_and_what_was_chosen_stays(client: Client, vote) -> None:
    code = code_for(vote)
    sent = filled(code, 4)
    name = next(name for name in sent if name.startswith("m-"))
    del sent[name]
    for path in ("/vote/review/", "/vote/cast/"):
        answer = client.post(path, sent)
        assert answer.status_code == 422
        assert "还没有选" in text_of(answer)
        assert "还有 1 项没有选" in text_of(answer)
        person = vote.candidates.get(pk=name.split("-")[1]).placement.person.name
        assert f'<li> {person}： <a class="text-link" href="#{name}">群众问题1</a> </li>' in text_of(answer)
        assert text_of(answer).count(" checked") == 3
        assert f'id="{name}" class="missing"' in text_of(answer)
    assert box_of(vote).counts()[vote.papers.get().pk].spent == 0


@pytest.mark.parametrize("value", ["5", "99", "1000", "x", "-1", "٣"])
def test_marks_outside_the_scale(client: Client, vote, value: str) -> None:
    code = code_for(vote)
    answer = client.post("/vote/cast/", filled(code, value))
    assert answer.status_code == 422
    assert box_of(vote).counts()[vote.papers.get().pk].spent == 0


def test_a_form_that_was_cut_off_is_not_counted(client: Client, vote) -> None:
    code = code_for(vote)
    sent = filled(code)
    del sent["end"]
    for path in ("/vote/review/", "/vote/cast/"):
        answer = client.post(path, sent)
        assert answer.status_code == 422
        assert "在传送途中中断" in text_of(answer)
    assert client.post("/vote/cast/", filled(code)).status_code == 200


def test_of_several_people_each_is_named_with_what_is_missing(client: Client, vote) -> None:
    code = code_for(vote)
    answer = text_of(client.post("/vote/cast/", {"code": code, "end": "1"}))
    assert "还有 4 项没有选" in answer
    for candidate in vote.candidates.all():
        assert f"<li> {candidate.placement.person.name}： <a" in answer


def test_the_same_mark_everywhere_is_asked_about_and_goes_through(client: Client, vote) -> None:
    code = code_for(vote)
    assert "是这样打算的吗" in text_of(client.post("/vote/review/", filled(code, 4)))
    mixed = filled(code, 4)
    mixed[next(name for name in mixed if name.startswith("m-"))] = "2"
    assert "是这样打算的吗" not in text_of(client.post("/vote/review/", mixed))
    assert client.post("/vote/cast/", filled(code, 4)).status_code == 200


def test_what_counts_as_the_same_everywhere() -> None:
    assert is_same_everywhere({"1": {"a": 3, "b": 3}, "2": {"a": 3}})
    assert not is_same_everywhere({"1": {"a": 3, "b": 3}})  # two alike are nothing strange
    assert not is_same_everywhere({"1": {"a": 3, "b": 3, "c": 2}})
    assert not is_same_everywhere({"1": {"a": None, "b": None, "c": None}})


def test_going_back_keeps_what_was_chosen(client: Client, vote) -> None:
    code = code_for(vote)
    back = client.post("/vote/", filled(code, 2))
    assert back.status_code == 200
    assert text_of(back).count(" checked") == 4


@pytest.mark.parametrize("path", ["/vote/", "/vote/review/", "/vote/cast/"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "您输入了 0 个"), ("34", "您输入了 2 个"), ("0" * 20, "没有“0”"), (None, "没有这个投票码")],
)
def test_a_wrong_code_is_explained(client: Client, vote, path: str, typed: str | None, words: str) -> None:
    answer = client.post(path, {"code": new_code() if typed is None else typed})
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_spent_code_shows_its_receipt_on_every_page(client: Client, vote) -> None:
    code = code_for(vote)
    sent = filled(code)
    receipt = receipt_on(client.post("/vote/cast/", sent))
    for path in ("/vote/", "/vote/review/", "/vote/cast/"):
        assert receipt_on(client.post(path, sent)) == receipt
        assert receipt_on(client.post(path, {"code": code})) == receipt


def test_an_expired_code_says_when_voting_ended(client: Client, vote, monkeypatch) -> None:
    code = code_for(vote)
    monkeypatch.setattr("secondment.appraisals.views.ballot.timezone.localdate", lambda: LAST)
    assert client.post("/vote/", {"code": code}).status_code == 200
    late = LAST.replace(day=LAST.day + 1)
    monkeypatch.setattr("secondment.appraisals.views.ballot.timezone.localdate", lambda: late)
    answer = client.post("/vote/", {"code": code})
    assert f"已于 {LAST} 截止" in text_of(answer)


def test_a_code_of_a_closed_vote_and_of_another_one(
    client: Client, vote, django_capture_on_commit_callbacks
) -> None:
    code = code_for(vote)
    other = make_appraisal(groups=(RaterGroup.MASSES,), name="另一次测评")
    opened(other, officer_of(other))
    assert "另一次测评" in text_of(client.post("/vote/", {"code": code_for(other)}))
    with django_capture_on_commit_callbacks(execute=True):
        close_voting(vote, by=officer_of(vote), on=ON, at=AT)
    assert "已经封存" in text_of(client.post("/vote/", {"code": code}))


def test_on_a_tablet_the_next_voter_begins_with_a_code(client: Client, vote) -> None:
    code = code_for(vote)
    assert 'name="hall" value="1"' in text_of(client.get("/vote/hall/"))
    wrong = client.post("/vote/", {"code": "3", "hall": "1"})
    assert 'name="hall" value="1"' in text_of(wrong)
    sheet = client.post("/vote/", {"code": code, "hall": "1"})
    assert 'data-hall="/vote/hall/"' in text_of(sheet)
    done = text_of(client.post("/vote/cast/", filled(code, hall="1")))
    assert "下一位" in done
    assert 'content="30;url=/vote/hall/"' in done


def test_a_practice_ballot_says_so(client: Client) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    open_practice(appraisal, by=officer, at=AT)
    [code] = issue_practice_slips(appraisal.papers.get(), 1, by=officer)
    page = text_of(client.post("/vote/", {"code": code}))
    assert "演练：人员均为虚构" in page
    assert "演练干部甲" in page


def test_a_session_in_the_same_browser_is_not_touched(signed_in, vote, django_assert_num_queries) -> None:
    """Otherwise the moment it was last used would tell when this account voted."""
    client = signed_in(make_user(Role.LEADER))
    client.cookies["language"] = "en"
    code = code_for(vote)
    sent = filled(code)
    n_events = AuditEvent.objects.count()
    with django_assert_num_queries(0):
        answers = [client.get("/vote/"), client.post("/vote/", sent), client.post("/vote/cast/", sent)]
    assert AuditEvent.objects.count() == n_events
    for answer in answers:
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert "民主测评" in text_of(answer)


def test_nothing_else_on_the_request_says_who_it_was(rf, settings) -> None:
    from django.http import HttpResponse

    from secondment.appraisals.middleware import TAKEN_OFF, BallotPathMiddleware

    seen = {}

    def look(request):
        seen.update(request.META)
        return HttpResponse("x")

    headers = {
        "REMOTE_ADDR": "10.0.0.7",
        "HTTP_USER_AGENT": "phone",
        "HTTP_REFERER": "x",
        "HTTP_COOKIE": "a=b",
    }
    BallotPathMiddleware(look)(rf.get("/vote/", **headers))
    assert not set(TAKEN_OFF) & set(seen)
    seen.clear()
    BallotPathMiddleware(look)(rf.get("/people/", **headers))
    assert seen["REMOTE_ADDR"] == "10.0.0.7"


@pytest.mark.parametrize("path", ["/vote/", "/vote/hall/", "/vote/receipts/"])
def test_headers_are_strict_and_nothing_is_kept(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    # An empty icon of the page itself, so that browsers ask for none.
    assert "img-src 'self' data:;" in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].count("data:") == 1


@pytest.mark.parametrize("opener", ["zh-hans", "en"])
def test_who_votes_is_named_in_the_voters_language(client: Client, opener: str) -> None:
    appraisal = make_appraisal(groups=(RaterGroup.LEADERS,))
    with override(opener):
        opened(appraisal, officer_of(appraisal))
    code, where = code_for(appraisal), appraisal.papers.get().unit.name
    own = "按签批的测评标准原文显示"
    english = "of the standard as it was signed"
    chinese_page = text_of(client.post("/vote/", {"code": code}))
    english_page = text_of(client.post("/vote/?language=en", {"code": code}))
    assert f"{where} · 领导" in chinese_page
    assert own not in chinese_page
    assert f"{where} · Leaders" in english_page
    assert english in english_page


def test_a_box_of_a_former_version_names_its_group_itself() -> None:
    assert Sheet(1, "", "", "领导", ()).group_name == "领导"


def test_a_voter_changes_the_language_and_takes_along_what_was_chosen(client: Client, vote) -> None:
    code = code_for(vote)
    first = client.get("/vote/")
    assert '<a href="?language=en" lang="en">English</a>' in text_of(first)
    begun = text_of(client.post("/vote/", {"code": code}))
    assert 'formaction="/vote/?language=en"' in begun
    sheet = client.post("/vote/?language=en", filled(code, 4))
    assert sheet.headers["Content-Language"] == "en"
    assert '<html lang="en">' in text_of(sheet)
    assert "<span>不了解</span>" not in text_of(sheet)
    assert text_of(sheet).count(" checked") == 4
    assert 'action="/vote/review/?language=en"' in text_of(sheet)
    assert 'formaction="/vote/?language=zh-hans" lang="zh-hans">中文</button>' in text_of(sheet)
    review = text_of(client.post("/vote/review/?language=en", filled(code, 4)))
    assert 'action="/vote/cast/?language=en"' in review
    assert 'formaction="/vote/review/?language=zh-hans"' in review
    done = client.post("/vote/cast/?language=en", filled(code, 4))
    assert 'href="/vote/receipts/?language=en"' in text_of(done)
    assert not done.cookies
    again = client.post("/vote/", {"code": code})
    assert receipt_on(again) == receipt_on(done)
    assert '<html lang="zh-hans">' in text_of(again)


@pytest.mark.parametrize("asked", ["", "fr", "zh-hans", "en\0"])
def test_without_a_language_that_we_have_it_is_chinese(client: Client, asked: str) -> None:
    answer = client.get("/vote/", {"language": asked})
    if "\0" in asked:
        assert answer.status_code == 400
    else:
        assert answer.headers["Content-Language"] == "zh-hans"


def test_pages_that_are_kept_hold_no_code(client: Client, vote) -> None:
    codes = slips_of(vote, 2, officer_of(vote))
    for code in codes:
        assert f'name="code" value="{code}"' in text_of(client.post("/vote/", {"code": code}))
    spaced = f"{codes[0]} "
    assert f'name="code" value="{spaced}"' in client.post("/vote/", {"code": spaced}).content.decode()
    receipts = {receipt_on(client.post("/vote/cast/", filled(code))) for code in codes}
    assert len(receipts) == 2


def test_a_code_in_the_query_is_not_read(client: Client, vote) -> None:
    code = code_for(vote)
    assert code not in text_of(client.get(f"/vote/?code={code}"))
    assert client.post(f"/vote/?code={code}").status_code == 422


def test_refused_ballots_leave_no_line_in_the_log(client: Client, vote, caplog) -> None:
    client.post("/vote/", {"code": "3"})
    client.get("/vote/nothing/")
    client.get("/vote/cast/")
    assert caplog.records == []


def test_a_ballot_of_the_masses_weighs_little(vote) -> None:
    client = Client(headers={"accept-encoding": "gzip"})
    code = code_for(vote)
    sent = filled(code)
    pages = [client.get("/vote/"), client.post("/vote/", sent), client.post("/vote/review/", sent)]
    pages.append(client.post("/vote/cast/", sent))
    assert all(page.headers["Content-Encoding"] == "gzip" for page in pages)
    files = [
        b"".join(client.get(f"/static/appraisals/vote.{kind}").streaming_content) for kind in ("css", "js")
    ]
    assert sum(len(page.content) for page in pages) + sum(map(len, files)) < 60_000 / 3


def test_guesses_are_limited_and_slips_of_the_finger_are_not(client: Client, vote, monkeypatch) -> None:
    monkeypatch.setattr(guesses, "MOST", 3)
    code = code_for(vote)
    for _n in range(5):
        client.post("/vote/", {"code": code[:-1] + ("3" if code[-1] != "3" else "4")})
    for _n in range(3):
        assert "没有这个投票码" in text_of(client.post("/vote/", {"code": new_code()}))
    assert "太多不存在的投票码" in text_of(client.post("/vote/", {"code": new_code()}))
    # one phone of a hall cannot keep the others, who come from the same address, from voting
    assert "填写选票" in text_of(client.post("/vote/", {"code": code}))
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert "没有这个投票码" in text_of(elsewhere.post("/vote/", {"code": new_code()}))


def test_guesses_are_forgotten_after_ten_minutes(monkeypatch) -> None:
    monkeypatch.setattr(guesses, "MOST", 1)
    counted = Guesses()
    counted.add("a", now=0)
    with pytest.raises(TooManyGuessesError):
        counted.require_few("a", now=599.9)
    counted.require_few("a", now=600)
    counted.require_few("b", now=0)


def test_places_do_not_fill_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(guesses, "MOST_PLACES", 2)
    counted = Guesses()
    for place in ("a", "b", "b", "c"):
        counted.add(place, now=0)
    assert set(counted._tried) == {"c"}


def test_addresses_are_counted_by_fingerprint_and_by_network_of_a_subscriber() -> None:
    assert fingerprint("10.0.0.1") != fingerprint("10.0.0.2")
    assert fingerprint("2001:db8::1") == fingerprint("2001:db8::2")
    assert fingerprint("2001:db8::1") != fingerprint("2001:db8:0:1::1")
    assert fingerprint("") == fingerprint("nonsense")
    assert "10.0.0.1" not in fingerprint("10.0.0.1")


def test_receipts_are_checked_after_the_close(
    client: Client, vote, django_capture_on_commit_callbacks
) -> None:
    code = code_for(vote)
    receipt = receipt_on(client.post("/vote/cast/", filled(code)))
    assert "核对回执" in text_of(client.get("/vote/receipts/"))
    assert "封存之前还不能核对" in text_of(client.post("/vote/receipts/", {"number": receipt}))
    assert client.get(f"/vote/receipts/{vote.box}/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        close_voting(vote, by=officer_of(vote), on=ON, at=AT)
    answer = text_of(client.post("/vote/receipts/", {"number": f" {receipt[:4]}-{receipt[4:]}".lower()}))
    assert f"已计入“{vote.name}”" in answer
    listed = text_of(client.get(f"/vote/receipts/{vote.box}/"))
    assert f"<li>{receipt_in_groups(receipt)}</li>" in listed
    assert "计入 1 张票" in listed
    assert "没有这个回执号" in text_of(client.post("/vote/receipts/", {"number": "34679ACD"}))


def test_receipts_of_a_vote_without_ballots(client: Client, vote, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        close_voting(vote, by=officer_of(vote), on=ON, at=AT)
    assert "没有计入任何票" in text_of(client.get(f"/vote/receipts/{vote.box}/"))
