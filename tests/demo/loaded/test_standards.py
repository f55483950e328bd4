"""Standards of the demo: one in force for each category, a second version of the first under way."""

from secondment.campaigns.models import Programme
from secondment.people.choices import Category
from secondment.standards.choices import VersionState
from secondment.standards.content import content_of, faults_for_signing
from secondment.standards.models import StandardVersion
from secondment.standards.queries import standard_for
from secondment.units.models import Unit


def test_every_category_has_a_standard_that_two_people_signed(db: None) -> None:
    root = Unit.objects.get(parent=None)
    village = Unit.objects.order_by("-path").first()
    assert village is not None
    for category in Category:
        version = standard_for(category, Programme.objects.first(), village)
        assert version is not None
        assert version.standard.owner_unit == root
        assert list(faults_for_signing(content_of(version))) == []
        assert version.signed_by_id not in version.writers.values_list("pk", flat=True)


def test_a_revision_is_under_way(db: None) -> None:
    draft = StandardVersion.objects.get(state=VersionState.DRAFT)
    assert (draft.number, draft.standard.category) == (2, Category.PARTY_GOVERNMENT)
    assert sum(one.weight for one in draft.indicators.all()) == 100
