"""Pages of the department around the vote: slips once, two persons for a replacement, two clerks for a ballot on paper."""

import re

import pytest
from django.test import Client
from tests.appraisals.box_makers import make_appraisal, officer_of, opened
from tests.appraisals.box_makers import slips_of as codes_of
from tests.makers import ON, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import KeptForm
from secondment.appraisals.ballot_forms import name_of
from secondment.appraisals.box.boxes import box_of, find, practice_box_of
from secondment.appraisals.box.codes import read_code
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, RosterEntry, SealedBallot, SlipReplacement
from secondment.appraisals.slips import A_PAGE, code_from, picture_of, slips_of

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<code>([0-9A-Z-]{24})</code>")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the vote."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_words: ON)


@pytest.fixture
def vote():
    appraisal = make_appraisal()
    paper = appraisal.papers.get()
    for position in range(3):
        RosterEntry.objects.create(paper=paper, position=position, name=f"参评{position}", standing="drawn")
    return appraisal


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def page(appraisal) -> str:
    return f"/appraisals/{appraisal.pk}/voting/"


def test_from_practice_to_the_close(signed_in, vote, django_capture_on_commit_callbacks) -> None:
    client, paper = signed_in(officer_of(vote)), vote.papers.get()
    assert "开始演练" in text_of(client.get(page(vote)))
    assert 'btn-primary" href="/measurement/"' not in text_of(client.get(page(vote)))
    client.post(f"{page(vote)}practice/")
    assert practice_box_of(vote).is_there
    practised = client.post(f"/appraisals/papers/{paper.pk}/slips/practice/")
    assert "演练票" in text_of(practised)
    assert len(CODE.findall(practised.content.decode())) == 10
    assert "清除演练数据" in text_of(client.get(page(vote)))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page(vote)}practice/wipe/")
    assert not practice_box_of(vote).is_there
    client.post(f"{page(vote)}open/")
    assert Appraisal.objects.get().state == AppraisalState.OPEN
    assert "打印选票" in text_of(client.get(page(vote)))
    assert 'value="3"' in text_of(client.get(f"/appraisals/papers/{paper.pk}/slips/"))
    printed = client.post(f"/appraisals/papers/{paper.pk}/slips/", {"n": 3})
    assert len(CODE.findall(printed.content.decode())) == 3
    assert str(paper.unit) in text_of(printed)
    assert "参评0" not in text_of(printed)  # never a name
    again = client.post(f"/appraisals/papers/{paper.pk}/slips/", {"n": 3})
    assert "已经发出 3 张，不能重复打印" in text_of(again)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page(vote)}close/")
    for path in (page(vote), f"/appraisals/{vote.pk}/"):
        assert '<a class="btn btn-primary" href="/measurement/">' in text_of(client.get(path))
    assert "公布的回执号" in text_of(client.get(page(vote)))
    assert not box_of(vote).is_there


def test_what_cannot_be_done_now_is_said_on_the_page(signed_in, vote) -> None:
    client, paper = signed_in(officer_of(vote)), vote.papers.get()
    assert "只有正在投票的" in text_of(client.post(f"{page(vote)}close/", follow=True))
    opened(vote, officer_of(vote))
    assert "不能再演练" in text_of(client.post(f"{page(vote)}practice/", follow=True))
    assert "不能再演练" in text_of(client.post(f"{page(vote)}practice/wipe/", follow=True))
    assert "票箱文件不在" in text_of(
        client.post(f"/appraisals/papers/{paper.pk}/slips/practice/", follow=True)
    )
    Appraisal.objects.update(state=AppraisalState.VOID)
    assert "名单锁定之后" in text_of(client.post(f"{page(vote)}open/", follow=True))


def test_participation_is_rounded_and_no_mark_is_shown(signed_in, vote) -> None:
    officer = officer_of(vote)
    opened(vote, officer)
    for code in codes_of(vote, 4, officer)[:3]:
        box, found = find(code, on=ON)
        box.cast(code, {r.key: {i.code: 4 for i in r.items} for r in found.sheet.ratees}, on=ON)
    RosterEntry.objects.get(position=3).delete()
    shown = text_of(signed_in(officer).get(page(vote)))
    assert '<td class="num" data-label="已投（约）">5</td>' in shown
    assert "多于参评人数" in shown  # four slips for three people
    assert "较好" not in shown


def test_a_lost_box_says_what_to_do(signed_in, vote) -> None:
    officer = officer_of(vote)
    opened(vote, officer)
    box_of(vote).destroy()
    shown = text_of(signed_in(officer).get(page(vote)))
    assert "重新组织投票" in shown
    assert "封存票箱</button>" not in shown.split("<dialog")[0]


def test_slips_are_replaced_by_two_persons(signed_in, vote) -> None:
    officer, second = officer_of(vote), officer_of(vote)
    opened(vote, officer)
    paper = vote.papers.get()
    [code] = codes_of(vote, 1, officer)
    first, other = signed_in(officer), signed_in(second)
    ask = f"/appraisals/papers/{paper.pk}/replace/"
    assert "须两人办理" in text_of(first.get(ask))
    wrong = first.post(ask, {"kind": "damaged", "code": "34", "reason": "污损"})
    assert "您输入了 2 个" in text_of(wrong)
    first.post(ask, {"kind": "damaged", "code": f"http://x/vote/#{code}", "reason": "污损"})
    asked = SlipReplacement.objects.get()
    assert "申请换发：票面污损" in text_of(first.get(page(vote)))
    confirm = f"/appraisals/replacements/{asked.pk}/confirm/"
    assert first.post(confirm).status_code == 403
    fresh = CODE.findall(other.post(confirm).content.decode())
    assert len(fresh) == 1
    assert read_code(fresh[0]) != code
    assert "已经办结" in text_of(other.post(confirm, follow=True))
    first.post(ask, {"kind": "lost", "reason": "遗失"})
    first.post(f"/appraisals/replacements/{SlipReplacement.objects.first().pk}/decline/")
    assert SlipReplacement.objects.first().is_confirmed is False


def test_a_stranger_finds_nothing(signed_in, vote) -> None:
    client, paper = signed_in(make_user(Role.ORGANISATION_DEPARTMENT)), vote.papers.get()
    opened(vote, officer_of(vote))
    codes_of(vote, 1, officer_of(vote))
    asked = SlipReplacement.objects.create(paper=paper, kind="lost", reason="x", asked_on=ON)
    for path in (page(vote), f"{page(vote)}paper/", f"/appraisals/papers/{paper.pk}/slips/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/appraisals/replacements/{asked.pk}/confirm/").status_code == 404


def sent(appraisal, code: str, level: int) -> dict[str, str]:
    sheet = box_of(appraisal).sheet(appraisal.papers.get().pk)
    return {"code": code, "end": "1"} | {name_of(ratee, item): str(level) for ratee, item in sheet.lines()}


def test_two_clerks_enter_a_ballot_on_paper(signed_in, vote, django_capture_on_commit_callbacks) -> None:
    officer, second = officer_of(vote), officer_of(vote)
    opened(vote, officer)
    [code] = codes_of(vote, 1, officer)
    one, two = signed_in(officer), signed_in(second)
    path = f"{page(vote)}paper/"
    assert "投票码" in text_of(one.get(path))
    assert "您输入了 2 个" in text_of(one.post(path, {"code": "34"}))
    assert "指标2" in text_of(one.post(path, {"code": code}))
    short = sent(vote, code, 3)
    short.popitem()
    refused = text_of(one.post(path, short))
    assert "还没有选" in refused
    assert "还有 1 项没有选" in refused
    assert f'href="#{list(sent(vote, code, 3))[-1]}">指标3</a>' in refused
    assert "请另一人独立录入" in text_of(one.post(path, sent(vote, code, 3), follow=True))
    assert "待第二人录入：1 张" in text_of(one.get(page(vote)))
    assert "selected" not in text_of(two.post(path, {"code": code}))  # the other's marks are not shown
    assert "两次录入一致，已计入" in text_of(two.post(path, sent(vote, code, 3), follow=True))
    assert "不能重复录入" in text_of(two.post(path, {"code": code}))
    with django_capture_on_commit_callbacks(execute=True):
        one.post(f"{page(vote)}close/")
    assert SealedBallot.objects.count() == 1


def test_no_ballot_is_kept_for_whom_the_session_has_ended(signed_in, vote) -> None:
    clerk = officer_of(vote)
    opened(vote, clerk)
    (code,) = codes_of(vote, 1, clerk)
    paper = vote.papers.get()
    forms = {
        f"{page(vote)}paper/": sent(vote, code, 3),
        f"{page(vote)}paper/take-back/": {"code": code},
        f"{page(vote)}paper/send-back/": {"code": code},
        f"/appraisals/papers/{paper.pk}/replace/": {"kind": "damaged", "code": code, "reason": "污损"},
    }
    for address, typed in forms.items():
        client = signed_in(clerk)
        shown = client.get(f"{page(vote)}paper/").content.decode()
        key = shown.split('name="form_key" value="')[1].split('"')[0]
        client.logout()
        assert client.post(address, {"form_key": key, **typed}).status_code == 302
    assert not KeptForm.objects.exists()
    assert not find(code, on=ON)[1].is_spent


def test_a_third_person_settles_what_differs(signed_in, vote) -> None:
    clerks = [officer_of(vote) for _n in range(3)]
    opened(vote, clerks[0])
    [code] = codes_of(vote, 1, clerks[0])
    path = f"{page(vote)}paper/"
    one, two, three = (signed_in(clerk) for clerk in clerks)
    one.post(path, sent(vote, code, 3))
    assert "两次录入都已锁定" in text_of(two.post(path, sent(vote, code, 2), follow=True))
    assert "由您作为第三人核定" in text_of(three.post(path, {"code": code}))
    assert "两次录入不一致：1 张" in text_of(one.get(page(vote)))
    assert "与两次录入都不同" in text_of(three.post(path, sent(vote, code, 1)))
    assert "已按第三人录入核定" in text_of(three.post(path, sent(vote, code, 2), follow=True))
    paper = vote.papers.get().pk
    assert box_of(vote).content().ballots == [
        (paper, {r.key: {i.code: 2 for i in r.items} for r in box_of(vote).sheet(paper).ratees})
    ]


def test_a_pile_of_paper_ballots_from_the_first_to_the_count(
    signed_in, vote, django_capture_on_commit_callbacks
) -> None:
    """Six slips: two are typed alike, two differ, one is spoilt, one was voted by phone; two slips are not used."""
    clerks = [officer_of(vote) for _n in range(3)]
    opened(vote, clerks[0])
    codes = codes_of(vote, 8, clerks[0])
    path = f"{page(vote)}paper/"
    one, two, three = (signed_in(clerk) for clerk in clerks)
    phone = sent(vote, codes[5], 4)
    assert "已收到您的票" in text_of(Client().post("/vote/cast/", phone))
    for code in codes[:4]:
        one.post(path, sent(vote, code, 3))
    assert "您输入了 9 个" in text_of(one.post(path, {"code": codes[4][:9]}))  # torn
    spoilt = sent(vote, codes[4], 3)
    spoilt.popitem()
    assert "还有 1 项没有选" in text_of(one.post(path, spoilt))
    assert "不能重复录入" in text_of(one.post(path, phone))
    first = next(name for name in spoilt if name.startswith("m-"))
    for code in codes[:2]:
        assert "两次录入一致" in text_of(two.post(path, sent(vote, code, 3), follow=True))
    for code in codes[2:4]:
        two.post(path, sent(vote, code, 3) | {first: "1"})
    assert "两次录入不一致：2 张" in text_of(one.get(page(vote)))
    assert "还有 2 张纸质票" in text_of(one.post(f"{page(vote)}close/", follow=True))
    assert "您录入过其中一次" in text_of(one.post(path, sent(vote, codes[2], 3)))
    for code in codes[2:4]:
        assert "已按第三人录入核定" in text_of(
            three.post(path, sent(vote, code, 3) | {first: "1"}, follow=True)
        )
    with django_capture_on_commit_callbacks(execute=True):
        one.post(f"{page(vote)}close/")
    paper = vote.papers.get()
    assert (paper.n_issued, paper.n_counted, paper.n_void) == (8, 5, 0)
    levels = sorted(
        tuple(sorted(level for given in b.marks.values() for level in given.values()))
        for b in SealedBallot.objects.all()
    )
    n = len(levels[0])
    assert levels == sorted([(3,) * n] * 2 + [(1, *(3,) * (n - 1))] * 2 + [(4,) * n])


def test_an_entry_is_taken_back_by_whoever_typed_it(signed_in, vote) -> None:
    officer, second = officer_of(vote), officer_of(vote)
    opened(vote, officer)
    [code] = codes_of(vote, 1, officer)
    one, two = signed_in(officer), signed_in(second)
    path = f"{page(vote)}paper/"
    one.post(path, sent(vote, code, 3))
    back = f"{path}take-back/"
    assert "没有录入过" in text_of(two.post(back, {"code": code}, follow=True))
    assert "已撤回" in text_of(one.post(back, {"code": code}, follow=True))
    assert "您输入了 1 个" in text_of(one.post(back, {"code": "3"}, follow=True))
    assert "待第二人录入" not in text_of(one.get(page(vote)))


def test_two_entries_that_differ_are_sent_back_by_a_third_person(signed_in, vote) -> None:
    clerks = [officer_of(vote) for _n in range(3)]
    opened(vote, clerks[0])
    [code] = codes_of(vote, 1, clerks[0])
    path = f"{page(vote)}paper/"
    one, two, three = (signed_in(clerk) for clerk in clerks)
    back = f"{path}send-back/"
    one.post(path, sent(vote, code, 3))
    assert "只有两次录入不一致的票" in text_of(three.post(back, {"code": code}, follow=True))
    two.post(path, sent(vote, code, 2))
    for clerk in (one, two):
        assert "您录入过其中一次" in text_of(clerk.post(path, {"code": code}))
        assert "您录入过其中一次" in text_of(clerk.post(back, {"code": code}, follow=True))
        assert "您录入过其中一次" in text_of(clerk.post(f"{path}take-back/", {"code": code}, follow=True))
    assert "退回重录" in text_of(three.post(path, {"code": code}))
    assert "两次录入都已退回" in text_of(three.post(back, sent(vote, code, 1), follow=True))
    assert "两次录入不一致" not in text_of(one.get(page(vote)))
    one.post(path, sent(vote, code, 1))
    assert "两次录入一致，已计入" in text_of(two.post(path, sent(vote, code, 1), follow=True))


def test_a_request_for_a_new_slip_is_no_way_around_the_third_person(signed_in, vote) -> None:
    clerks = [officer_of(vote) for _n in range(2)]
    opened(vote, clerks[0])
    [code] = codes_of(vote, 1, clerks[0])
    path, paper = f"{page(vote)}paper/", vote.papers.get()
    one, two = (signed_in(clerk) for clerk in clerks)
    one.post(path, sent(vote, code, 3))
    two.post(path, sent(vote, code, 2))
    one.post(f"/appraisals/papers/{paper.pk}/replace/", {"kind": "damaged", "code": code, "reason": "污损"})
    asked = paper.replacements.get()
    one.post(f"/appraisals/replacements/{asked.pk}/decline/")
    assert "您录入过其中一次" in text_of(one.post(path, sent(vote, code, 2)))
    assert "两次录入不一致：1 张" in text_of(one.get(page(vote)))


def test_ten_slips_a_page() -> None:
    codes = [f"{n:020d}" for n in range(A_PAGE + 1)]
    pages = slips_of(codes, "https://x/")
    assert [len(one) for one in pages] == [10, 1]
    assert pages[1][0].code == "0000-0000-0000-0000-0010"


def test_what_a_scanner_types() -> None:
    assert code_from("https://x/vote/#3467") == "3467"
    assert code_from("3467") == "3467"


def test_a_picture_holds_no_text_and_no_style(vote) -> None:
    drawing = picture_of("https://x/vote/#<b>")
    assert drawing.startswith("<svg")
    assert "style=" not in drawing
    assert "b>" not in drawing


def test_many_papers_are_paged_and_what_waits_for_a_second_person_comes_first(signed_in, db, monkeypatch):
    monkeypatch.setattr("secondment.appraisals.views.voting.PAGE", 1)
    appraisal = make_appraisal(("colleagues", "masses"))
    client = signed_in(officer_of(appraisal))
    first, last = appraisal.papers.all()
    address = page(appraisal)
    papers = [client.get(f"{address}?page={n}").context["lines"][0].paper for n in (1, 2)]
    assert papers == [first, last]
    SlipReplacement.objects.create(paper=last, kind="lost", reason="雨淋", asked_by=make_user(), asked_on=ON)
    assert client.get(address).context["lines"][0].paper == last
    assert "1 / 2" in text_of(client.get(address))
