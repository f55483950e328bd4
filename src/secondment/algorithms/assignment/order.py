"""How one of several equally good plans is told from the others: nearness to a plan, then an order drawn by lot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.assignment.errors import ProblemShapeError
from secondment.algorithms.assignment.problem import Pair

KeyArray = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class TieOrder:
    """Among equally good plans: most pairs of `reference`, fewest people in and out, then an order drawn by lot.

    Attributes
    ----------
    reference : tuples of (person, post)
        The plan to stay near to; pairs that are no longer admissible are allowed.
    people, posts : shape (n_people,), (n_posts,), or None
        Keys of the public numbers, see `keys_of`; row numbers where None. The lot depends on them and on `seed` alone,
        so that neither the order of rows nor a renaming of rows changes the plan.
    """

    reference: tuple[Pair, ...] = ()
    seed: int = 0
    people: KeyArray | None = field(default=None)
    posts: KeyArray | None = field(default=None)

    def check(self, n_people: int, n_posts: int) -> None:
        """Raise `ProblemShapeError` when keys do not fit, or two of a kind share one and no lot could part them."""
        for keys, count, name in ((self.people, n_people, "people"), (self.posts, n_posts, "posts")):
            if keys is not None and len(np.unique(keys)) != len(keys):
                raise ProblemShapeError(f"two of the {name} have the same number")
            if keys is not None and len(keys) != count:
                raise ProblemShapeError(f"there are {len(keys)} numbers for {count} {name}")

    def is_kept(self, person: IntArray, post: IntArray, n_people: int) -> BoolArray:
        """Which pairs the reference has; shape of `person`."""
        known = [one[1] * n_people + one[0] for one in self.reference]
        return np.isin(post * n_people + person, np.array(known, dtype=np.int64))

    def is_in(self, person: IntArray) -> BoolArray:
        """Which people have a post in the reference; shape of `person`."""
        return np.isin(person, np.array([one[0] for one in self.reference], dtype=np.int64))

    def lots(self, draw: int, person: IntArray, post: IntArray, width: int) -> IntArray:
        """The lots of the pairs in one draw, 0 … width - 1; shape of `person`."""
        base = keys_of([f"{self.seed}:{draw}"])[0]
        people = person.astype(np.uint64) if self.people is None else self.people[person]
        posts = post.astype(np.uint64) if self.posts is None else self.posts[post]
        return np.asarray(_mixed(_mixed(people ^ base) + posts) % np.uint64(width), dtype=np.int64)


def keys_of(numbers: Sequence[str]) -> KeyArray:
    """Eight bytes of each public number's hash; shape (n_numbers,)."""
    digests = b"".join(blake2b(number.encode(), digest_size=8).digest() for number in numbers)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def _mixed(keys: KeyArray) -> KeyArray:
    """The finaliser of splitmix64 (Steele, Lea & Flood 2014): every bit of the key changes half of the bits."""
    keys = keys + np.uint64(0x9E3779B97F4A7C15)
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))
