"""Check with Python's standard library alone that no better plan exists: python3 verify_match.py certificate.json [sha256]

Written apart from the program that made the certificate. Every person, post and group has a price; where no pair is
worth more than its prices, no plan is worth more than all prices together, and a plan worth that much is the best.
That the lists themselves are those of the campaign no file can prove of itself: give the fingerprint kept with the decision.
"""

import json
import sys
from collections import Counter
from hashlib import sha256
from itertools import chain, pairwise
from pathlib import Path

NUMBERS = {"posts": ("priority", "places", "fill", "price"), "people": ("price",), "groups": ("cap", "price")}


def faults(c):
    posts, people, groups, pairs, locked = (
        c[name] for name in ("posts", "people", "groups", "pairs", "locked")
    )
    yield from (misshapen := list(shape_faults(c)))
    if misshapen:
        return
    score = {(person, post): steps for person, post, steps in pairs}
    fixed = {(person, post): steps for person, post, steps in locked}
    plan = [(person, post) for person, post in c["plan"]]
    worth = {pair: steps - c["lowest"] + posts[pair[1]]["fill"] for pair, steps in score.items()}
    if len(score) != len(pairs) or not set(plan) <= set(score):
        yield "the plan has pairs that are not admissible, or a pair is listed twice"
        return
    if not {person for person, _ in score}.isdisjoint(person for person, _ in fixed):
        yield "a person who is locked beforehand is listed as free"
    if min(fixed.values(), default=c["lowest"]) < c["lowest"]:
        yield "a locked pair has less than the lowest score"
    yield from broken_rules(c, plan, [])
    if any(one["price"] < 0 for one in posts + people + groups):
        yield "a price is negative"
    homes = [[] if one["group"] is None else [one["group"]] for one in people]
    price = [one["price"] + sum(groups[g]["price"] for g in homes[n]) for n, one in enumerate(people)]
    if any(value > price[person] + posts[post]["price"] for (person, post), value in worth.items()):
        yield "a pair is worth more than its prices"
    bound = sum(p["price"] * p["places"] for p in posts) + sum(g["price"] * g["cap"] for g in groups)
    if bound + sum(one["price"] for one in people) != sum(worth[pair] for pair in plan):
        yield "the plan is worth less than the prices together"
    yield from fill_faults(c, score.values())
    yield from adopted_faults(c, score | fixed)


def fill_faults(c, scores):
    """Filling a place comes before every score, and places of high priority before others."""
    low, high = min(scores, default=c["lowest"]), max(scores, default=c["lowest"])
    most = min(len(c["people"]), sum(p["places"] for p in c["posts"])) * (high - c["lowest"])
    fills = sorted({p["fill"] for p in c["posts"]})
    if low < c["lowest"] or any(b - a <= most for a, b in pairwise([0, *fills])):
        yield "filling a post does not outweigh every difference of scores"
    ranks = sorted({(p["priority"], p["fill"]) for p in c["posts"]})
    if any(a[0] == b[0] or a[1] >= b[1] for a, b in pairwise(ranks)):
        yield "posts are not worth more to fill the higher their priority"


def adopted_faults(c, known):
    """The plan that people made of the computed one; a pair that was kept out then is in `left_out`."""
    adopted = c["adopted"] or []
    known = known | {(person, post): steps for person, post, steps in c.get("left_out", [])}
    if any(known.get((person, post)) != steps for person, post, steps in adopted):
        yield "the adopted plan has a pair or a score that is not listed"
        return
    plan = [(person, post) for person, post, _ in adopted]
    yield from (f"the adopted plan: {fault}" for fault in broken_rules(c, plan, c["locked"]))


def shape_faults(c):
    """Every number whole, every place in a list one that is there, no place or cap below nothing."""
    n_people, n_posts, n_groups = len(c["people"]), len(c["posts"]), len(c["groups"])
    rows = c["pairs"] + c["plan"] + c["locked"] + (c["adopted"] or []) + c.get("left_out", [])
    homes = [one["group"] for one in c["people"] if one["group"] is not None]
    entries = [one[key] for name, keys in NUMBERS.items() for one in c[name] for key in keys]
    if any(type(n) is not int for n in chain(*rows, homes, entries, (c["unit"], c["lowest"]))):
        yield "a number is not whole"
        return
    if any(not (0 <= row[0] < n_people and 0 <= row[1] < n_posts) for row in rows):
        yield "a pair names a person or a post that is not listed"
    if any(not 0 <= group < n_groups for group in homes):
        yield "a person is of a group that is not listed"
    if min((*(p["places"] for p in c["posts"]), *(g["cap"] for g in c["groups"])), default=0) < 0:
        yield "places or a cap are below nothing"
    if c["unit"] < 1 or str(c["unit"]).strip("0") != "1":
        yield "the steps of a point are not a power of ten"


def broken_rules(c, plan, locked):
    """What a plan may not do; places and caps are those beside the `locked` pairs, which come on top."""
    home = [one["group"] for one in c["people"]]
    places = Counter({n: p["places"] for n, p in enumerate(c["posts"])}) + Counter(
        post for _, post, _ in locked
    )
    cap = Counter({n: g["cap"] for n, g in enumerate(c["groups"])}) + Counter(
        home[one] for one, _, _ in locked
    )
    if max(Counter(person for person, _ in plan).values(), default=0) > 1:
        yield "a person has two posts"
    if Counter(post for _, post in plan) - places:
        yield "a post takes more people than it has places"
    if Counter(home[one] for one, _ in plan if home[one] is not None) - cap:
        yield "a group releases more people than its cap"


def compared(c):
    """The plan that was adopted instead: changed by hand, or made by another principle."""
    score = {(person, post): steps for person, post, steps in c["pairs"]}
    best = [score[person, post] for person, post in c["plan"]] + [steps for _, _, steps in c["locked"]]
    adopted = [steps for _, _, steps in c["adopted"]]
    lost = sum(best) - sum(adopted)
    points = f"{lost / c['unit']:.6f} points less ({lost} steps of {c['unit']} a point)"
    principle = c.get("principle")
    what = f"follows another principle ({principle})" if principle else "was changed by hand"
    return f"the adopted plan {what}: {len(best) - len(adopted)} fewer places, {points}"


def main(paths):
    if len(paths) not in {1, 2}:
        print("usage: verify_match.py certificate.json [sha256]")
        return 2
    try:
        content = Path(paths[0]).read_bytes()
        c = json.loads(content.decode("utf-8"))
        if c["kind"] != "proof":
            print("this file states the bound of a solver; it cannot be checked without one")
            return 1
        found = list(faults(c))
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror})")
        return 2
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        print(f"this is not a certificate of a match ({type(error).__name__}: {error})")
        return 2
    mark = sha256(content).hexdigest()
    if paths[1:] and paths[1].lower() != mark:
        found.append(f"the fingerprint of this file is another: {mark}")
    print(*found, sep="\n", end="\n" if found else "")
    if not found:
        locked = f", {len(c['locked'])} of them locked beforehand" if c["locked"] else ""
        print(f"proven: no plan is better than these {len(c['plan']) + len(c['locked'])} pairs{locked}")
        if c["adopted"] is not None:
            print(compared(c))
        said = "as given" if paths[1:] else "compare it with the one kept with the decision"
        print(f"SHA-256 of the file, {said}: {mark}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
