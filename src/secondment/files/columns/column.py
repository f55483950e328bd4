"""A column and the columns of one kind of row."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from secondment.files.codes.code_list import plain
from secondment.files.columns.cells import Cell, text
from secondment.files.headers import ASIDE, Headers, spellings


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

    @property
    def explanation(self) -> str:
        """Help for a clerk: whether the cell must be filled, what it holds, and the words it takes."""
        words = self.cell.choices or self.cell.offered
        kind = "可填多个，用顿号隔开：" if self.cell.offered else "可选："
        offered = f"{kind}{'、'.join(words)}。" if words else ""
        return ("必填。" if self.is_required else "选填。") + self.help + offered


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

    def headers(
        self, keys: Collection[str], *, asks_of_others: bool = False, keeps_others: bool = False
    ) -> Headers:
        """What a reader of the columns `keys` understands.

        The other columns it leaves out and says so, asks what they are, or reads them under their own headers.
        """
        needed = [self[key] for key in keys]
        others = [name for column in self if column.key not in keys for name in column.names]
        left_out = () if keeps_others else ASIDE if asks_of_others else (*ASIDE, *others)
        return Headers(tuple(name for column in needed for name in column.names), left_out, keeps_others)

    def only(self, *keys: str) -> "Columns":
        """Some of the columns, for a table in which the others mean something else."""
        return Columns(*(self[key] for key in keys))

    def meant_in(self, headers: Iterable[str]) -> dict[str, list[str]]:
        """Key → the headers that mean it; a header that occurs twice is there twice."""
        meant: dict[str, list[str]] = {}
        for header in headers:
            if column := self.meant_by(header):
                meant.setdefault(column.key, []).append(header)
        return meant

    def free_titles(self, headers: Collection[str], keys: Collection[str]) -> list[str]:
        """Titles of the columns `keys` that no header means yet."""
        taken = {column.key for header in headers if (column := self.meant_by(header))}
        return [self[key].title for key in keys if key not in taken]
