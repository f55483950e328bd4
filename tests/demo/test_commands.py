import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.audit.services import record
from secondment.common.installation import is_demo_data, mark_as_demo
from secondment.demo.loader.accounts import PASSWORD
from secondment.units.models import Region, Unit
from tests.makers import make_unit

AT = dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_load_demo_refuses_a_scale_it_cannot_make(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="from 1 to 100"):
        call_command("load_demo", scale=0)
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("secondment.demo.loader.load.load_photos", failing)
    with pytest.raises(IntegrityError), transaction.atomic():
        call_command("load_demo")
    assert not Unit.objects.exists()
    assert not Region.objects.exists()
    assert not is_demo_data()


def failing(*_args, **_options):
    raise IntegrityError


def set_up_a_unit():
    make_unit("示例省")


def set_up_an_account():
    User.objects.create_user("wang", name="王示例")


def set_up_an_event():
    record("audit.verify", make_unit("示例省"), by=None, at=AT, details={})
    Unit.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("set_up", [set_up_a_unit, set_up_an_account, set_up_an_event])
def test_the_demo_is_not_mixed_into_an_installation_that_somebody_set_up(settings, capsys, set_up):
    settings.DEMO = True
    set_up()
    n_units = Unit.objects.count()
    call_command("load_demo")
    assert "the demo is not mixed into them" in capsys.readouterr().out
    assert (Unit.objects.count(), is_demo_data()) == (n_units, False)
    with pytest.raises(CommandError, match="not a demo installation"):
        call_command("demo_accounts")


def demo_account(username, password=PASSWORD):
    return User.objects.create_user(username, name="示例", password=password)


@pytest.mark.django_db
def test_closing_the_demo_disables_who_still_has_the_published_password(client, capsys):
    mark_as_demo()
    for username in ("org", "auditor"):
        demo_account(username)
    changed, own = demo_account("host", "a-password-of-my-own"), demo_account("wang")
    client.force_login(User.objects.get(username="org"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/accounts/password/").status_code == 200
    call_command("close_demo")
    line = capsys.readouterr().out
    assert "已停用2个演示账号" in line
    assert "2 demo accounts were disabled, their sessions ended: auditor org\n" in line
    assert set(User.objects.filter(is_active=True)) == {changed, own}
    assert client.get("/accounts/password/").status_code == 302
    events = AuditEvent.objects.filter(action="account.disable_demo")
    assert sorted(event.object_label for event in events) == ["示例", "示例"]
    call_command("close_demo")
    assert capsys.readouterr().out == ""
    assert AuditEvent.objects.filter(action="account.disable_demo").count() == 2


@pytest.mark.django_db
def test_closing_leaves_real_accounts_alone_whatever_their_names(capsys):
    real = demo_account("org")
    call_command("close_demo")
    assert capsys.readouterr().out == ""
    real.refresh_from_db()
    assert real.is_active


@pytest.mark.django_db
def test_closed_demo_accounts_are_offered_to_nobody(settings, client, capsys):
    settings.DEMO = True
    mark_as_demo()
    demo_account("org")
    open_one = "?as=org"
    assert open_one in client.get("/accounts/sign-in/").content.decode()
    call_command("close_demo")
    assert open_one not in client.get("/accounts/sign-in/").content.decode()
    call_command("demo_accounts")
    assert "The demo accounts are closed" in capsys.readouterr().out
