"""Pages of findings: facts ticked, both units side by side, the report by number, in Word; strangers meet nothing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.findings.scene import AT, Scene, talk, written
from tests.findings.test_writing import settle
from tests.pages import text_of

from secondment.audit.models import AuditEvent
from secondment.findings.models import Finding
from secondment.talks.models import Talk

SignedIn = Callable[[Any], Client]


def address(scene: Scene, page: str = "year", year: int = 2026) -> str:
    return reverse(f"findings:{page}", args=[scene.placement.pk, year])


def typed(one: Talk, **fields: Any) -> dict[str, Any]:
    return {
        "side": "host",
        "theme": "strength",
        "text": "肯下村。",
        "signer": "王示例",
        "signed_on": "2026-11-02",
        "facts": [f"talk/{one.pk}"],
        **fields,
    }


def test_write_correct_withdraw(scene: Scene, signed_in: SignedIn) -> None:
    one = talk(scene)
    client = signed_in(scene.host)
    page = text_of(client.get(address(scene, "finding_write")))
    assert "示例镇日常谈心" in page
    assert "在岗情况" in page
    refused = text_of(client.post(address(scene, "finding_write"), typed(one, facts=[])))
    assert "没有勾选事实依据" in refused
    assert "肯下村。" in refused
    assert client.post(address(scene, "finding_write"), typed(one)).status_code == 302
    shown = text_of(client.get(address(scene)))
    assert "肯下村。 （事实 1）" in shown
    assert "接收单位 · 示例村" in shown
    assert "派出单位 · 示例厅" in shown
    first = Finding.objects.get()
    correct = reverse("findings:finding_correct", args=[first.pk])
    assert "肯下村。" in text_of(client.get(correct))
    assert client.post(correct, typed(one, text="常下村。")).status_code == 302
    second = Finding.objects.get(state="standing")
    withdraw = reverse("findings:finding_withdraw", args=[second.pk])
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"words": "写错人"}).status_code == 302
    assert "还没有评语" in text_of(client.get(address(scene)))
    assert client.get(correct).status_code == 404


def test_what_cannot_be_ticked_again_is_counted(scene: Scene, signed_in: SignedIn) -> None:
    finding = written(scene)
    Talk.objects.update(is_withdrawn=True)
    client = signed_in(scene.host)
    page = text_of(client.get(reverse("findings:finding_correct", args=[finding.pk])))
    assert "原来引用的 1 项事实已撤销" in page
    assert "有 1 项事实在引用后变更或撤销" in text_of(client.get(address(scene)))


def test_a_changed_fact_shows_what_it_is_now(scene: Scene, signed_in: SignedIn) -> None:
    written(scene)
    Talk.objects.update(kind="visit")
    page = text_of(signed_in(scene.host).get(address(scene)))
    assert "引用后已变更" in page
    assert "现为：示例镇走访慰问" in page


def test_who_opens_what(scene: Scene, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    written(scene)
    written(scene, by=scene.owner, side="department", text="部里意见。")
    assert "部里意见。" in text_of(signed_in(scene.leader).get(address(scene)))
    assert "部里意见。" not in text_of(signed_in(scene.home_clerk).get(address(scene)))
    assert signed_in(scene.other_host).get(address(scene)).status_code == 404
    assert signed_in(scene.person).get(address(scene)).status_code == 404
    assert signed_in(scene.host).get(address(scene, year=2025)).status_code == 404
    assert signed_in(scene.host).get(address(scene, "finding_write", 2025)).status_code == 404
    assert signed_in(scene.leader).get(address(scene, "finding_write")).status_code == 403
    settle(monkeypatch, is_in_force=True)
    own = text_of(signed_in(scene.person).get(address(scene)))
    assert "部里意见。" in own
    assert "该年度等次已登记决定" in own
    assert "评语依据" in text_of(signed_in(scene.person).get(f"/placements/{scene.placement.pk}/"))


def test_the_report_in_word(scene: Scene, signed_in: SignedIn) -> None:
    from docx import Document

    one = talk(scene)
    written(scene, one, contrary_words="上半年少。")
    answer = signed_in(scene.host).get(address(scene, "year_print"))
    document = Document(BytesIO(b"".join(answer) if answer.streaming else answer.content))
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "肯下村，主动与群众沟通。（事实1）" in words
    assert "相反情况：上半年少。" in words
    assert "谈话：示例镇日常谈心" in words
    assert AuditEvent.objects.filter(action="findings.print").count() == 1


def test_the_list_and_its_filters(scene: Scene, signed_in: SignedIn) -> None:
    written(scene)
    written(scene, by=scene.home_clerk, side="home", theme="weakness", text="联系少。")
    client = signed_in(scene.host)
    assert "共 2 条" in text_of(client.get("/findings/"))
    assert "共 1 条" in text_of(client.get("/findings/?side=home"))
    assert "共 1 条" in text_of(client.get("/findings/?theme=weakness"))
    assert client.get("/findings/?export=xlsx").status_code == 200
    assert signed_in(scene.person).get("/findings/").status_code == 403


def test_the_panel_of_a_placement(scene: Scene, signed_in: SignedIn) -> None:
    written(scene)
    page = text_of(signed_in(scene.host).get(f"/placements/{scene.placement.pk}/"))
    assert "接收单位 1 条，派出单位 0 条" in page
    assert AT.year == 2026
