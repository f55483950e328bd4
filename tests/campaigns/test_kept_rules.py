"""Which rules' facts are withheld from whom."""

import pytest
from tests.makers import make_campaign, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.rules import rules_kept_from
from secondment.people.sections import Section, read_by


@pytest.mark.django_db
def test_others_than_the_owner_read_what_home_units_and_leaders_both_read(monkeypatch) -> None:
    root = make_unit()
    campaign = make_campaign(root)
    assert rules_kept_from(make_user(Role.ORGANISATION_DEPARTMENT, root), campaign) == frozenset()
    both = read_by(Role.HOME_UNIT) & read_by(Role.LEADER)
    leader = make_user(Role.LEADER, root)
    assert rules_kept_from(leader, campaign) == {rule.code for rule in RULES if not rule.sections <= both}
    one_alone = {Role.HOME_UNIT: frozenset(Section), Role.LEADER: frozenset()}
    monkeypatch.setattr("secondment.campaigns.rules.read_by", one_alone.__getitem__)
    assert rules_kept_from(leader, campaign) == {rule.code for rule in RULES if rule.sections}
