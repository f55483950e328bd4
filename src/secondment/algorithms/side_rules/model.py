"""The linear model: one column per pair and per auxiliary quantity, one row per person, post and side rule."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.side_rules.problem import SideRuleProblem
from secondment.algorithms.side_rules.rows import RowBlock


@dataclass(frozen=True, eq=False)
class Model:
    """`lower ≤ arcs · x + extras · z ≤ upper`, x binary, `extra_lower ≤ z ≤ extra_upper` continuous.

    `arcs` (n_rows, n_arcs) and `extras` (n_rows, n_extras) are sparse by column.
    """

    arcs: sparse.csc_array
    extras: sparse.csc_array
    lower: FloatArray
    upper: FloatArray
    extra_lower: FloatArray
    extra_upper: FloatArray
    names: tuple[str, ...]
    n_people: int
    person: IntArray
    post: IntArray
    places: IntArray

    @property
    def n_extras(self) -> int:
        """Number of auxiliary quantities."""
        return len(self.extra_lower)

    def with_floor(self, value: FloatArray, floor: float, name: str) -> "Model":
        """The model with one more row: the goal `value` (n_arcs,) reaches at least `floor`."""
        row = sparse.csc_array(value[np.newaxis, :])
        blank = sparse.csc_array((1, self.n_extras))
        return replace(
            self,
            arcs=sparse.csc_array(sparse.vstack((self.arcs, row), format="csc")),
            extras=sparse.csc_array(sparse.vstack((self.extras, blank), format="csc")),
            lower=np.append(self.lower, floor),
            upper=np.append(self.upper, np.inf),
            names=(*self.names, name),
        )

    def with_shortfalls(self, rows: IntArray) -> "Model":
        """The model in which each given row may fall short of its lower bound, by one new quantity per row."""
        n_rows, n_new = len(self.lower), len(rows)
        short = sparse.csc_array((np.ones(n_new), (rows, np.arange(n_new))), shape=(n_rows, n_new))
        return replace(
            self,
            extras=sparse.csc_array(sparse.hstack((self.extras, short), format="csc")),
            extra_lower=np.append(self.extra_lower, np.zeros(n_new)),
            extra_upper=np.append(self.extra_upper, self.lower[rows]),
        )


def build_model(problem: SideRuleProblem, *, full: bool = False) -> Model:
    """Rows of people (at most one post), posts (at most their places), then of every side rule.

    With `full`, only plans that fill every place are asked for, which states posts and some rules more sharply.
    """
    blocks = problem.blocks(full=full)
    fewest = problem.places.astype(np.float64) if full else np.full(problem.n_posts, -np.inf)
    n_people, n_posts, n_arcs = problem.n_people, problem.n_posts, problem.n_arcs
    first_row = np.cumsum([n_people + n_posts, *(len(block.lower) for block in blocks)])
    index = np.arange(n_arcs)
    row = np.concatenate(
        (
            problem.person,
            problem.post + n_people,
            *(b.row + at for b, at in zip(blocks, first_row, strict=False)),
        )
    )
    arc = np.concatenate((index, index, *(block.arc for block in blocks)))
    coefficient = np.concatenate((np.ones(2 * n_arcs), *(block.coefficient for block in blocks)))
    extras, n_extras = _centres(blocks, first_row)
    return Model(
        arcs=sparse.csc_array((coefficient, (row, arc)), shape=(int(first_row[-1]), n_arcs)),
        extras=extras,
        lower=np.concatenate((np.full(n_people, -np.inf), fewest, *(block.lower for block in blocks))),
        upper=np.concatenate((np.ones(n_people), problem.places, *(block.upper for block in blocks))),
        extra_lower=np.full(n_extras, -np.inf),
        extra_upper=np.full(n_extras, np.inf),
        names=_names(n_people, n_posts, blocks),
        n_people=n_people,
        person=problem.person,
        post=problem.post,
        places=problem.places,
    )


def _centres(blocks: list[RowBlock], first_row: IntArray) -> tuple[sparse.csc_array, int]:
    """One free column per centred block, −1 on each of its rows."""
    centred = [k for k, block in enumerate(blocks) if block.centred]
    rows = [np.arange(first_row[k], first_row[k + 1]) for k in centred]
    row = np.concatenate((np.zeros(0, dtype=np.int64), *rows))
    column = np.repeat(np.arange(len(centred)), [len(part) for part in rows])
    shape = (int(first_row[-1]), len(centred))
    return sparse.csc_array((-np.ones(len(row)), (row, column)), shape=shape), len(centred)


def _names(n_people: int, n_posts: int, blocks: list[RowBlock]) -> tuple[str, ...]:
    people = (f"person {j}" for j in range(n_people))
    posts = (f"post {i}" for i in range(n_posts))
    return (*people, *posts, *(name for block in blocks for name in block.names))
