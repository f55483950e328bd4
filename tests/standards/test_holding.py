"""Which signed version holds for a placement."""

from typing import Any

import pytest
from tests.makers import AT, make_unit
from tests.standards.scene import Scene, make_programme

from secondment.people.choices import Category
from secondment.standards.queries import in_force, standard_for
from secondment.standards.services import retire_version

OFFICIALS = Category.PARTY_GOVERNMENT


def test_no_standard_holds_before_one_is_signed(scene: Scene) -> None:
    scene.draft()
    assert standard_for(OFFICIALS, None, scene.root) is None


def test_the_standard_of_the_category_holds_for_every_programme_and_unit_below(scene: Scene) -> None:
    signed = scene.signed()
    programme = make_programme()
    assert standard_for(OFFICIALS, programme, scene.root) == signed
    assert standard_for(OFFICIALS, None, scene.unit) == signed
    assert standard_for(Category.SPECIALIST, programme, scene.root) is None
    assert standard_for(OFFICIALS, programme, make_unit("别处")) is None


def test_a_programmes_own_standard_goes_before_that_of_the_category(scene: Scene) -> None:
    programme, other = make_programme(), make_programme("others")
    general, own = scene.signed(), scene.signed(programme=programme)
    assert standard_for(OFFICIALS, programme, scene.root) == own
    assert standard_for(OFFICIALS, other, scene.root) == general
    assert standard_for(OFFICIALS, None, scene.root) == general


def test_the_nearest_department_goes_before_those_above_it(scene: Scene) -> None:
    general = scene.signed()
    own = scene.signed(owner=scene.unit)
    assert standard_for(OFFICIALS, None, make_unit("科", scene.unit)) == own
    assert standard_for(OFFICIALS, None, scene.root) == general


def test_a_retired_standard_holds_no_more(scene: Scene) -> None:
    retire_version(scene.signed(), reason="办法废止", by=scene.writer, at=AT)
    assert standard_for(OFFICIALS, None, scene.root) is None


@pytest.mark.parametrize("n_more", [0, 4])
def test_many_placements_cost_the_same_two_queries(
    scene: Scene, n_more: int, django_assert_num_queries: Any
) -> None:
    signed = scene.signed()
    for n in range(n_more):
        scene.signed(programme=make_programme(f"p{n}"))
    with django_assert_num_queries(2):
        holding = in_force()
        found = {holding.holds(OFFICIALS, None, path) for path in (scene.root.path, scene.unit.path)}
        assert [len(one.indicators.all()) for one in found if one] == [19]
    assert found == {signed}
