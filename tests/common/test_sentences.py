"""Sentences are kept in Chinese with their parts and told in the reader's language; typed text stays as it is."""

import pytest
from django.utils.translation import override

from secondment.common.sentences import (
    MARK,
    counted,
    joined_sentences,
    labelled,
    listed,
    say,
    say_label,
)
from secondment.notices.models import Notice
from secondment.people.choices import PersonState
from tests.makers import make_user

ASKED = "推荐“%(campaign)s”人选 %(n)d 名"


def test_what_was_said_in_one_language_is_read_in_another(notice: Notice) -> None:
    with override("en"):
        assert Notice.objects.get().title == "Nominate 1 person for “下挂”"
        notice.title = counted(ASKED, 2, campaign="下挂")
        notice.save()
        assert Notice.objects.get().title == "Nominate 2 people for “下挂”"
    assert Notice.objects.get().title == "推荐“下挂”人选 2 名"


def test_saving_what_was_read_keeps_the_sentence(notice: Notice) -> None:
    with override("en"):
        Notice.objects.get().save()
    assert Notice.objects.get().title == "推荐“下挂”人选 1 名"


def test_typed_text_stays_as_it_is(notice: Notice) -> None:
    notice.title = '{"pattern": "%(x)s"}'
    notice.save()
    assert Notice.objects.get().title == '{"pattern": "%(x)s"}'
    assert not Notice.objects.get().body


def test_a_sentence_within_a_sentence_and_a_list_follow_the_reader(notice: Notice) -> None:
    notice.title = say(
        "%(person)s同志%(state)s，处理其在%(unit)s的挂职（%(post)s）",
        person="王一",
        state=say_label(PersonState.RETIRED.label),
        unit="甲镇",
        post="副镇长",
    )
    notice.body = say("%(names)s", names=["王一", "王二"])
    notice.save()
    with override("en"):
        read = Notice.objects.get()
        assert read.title == "王一: Retired. Decide on the placement at 甲镇 (副镇长)"
        assert read.body == "王一, 王二"
    read = Notice.objects.get()
    assert read.title == "王一同志退休，处理其在甲镇的挂职（副镇长）"
    assert read.body == "王一、王二"


@pytest.mark.parametrize(
    ("language", "items", "turns", "pair"),
    [("zh-hans", "甲、乙", "甲；乙", "甲：1"), ("en", "甲, 乙", "甲; 乙", "甲: 1")],
)
def test_punctuation_is_that_of_the_language(language: str, items: str, turns: str, pair: str) -> None:
    with override(language):
        assert (listed(["甲", "乙"]), joined_sentences(["甲", "乙"]), labelled("甲", 1)) == (
            items,
            turns,
            pair,
        )


def test_what_is_kept_is_marked(notice: Notice) -> None:
    kept = Notice._meta.get_field("title").get_prep_value(notice.title)
    assert kept.startswith(MARK)
    assert ASKED in kept


@pytest.fixture
def notice(db: None) -> Notice:
    user = make_user()
    return Notice.objects.create(
        recipient=user, title=counted(ASKED, 1, campaign="下挂"), created_at="2026-11-29T08:00:00Z"
    )
