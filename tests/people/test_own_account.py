"""A person's own account: linked by the organisation department, to nobody else's name."""

import pytest
from django.urls import reverse
from tests.makers import AT, make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.people.errors import AccountNotFittingError
from secondment.people.queries import linkable_accounts, visible_to
from secondment.people.services.own_account import link_account, unlink_account

pytestmark = pytest.mark.django_db
NAME = "买买提·示例"


@pytest.fixture
def official(unit):
    return make_person(unit, name=NAME)


@pytest.fixture
def account(unit):
    return make_user(Role.SECONDEE, unit, name="买买提•示例", username="maimaiti")


def page(client, person) -> str:
    return client.get(reverse("people:person_detail", args=[person.pk])).content.decode()


def test_an_account_that_was_made_for_somebody_opens_the_own_file(client, official, account) -> None:
    assert list(visible_to(account)) == []
    assert f'name="account" value="{account.pk}"' in page(client, official)
    client.post(reverse("people:account_link", args=[official.pk]), {"account": account.pk})
    assert list(visible_to(account)) == [official]
    event = AuditEvent.objects.get(action="person.link_account")
    assert (event.object_id, event.details) == (str(official.pk), {"account": "maimaiti"})
    assert "maimaiti" in page(client, official)
    client.post(reverse("people:account_unlink", args=[official.pk]))
    assert list(visible_to(account)) == []
    assert AuditEvent.objects.get(action="person.unlink_account").details == {"account": "maimaiti"}


def test_whoever_has_none_reads_how_to_get_one(client, official) -> None:
    assert "请系统管理员开设姓名为“买买提·示例”的账号" in page(client, official)


def test_only_secondees_of_the_name_and_unit_that_are_nobodys_can_be_linked(unit, official, account) -> None:
    make_user(Role.SECONDEE, unit, name="买买提·别人")
    make_user(Role.HOME_UNIT, unit, name=NAME)
    make_user(Role.SECONDEE, make_unit("别处"), name=NAME)
    disabled = make_user(Role.SECONDEE, unit, name=NAME)
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    make_person(unit, name=NAME, account=make_user(Role.SECONDEE, unit, name=NAME))
    above = make_user(Role.SECONDEE, unit.parent, name=NAME, username="above")
    assert linkable_accounts(official) == [above, account]


def test_what_does_not_fit_is_refused(unit, clerk, official, account) -> None:
    with pytest.raises(AccountNotFittingError, match="没有关联"):
        link_account(official, make_user(Role.SECONDEE, unit, name="别人").pk, by=clerk, at=AT)
    with pytest.raises(AccountNotFittingError, match="没有关联"):
        link_account(official, None, by=clerk, at=AT)
    with pytest.raises(AccountNotFittingError, match="没有关联账号"):
        unlink_account(official, by=clerk, at=AT)
    link_account(official, account.pk, by=clerk, at=AT)
    second = make_user(Role.SECONDEE, unit, name=NAME)
    with pytest.raises(AccountNotFittingError, match="本人已有账号"):
        link_account(official, second.pk, by=clerk, at=AT)


@pytest.mark.parametrize("role", [Role.HOME_UNIT, Role.LEADER])
def test_who_may_not_read_everything_links_nothing(unit, official, account, signed_in, role) -> None:
    reader = make_user(role, unit)
    assert "本人账号" not in page(signed_in(reader), official)
    with pytest.raises(NotAllowedError):
        link_account(official, account.pk, by=reader, at=AT)
