"""A small county with its people at the desk, for the tests of demands."""

from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.posts.choices import PostState
from secondment.posts.models import Post, PostTask
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Region, Unit
from tests.makers import make_post, make_region, make_unit, make_user


@dataclass
class Scene:
    root: Unit
    county: Unit
    township: Unit
    village: Unit
    region: Region
    organiser: User
    clerk: User
    leader: User
    stranger: User


def make_scene() -> Scene:
    province = make_region("11", "北京市")
    region = make_region("110111", "房山区", province)
    township_region = make_region("110111104", "青龙湖镇", region)
    root = make_unit("示例市", kind=UnitKind.REGION, level=UnitLevel.PROVINCIAL, region=province)
    county = make_unit("房山区", root, kind=UnitKind.REGION, level=UnitLevel.COUNTY, region=region)
    place = {"kind": UnitKind.TOWNSHIP, "level": UnitLevel.TOWNSHIP, "region": township_region}
    township = make_unit("青龙湖镇", county, **place)
    village = make_unit(
        "北车营村", township, **{**place, "kind": UnitKind.VILLAGE, "level": UnitLevel.VILLAGE}
    )
    return Scene(
        root,
        county,
        township,
        village,
        region,
        organiser=make_user(Role.ORGANISATION_DEPARTMENT, root, name="示例组织员"),
        clerk=make_user(Role.HOST_UNIT, county, name="示例经办人"),
        leader=make_user(Role.LEADER, root),
        stranger=make_user(Role.HOST_UNIT),
    )


def task(name: str = "土地流转", **fields) -> PostTask:
    fields = {"measure": "新增流转面积", "target": 500, "measure_unit": "亩"} | fields
    return PostTask(name=name, **fields)


def complete_post(scene: Scene, **fields) -> Post:
    fields = {
        "state": PostState.DRAFT,
        "duties": "协助分管农业",
        "region": scene.region,
        "contact_name": "甲",
        "contact_phone": "000-0000",
        "created_by": scene.clerk,
    } | fields
    post = make_post(fields.pop("host_unit", scene.village), **fields)
    row = task()
    row.post, row.position = post, 1
    row.save()
    return post
