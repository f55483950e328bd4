"""Plausible village names, none twice in a township."""

import random
from collections.abc import Iterable

HEADS = [
    "东",
    "西",
    "南",
    "北",
    "前",
    "后",
    "上",
    "下",
    "大",
    "小",
    "双",
    "黄",
    "白",
    "青",
    "石",
    "柳",
    "杨",
    "松",
    "桃",
    "杏",
    "李",
    "王",
    "张",
    "刘",
    "马",
    "牛",
    "龙",
    "凤",
    "清",
    "古",
    "新",
    "长",
    "高",
    "沙",
    "水",
    "泉",
    "井",
    "关",
]
MIDDLES = [
    "家",
    "庄",
    "岭",
    "台",
    "河",
    "沟",
    "峪",
    "坨",
    "店",
    "营",
    "各庄",
    "树",
    "桥",
    "坡",
    "湾",
    "井",
    "堡",
    "里",
    "水",
    "井",
    "楼",
    "窑",
    "寺",
    "门",
    "塘",
    "洼",
    "岗",
    "山",
]
TAILS = ["庄", "峪", "沟", "营", "台", "岭", "坨", "店", "庄子", "寨", "洼", "口", "坡", "窝"]


class VillageNamer:
    """Names the villages of one township."""

    def __init__(self, source: random.Random, given: Iterable[str] = ()) -> None:
        self._random = source
        self._given = set(given)

    def name(self) -> str:
        """A new name that ends in 村."""
        while True:
            name = self._one()
            if name not in self._given:
                self._given.add(name)
                return name

    def _one(self) -> str:
        head, middle, tail = (self._random.choice(words) for words in (HEADS, MIDDLES, TAILS))
        is_long = self._random.random() < 0.3 and middle[-1] != tail[0]
        return f"{head}{middle}{tail if is_long else ''}村"
