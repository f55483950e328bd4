"""The pages: who sees what, one click, and that nothing is done twice."""

import datetime as dt
import io

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.makers import make_user
from tests.pages import text_of
from tests.task_books.scene import (
    AT,
    DUE,
    ON,
    Scene,
    drafted,
    first_task,
    make_task,
    sent,
    signed,
    with_account,
)

from secondment.accounts.choices import Role
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.posts.models import PostTask
from secondment.task_books import services
from secondment.task_books.choices import BookState, TaskKind
from secondment.task_books.models import Task, TaskBook, TaskOutcome, TaskProposal

ROW = {"kind": "own", "field": "other", "proposer": "host"}


def rows(*tasks: dict[str, object], version: int = 0, **more: object) -> dict[str, object]:
    """What a browser sends of the form of a draft."""
    data: dict[str, object] = {
        "version": version,
        "tasks-TOTAL_FORMS": len(tasks),
        "tasks-INITIAL_FORMS": 0,
        **more,
    }
    for at, task in enumerate(tasks):
        data |= {f"tasks-{at}-{name}": value for name, value in {**ROW, **task}.items()}
    return data


TASK = {"name": "土地流转", "target": "800亩", "weight": 100, "due_on": "2026-12-31", "way": "看合同"}


def page(client: Client, placement: Placement) -> str:
    return text_of(client.get(f"/task-books/{placement.pk}/"))


def test_the_form_begins_with_what_the_demand_asked_for(scene: Scene, signed_in) -> None:
    placement = scene.people[0]
    fields = {"measure": "新增面积", "target": 800, "measure_unit": "亩"}
    PostTask.objects.create(post=placement.post, position=1, name="土地流转", due_on=DUE, **fields)
    far = dt.date(2040, 1, 1)
    PostTask.objects.create(post=placement.post, position=2, name="林下经济", due_on=far, **fields)
    form = signed_in(scene.host_clerk()).get(f"/task-books/{placement.pk}/edit/").context["tasks"]
    initial = [(one["name"], one["target"], one["due_on"]) for one in form.initial]
    assert initial == [("土地流转", "新增面积800亩", DUE), ("林下经济", "新增面积800亩", None)]


def test_written_signed_and_accepted(scene: Scene, signed_in) -> None:
    placement, own = scene.people[0], with_account(scene)
    host, secondee = signed_in(scene.host_clerk()), signed_in(own)
    path = f"/task-books/{placement.pk}/"
    answer = host.post(f"{path}edit/", rows(TASK, send="1"), follow=True)
    assert "已签署并送本人签署。" in text_of(answer)
    book = TaskBook.objects.get()
    assert "接收单位已签署任务书，请看过后签署。" in text_of(secondee.get("/placements/mine/"))
    answer = secondee.post(f"/task-books/versions/{book.pk}/sign/", {"version": book.version}, follow=True)
    assert "已签署，任务书生效。" in text_of(answer)
    task = first_task(placement)
    answer = host.post(f"/task-books/tasks/{task.pk}/accept/", follow=True)
    assert "“土地流转”已通过验收。" in text_of(answer)
    answer = host.post(f"/task-books/tasks/{task.pk}/accept/", follow=True)
    assert "不必再次验收" in text_of(answer)
    assert TaskOutcome.objects.count() == 1


@pytest.mark.parametrize(("weight", "words"), [(99, "还差 1"), (101, "权重应为 0 至 100")])
def test_wrong_weights_stay_on_the_page_with_the_remedy(
    scene: Scene, signed_in, weight: int, words: str
) -> None:
    path = f"/task-books/{scene.people[0].pk}/edit/"
    answer = signed_in(scene.host_clerk()).post(path, rows({**TASK, "weight": weight}, send="1"))
    assert words in text_of(answer)
    assert 'value="土地流转"' in answer.content.decode()
    assert not TaskBook.objects.exists()


def test_a_day_outside_the_term_is_said_where_it_was_typed(scene: Scene, signed_in) -> None:
    path = f"/task-books/{scene.people[0].pk}/edit/"
    answer = signed_in(scene.host_clerk()).post(path, rows({**TASK, "due_on": "2028-01-05"}))
    errors = answer.context["tasks"].forms[0].errors
    assert errors == {"due_on": ["完成时限应在挂职期内（2026-01-05至2028-01-04）。请改正。"]}


def test_a_draft_written_meanwhile_is_not_written_over(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    path = f"/task-books/{scene.people[0].pk}/edit/"
    assert client.post(path, rows(TASK)).status_code == 302
    assert client.post(path, rows({**TASK, "name": "另一项"})).status_code == 409
    assert Task.objects.get().name == "土地流转"


def test_lines_of_other_task_books_are_new_here(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    path = f"/task-books/{scene.people[0].pk}/edit/"
    client.post(path, rows({**TASK, "line": 7, "weight": 50}, {**TASK, "line": 7, "weight": 50}))
    assert list(Task.objects.values_list("line", flat=True)) == [1, 2]


def test_rows_are_removed_and_empty_rows_are_none(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    path = f"/task-books/{scene.people[0].pk}/edit/"
    gone = {**TASK, "name": "不要了", "DELETE": "on"}
    client.post(path, rows(TASK, gone, {"weight": ""}))
    assert list(Task.objects.values_list("name", flat=True)) == ["土地流转"]


def test_a_signed_task_book_is_changed_not_edited(scene: Scene, signed_in) -> None:
    signed(scene)
    client = signed_in(scene.host_clerk())
    path = f"/task-books/{scene.people[0].pk}/"
    assert "请办理变更" in text_of(client.get(f"{path}edit/", follow=True))
    assert "必填" in text_of(client.post(f"{path}change/", {"reason": ""}))
    client.post(f"{path}change/", {"reason": "项目调整"})
    assert "变更（第 2 版）" in page(client, scene.people[0])
    draft = TaskBook.objects.get(state=BookState.DRAFT)
    client.post(f"/task-books/versions/{draft.pk}/drop/", {"version": draft.version})
    assert "变更（第 2 版）" not in page(client, scene.people[0])


def test_what_is_not_signed_is_between_host_and_secondee(scene: Scene, signed_in) -> None:
    own = with_account(scene)
    book = drafted(scene)
    assert "土地流转" in page(signed_in(own), scene.people[0])
    home = signed_in(scene.home_clerk())
    assert "土地流转" not in page(home, scene.people[0])
    assert home.get(f"/task-books/versions/{book.pk}/").status_code == 403
    assert home.get(f"/task-books/versions/{book.pk}/form/").status_code == 403


def test_a_power_that_the_division_does_not_give_raises_a_question(scene: Scene, signed_in) -> None:
    signed(scene, make_task(50, over_money=True), make_task(50, kind=TaskKind.JOINT, partner="甲"))
    client = signed_in(scene.host_clerk())
    assert "任务涉及资金审批，书面分工没有授予" in page(client, scene.people[0])
    path = f"/task-books/{scene.people[0].pk}/division/"
    version = client.get(path).context["form"]["version"].value()
    client.post(path, {"duties": "分管产业", "powers": ["over_money"], "version": version})
    shown = page(client, scene.people[0])
    assert "书面分工没有授予" not in shown
    assert "资金审批" in shown


def test_nobody_in_charge_of_anything_is_asked_about(scene: Scene, signed_in) -> None:
    signed(scene, make_task(kind=TaskKind.ADVICE))
    client = signed_in(scene.host_clerk())
    assert "没有一项分管的任务" in page(client, scene.people[0])
    task = first_task(scene.people[0])
    client.post(f"/task-books/tasks/{task.pk}/accept/")
    assert first_task(scene.people[0]).accepted_on is None
    client.post(f"/task-books/tasks/{task.pk}/accept/", {"adopted": "no"})
    assert "已验收 · 未采纳" in page(client, scene.people[0])


def test_a_task_is_refused_and_an_acceptance_taken_back_on_their_pages(scene: Scene, signed_in) -> None:
    signed(scene)
    client, task = signed_in(scene.host_clerk()), first_task(scene.people[0])
    client.post(f"/task-books/tasks/{task.pk}/refuse/", {"reason": "没有合同"})
    assert "验收不通过" in page(client, scene.people[0])
    client.post(f"/task-books/tasks/{task.pk}/note/", {"reason": "补了合同"})
    client.post(f"/task-books/tasks/{task.pk}/accept/")
    client.post(f"/task-books/tasks/{task.pk}/take-back/", {"reason": "误点"})
    shown = page(client, scene.people[0])
    assert all(words in shown for words in ("没有合同", "补了合同", "误点"))
    assert first_task(scene.people[0]).accepted_on is None


def test_proposing_declining_taking(scene: Scene, signed_in) -> None:
    own, path = with_account(scene), f"/task-books/{scene.people[0].pk}/"
    secondee, host = signed_in(own), signed_in(scene.host_clerk())
    given = {"name": "电商点", "kind": "own", "field": "aid", "target": "50万元"}
    assert "完成时限应在" in text_of(secondee.post(f"{path}propose/", {**given, "due_on": "2031-01-01"}))
    secondee.post(f"{path}propose/", given)
    secondee.post(f"{path}propose/", {**given, "name": "村史馆"})
    first, second = TaskProposal.objects.order_by("pk")
    host.post(f"/task-books/proposals/{second.pk}/decline/", {"reason": "已有"})
    answer = host.post(f"/task-books/proposals/{first.pk}/take/", follow=True)
    assert "请补写权重和验收方式" in text_of(answer)
    answer = host.post(f"/task-books/proposals/{first.pk}/take/", follow=True)
    assert "这条任务建议已处理：已采纳" in text_of(answer)
    assert "未采纳" in page(secondee, scene.people[0])


def test_returned_recalled_and_sent_again(scene: Scene, signed_in) -> None:
    own = with_account(scene)
    book = sent(scene)
    secondee, host = signed_in(own), signed_in(scene.host_clerk())
    secondee.post(f"/task-books/versions/{book.pk}/return/", {"reason": "时限太紧", "version": book.version})
    assert "本人希望修改：时限太紧" in page(host, scene.people[0])
    for act in ("send", "recall"):
        book.refresh_from_db()
        host.post(f"/task-books/versions/{book.pk}/{act}/", {"version": book.version})
    book.refresh_from_db()
    assert book.state == BookState.DRAFT
    answer = secondee.post(f"/task-books/versions/{book.pk}/sign/", {"version": book.version}, follow=True)
    assert "请刷新页面" in text_of(answer)
    answer = host.post(f"/task-books/versions/{book.pk}/send/", follow=True)
    assert "已有修改" in text_of(answer), "a signature names the version that was read"


def test_signed_on_paper_needs_the_scan(scene: Scene, signed_in) -> None:
    book = sent(scene)
    host = signed_in(scene.host_clerk())
    assert "登记纸质签署" in page(host, scene.people[0])
    answer = host.post(f"/task-books/versions/{book.pk}/paper/", {"version": book.version}, follow=True)
    assert "请先上传，再登记签署" in text_of(answer)
    assert f"/documents/papers/F6/{book.pk}/" in answer.content.decode()


def test_recusal_on_the_pages(scene: Scene, signed_in) -> None:
    own, path = with_account(scene), f"/task-books/{scene.people[0].pk}/"
    secondee, owner = signed_in(own), signed_in(scene.owner)
    assert "无需申报" in text_of(secondee.get("/placements/mine/"))
    secondee.post(f"{path}recusal/nothing/")
    assert "本人确认无需申报" in page(owner, scene.people[0])
    assert owner.post(f"{path}recusal/facts/").status_code == 404
    assert "请写明需要回避的事项" in text_of(secondee.post(f"{path}recusal/", {"facts": "弟弟经营甲社"}))
    secondee.post(f"{path}recusal/", {"matters": "甲社的项目", "facts": "弟弟经营甲社"})
    assert "弟弟" not in page(owner, scene.people[0])
    assert "弟弟经营甲社" in text_of(owner.post(f"{path}recusal/facts/"))
    home, host = (
        page(signed_in(scene.home_clerk()), scene.people[0]),
        page(signed_in(scene.host_clerk()), scene.people[0]),
    )
    assert "本人已申报，由接收单位和组织部门掌握。" in home
    assert "甲社的项目" in host
    assert "甲社的项目" not in home


def test_the_list_says_where_each_task_book_stands(scene: Scene, signed_in) -> None:
    third, fourth = scene.add(), scene.add()
    people = [*scene.people]
    signed(scene, make_task(due_on=ON), at=0)
    signed(scene, make_task(60), make_task(40, due_on=ON - dt.timedelta(days=1)), at=1)
    signed(scene, at=2)
    services.accept_task(first_task(third), by=scene.host_clerk(), on=ON, at=AT)
    client = signed_in(scene.host_clerk())

    def listed(query: str) -> set[int]:
        return {one.item.pk for one in client.get(f"/task-books/?{query}").context["listing"].rows()}

    assert listed("stage=none") == {fourth.pk}
    assert listed("stage=due") == {people[0].pk, people[1].pk}
    assert listed("stage=done") == {third.pk}
    assert listed("stage=signed") == set()
    assert listed("late=late") == {people[1].pk}
    assert listed(f"host={people[0].host_unit.name}") == {people[0].pk}
    assert listed(f"name={people[1].person.name}") == {people[1].pk}
    assert client.get("/task-books/?export=xlsx").status_code == 200


def test_a_secondee_is_led_to_their_own_task_book(scene: Scene, signed_in) -> None:
    placement = scene.people[0]
    client = signed_in(with_account(scene))
    assert client.get("/task-books/").headers["Location"] == f"/task-books/{placement.pk}/"
    earlier = scene.add()
    earlier.person, earlier.state = placement.person, PlacementState.ENDED
    earlier.save()
    assert client.get("/task-books/").status_code == 200


@pytest.mark.parametrize("page", ["/task-books/write/", "/task-books/profiles/"])
def test_pages_about_chosen_people_lead_back_to_the_list(scene: Scene, signed_in, page: str) -> None:
    assert signed_in(scene.host_clerk()).get(page).headers["Location"] == "/task-books/"


def test_queries_of_list_and_page_do_not_grow(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    signed(scene, make_task(60), make_task(40))
    paths = ("/task-books/", f"/task-books/{scene.people[0].pk}/")

    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    before = [count(path) for path in paths]
    for at in range(1, 6):
        scene.add()
        signed(scene, make_task(60), make_task(40), at=at)
    clerk, placement = scene.host_clerk(), scene.people[0]
    services.start_change(placement, reason="调整", by=clerk, at=AT)
    draft = services.write_draft(
        placement, [make_task(60, line=1), make_task(40, line=2), make_task(0), make_task(0)], by=clerk, at=AT
    )
    assert draft.tasks.count() == 4
    for line in (1, 2):
        task = Task.objects.select_related("book").get(
            book__state="in_force", book__placement=placement, line=line
        )
        services.refuse_task(task, reason="不", by=clerk, on=ON, at=AT)
        services.note_progress(task, text="进展", by=clerk, at=AT)
    after = [count(path) for path in paths]
    assert after[0] == before[0]
    assert after[1] <= before[1] + 1, "the tasks of the draft are one query more"


def test_many_at_once_from_the_list(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    keys = [one.pk for one in scene.people]
    shown = client.post("/task-books/write/", {"selected": keys})
    assert "同样的任务写给下列 2 人" in text_of(shown)
    answer = client.post("/task-books/write/", rows(TASK, selected=keys), follow=True)
    assert "已为 2 人起草任务书。" in text_of(answer)
    again = client.post("/task-books/write/", rows(TASK, selected=keys))
    assert "已有草稿或已签订任务书" in text_of(again)
    stranger = scene.add(1)
    assert client.post("/task-books/write/", {"selected": [stranger.pk]}).status_code == 403
    begun = client.post("/task-books/write/", {"selected": keys}, follow=True)
    assert begun.redirect_chain == [("/task-books/", 302)]
    fresh = scene.add()
    some = client.post("/task-books/write/", {"selected": [*keys, fresh.pk]})
    assert some.context["placements"] == [fresh]
    assert f"已略去 {len(keys)} 人" in text_of(some)


def test_one_more_row_until_there_are_enough(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    row = client.get("/task-books/task-row/?tasks-TOTAL_FORMS=3").content.decode()
    assert 'name="tasks-3-name"' in row
    assert 'value="4"' in row
    full = client.get("/task-books/task-row/?tasks-TOTAL_FORMS=20").content.decode()
    assert 'name="tasks-20-name"' not in full
    assert "任务已到上限。" in full


def test_form_f6_names_tasks_and_signatures(scene: Scene, signed_in) -> None:
    book = signed(scene, make_task(60), make_task(40, name="饮水管网", kind=TaskKind.JOINT, partner="甲镇长"))
    answer = signed_in(scene.home_clerk()).get(f"/task-books/versions/{book.pk}/form/")
    document = docx.Document(io.BytesIO(answer.content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"土地流转（分管）", "饮水管网（配合：甲镇长）", "60%", "2026年12月31日", "看合同"} <= cells
    assert any("网上签署" in cell for cell in cells)
    shown = text_of(signed_in(scene.home_clerk()).get(f"/task-books/versions/{book.pk}/"))
    assert "饮水管网" in shown


def test_the_profile_says_nothing_sensitive(scene: Scene, signed_in) -> None:
    signed(scene)
    person = scene.people[0].person
    person.phone, person.specialty_text = "13800000000", "农业经济"
    person.save()
    client = signed_in(scene.host_clerk())
    shown = text_of(client.get(f"/task-books/{scene.people[0].pk}/profile/"))
    assert "土地流转" in shown
    assert "农业经济" not in shown, "read by those who read the file"
    assert "农业经济" in text_of(signed_in(scene.owner).get(f"/task-books/{scene.people[0].pk}/profile/"))
    assert not any(words in shown for words in ("13800000000", "1985"))
    both = text_of(client.post("/task-books/profiles/", {"selected": [one.pk for one in scene.people]}))
    assert all(one.person.name in both for one in scene.people)
    stranger = scene.add(1)
    assert client.post("/task-books/profiles/", {"selected": [stranger.pk]}).status_code == 404
    too_many = client.post("/task-books/profiles/", {"selected": ",".join(map(str, range(1, 302)))})
    assert "一次最多打印 300 人" in too_many.content.decode()


def test_leaders_read_and_write_nothing(scene: Scene, signed_in) -> None:
    signed(scene)
    client = signed_in(make_user(Role.LEADER, scene.root))
    shown = page(client, scene.people[0])
    assert "土地流转" in shown
    assert "通过验收" not in shown
    assert client.post(f"/task-books/tasks/{first_task(scene.people[0]).pk}/accept/").status_code == 403
