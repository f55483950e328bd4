"""Names as they are sorted and searched: pinyin without tones, and its initials."""

# Surnames that are read otherwise than the same character in a word.
_SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "任": "ren",
    "区": "ou",
    "朴": "piao",
    "翟": "zhai",
    "盖": "ge",
    "缪": "miao",
    "覃": "qin",
    "乐": "yue",
    "召": "shao",
    "种": "chong",
    "黑": "he",
    "秘": "bi",
    "冼": "xian",
    "折": "she",
    "员": "yun",
    "洗": "xian",
}
_LONG_SURNAMES = {
    "尉迟": ["yu", "chi"],
    "万俟": ["mo", "qi"],
    "长孙": ["zhang", "sun"],
    "单于": ["chan", "yu"],
}


def syllables(name: str) -> list[str]:
    """The pinyin of a name, a syllable a character; Latin words are kept together, in lower case."""
    from pypinyin import lazy_pinyin  # its dictionary takes a third of a second to load

    if name[:2] in _LONG_SURNAMES:
        read = [*_LONG_SURNAMES[name[:2]], *lazy_pinyin(name[2:])]
    elif name[:1] in _SURNAMES:
        read = [_SURNAMES[name[0]], *lazy_pinyin(name[1:])]
    else:
        read = lazy_pinyin(name)
    return [word.lower() for part in read for word in part.split()]


def name_key(name: str) -> str:
    """What persons are sorted by: `zhang san`."""
    return " ".join(syllables(name))[:80]


def name_initials(name: str) -> str:
    """What a quick search types: `zs`."""
    return "".join(word[0] for word in syllables(name))[:40]
