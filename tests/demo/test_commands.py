import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from secondment.accounts.models import User
from secondment.units.models import Region, Unit


@pytest.mark.django_db
def test_load_demo_refuses_a_scale_it_cannot_make(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="from 1 to 100"):
        call_command("load_demo", scale=0)
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_load_demo_says_how_much_it_loaded(settings, capsys):
    settings.DEMO = True
    call_command("load_demo")
    printed = capsys.readouterr().out
    assert "957 people, 447 posts, 737 units, 8 campaigns" in printed
    assert Unit.objects.count() == 737


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(settings):
    settings.DEMO = True
    User.objects.create_user("auditor", name="先到者")
    with pytest.raises(IntegrityError), transaction.atomic():
        call_command("load_demo")
    assert not Unit.objects.exists()
    assert not Region.objects.exists()
