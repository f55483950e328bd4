"""Which account is proposed for a chosen row, and why none is for others."""

import pytest
from tests.makers import make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.onboarding.candidates import people_candidates, unit_candidates
from secondment.onboarding.usernames import free_usernames, username_for_person, username_for_unit
from secondment.people.choices import PersonState
from secondment.units.models import Unit

BOTH = (Role.HOME_UNIT, Role.HOST_UNIT)


def proposed(office, *people, why="") -> list[tuple[str, str]]:
    rows = [(number, one, why) for number, one in enumerate(people)]
    return [(one.username, one.refusal) for one in people_candidates(rows, by=office.clerk)]


class TestUsernames:
    @pytest.mark.parametrize(
        ("name", "unit", "username"),
        [
            ("张示例", "示例镇", "zhangshili.slz"),
            ("曾示例", "示例镇", "zengshili.slz"),
            ("买买提·示例", "示例镇", "maimaitishili.slz"),
            ("Anna Smith", "示例镇", "annasmith.slz"),
            ("张示例", "……", "zhangshili"),
            ("……", "示例镇", "user.slz"),
            ("示" * 20, "示例" * 10, f"{('shi' * 20)[:30]}.slslslslsl"),
        ],
    )
    def test_pinyin_of_name_and_initials_of_unit(self, name, unit, username) -> None:
        assert username_for_person(name, Unit(name=unit)) == username

    @pytest.mark.parametrize(
        ("name", "short", "username"),
        [
            ("示例镇人民政府", "示例镇", "shilizhen"),
            ("示例镇", "", "shilizhen"),
            ("厄", "", "unite"),
            ("示" * 20, "", ("shi" * 20)[:40]),
        ],
    )
    def test_pinyin_of_a_unit(self, name, short, username) -> None:
        assert username_for_unit(Unit(name=name, short_name=short)) == username

    def test_a_number_tells_apart_what_is_taken_by_an_account_a_batch_or_another_row(self, office) -> None:
        make_user(username="a")
        make_user(username="a3")
        office.asked(1)
        assert free_usernames(["a", "b", "a", "zhang0", "b"]) == ["a2", "b", "a4", "zhang02", "b2"]
        assert free_usernames([]) == []


class TestPeople:
    def test_each_is_proposed_once(self, office) -> None:
        first, second = office.add_people(2)
        assert proposed(office, first, second, first) == [
            ("zhangshili.slsfgj", ""),
            ("zhangshili.slsfgj2", ""),
            ("", "本人已在本页列出"),
        ]

    def test_who_has_an_account_is_named_with_it(self, office) -> None:
        account = make_user(Role.SECONDEE, office.home, username="old.name")
        assert proposed(office, make_person(office.home, account=account)) == [("", "已有账号：old.name")]

    def test_the_list_may_say_why_not(self, office) -> None:
        assert proposed(office, *office.add_people(1), why="挂职已结束") == [("", "挂职已结束")]

    def test_who_left_or_whose_unit_is_closed_is_named(self, office) -> None:
        retired = make_person(office.home, state=PersonState.RETIRED)
        closed = make_person(make_unit(parent=office.root, is_active=False))
        assert proposed(office, retired, closed) == [("", "本人状态为“退休”"), ("", "单位已停用")]

    def test_people_of_another_scope_are_named(self, office) -> None:
        assert proposed(office, make_person(make_unit())) == [("", "所在单位不在您的管理范围内")]

    def test_who_waits_in_another_batch_is_named(self, office) -> None:
        office.asked(1)
        assert proposed(office, *office.people) == [("", "已在另一份申请中，等待确认")]

    def test_an_account_that_waits_to_be_linked_is_not_doubled(self, office) -> None:
        [person] = office.add_people(1)
        waiting = make_user(Role.SECONDEE, office.home, name="张示例")
        assert proposed(office, person) == [("zhangshili.slsfgj", "")], "belongs to no unit"
        User.objects.filter(pk=waiting.pk).update(unit=office.home)
        [(username, why)] = proposed(office, person)
        assert (username, why.split("，")[0]) == ("", "已有同名账号尚未关联")
        assert proposed(office, make_person(office.home, name="李示例"))[0][1] == ""


class TestUnits:
    def test_one_each_called_like_the_unit_until_somebody_is_named(self, office) -> None:
        found = unit_candidates([office.home, office.host], BOTH)
        assert [(one.key, one.name, one.username, one.refusal) for one in found] == [
            (office.home.pk, "示例市发改局", "shilishifagaiju", ""),
            (office.host.pk, "示例镇", "shilizhen", ""),
        ]

    def test_a_unit_with_an_active_account_of_the_role_is_left_out(self, office) -> None:
        account = make_user(Role.HOST_UNIT, office.host, username="town")
        assert unit_candidates([office.host], [Role.HOST_UNIT])[0].refusal == "已有账号：town"
        assert unit_candidates([office.host], BOTH)[0].refusal == "已有账号：town"
        assert unit_candidates([office.host], [Role.HOME_UNIT])[0].refusal == ""
        User.objects.filter(pk=account.pk).update(is_active=False)
        assert unit_candidates([office.host], [Role.HOST_UNIT])[0].refusal == ""

    def test_external_and_closed_units_are_named(self, office) -> None:
        external = make_unit(parent=office.root, is_external=True)
        closed = make_unit(parent=office.root, is_active=False)
        assert [one.refusal for one in unit_candidates([external, closed], BOTH)] == [
            "外部单位不需要账号，由主办组织部门代为登记",
            "单位已停用",
        ]

    def test_a_long_name_fits_an_account(self, office) -> None:
        assert unit_candidates([make_unit("示" * 61, office.root)], BOTH)[0].name == "示" * 60
