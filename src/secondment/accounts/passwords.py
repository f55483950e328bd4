"""Chosen passwords must not contain what is publicly known about their holder."""

import itertools
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from secondment.accounts.models import User

MOST_READINGS = 200
SHORTEST_READING = 4  # “yu e” is too short to forbid every password with these letters


class KnownNamesValidator:
    """Refuses the account, the person's name (characters, or pinyin in either order) and the names of the units."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Compared without capitals, spaces and marks, so that `Zhang-San` is `zhangsan`."""
        text = _plain(password)
        for message, words in _known(user) if user is not None else ():
            if any(word in text for word in words):
                raise ValidationError(message, code="password_known_name")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("不能含有账号、姓名（包括拼音）或单位名称。")


def _known(user: User) -> Iterator[tuple[str, list[str]]]:
    units = [user.unit] if user.unit else []
    units += [one.unit for one in user.assignments.select_related("unit")] if user.pk else []
    yield _("密码含有账号，安全性不足，请更换。"), _long_enough([user.username])
    yield (
        _("密码含有姓名或姓名的拼音，安全性不足，请更换。"),
        _long_enough([user.name]) + _readings(user.name),
    )
    yield (
        _("密码含有单位名称，安全性不足，请更换。"),
        _long_enough([name for unit in units for name in (unit.name, unit.short_name)]),
    )


def _long_enough(names: list[str]) -> list[str]:
    return [word for word in map(_plain, names) if len(word) >= 2]


def _readings(name: str) -> list[str]:
    """Every way the characters can be read, surname first and last."""
    from pypinyin import Style, pinyin  # its dictionary takes a third of a second to load

    syllables = pinyin(name, style=Style.NORMAL, heteronym=True)
    found = []
    for parts in itertools.islice(itertools.product(*syllables), MOST_READINGS):
        read = [_plain(part) for part in parts]
        found += ["".join(read), "".join(read[1:] + read[:1])]
    return [word for word in found if len(word) >= SHORTEST_READING]


def _plain(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
