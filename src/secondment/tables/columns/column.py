"""A column and the columns of one kind of row."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from secondment.tables.codes.code_list import plain
from secondment.tables.columns.cells import Cell, text
from secondment.tables.headers import ASIDE, Headers, spellings


@dataclass(frozen=True)
class Column:
    """A column: its key, the header we write, other headers that mean it, its kind of cell, and help for a clerk."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    cell: Cell = field(default_factory=text)
    example: str = ""
    help: str = ""
    is_required: bool = False
    width: int = 14

    @property
    def names(self) -> tuple[str, ...]:
        """Every header that means this column, ours first; the key is one of them."""
        return tuple(dict.fromkeys((self.title, *self.aliases, self.key)))


class Columns:
    """All columns of one kind of row; no header means two of them."""

    def __init__(self, *columns: Column) -> None:
        self._by_key = {column.key: column for column in columns}
        self._by_word: dict[str, Column] = {}
        for column in columns:
            for name in column.names:
                if self._by_word.setdefault(plain(name), column) is not column:
                    raise ValueError(
                        f"“{name}” would mean both {self._by_word[plain(name)].key} and {column.key}"
                    )

    def __iter__(self) -> Iterator[Column]:
        return iter(self._by_key.values())

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    def meant_by(self, header: str) -> Column | None:
        """The column a header means, whatever its spaces, width, case or bracket behind it."""
        return next((self._by_word[word] for word in spellings(header) if word in self._by_word), None)

    def headers(self, keys: Collection[str] | None = None, *, keeps_others: bool = False) -> Headers:
        """What a reader of these columns (of all, without keys) understands; the others it leaves out and says so."""
        needed = [column for column in self if keys is None or column.key in keys]
        others = [name for column in self if column not in needed for name in column.names]
        left_out = () if keeps_others else (*ASIDE, *others)
        return Headers(tuple(name for column in needed for name in column.names), left_out, keeps_others)
