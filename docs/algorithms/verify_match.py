"""Check with Python's standard library alone that no better plan exists: python3 verify_match.py certificate.json

Written apart from the program that made the certificate. Every person, post and group has a price; where no pair is
worth more than its prices, no plan is worth more than all prices together, and a plan worth that much is the best.
"""

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path


def faults(c):
    posts, people, groups, pairs = c["posts"], c["people"], c["groups"], c["pairs"]
    score = {(person, post): steps for person, post, steps in pairs}
    plan = [(person, post) for person, post in c["plan"]]
    homes = {n: [] if one["group"] is None else [one["group"]] for n, one in enumerate(people)}
    worth = {pair: steps - c["lowest"] + posts[pair[1]]["fill"] for pair, steps in score.items()}
    if len(score) != len(pairs) or not set(plan) <= set(score):
        yield "the plan has pairs that are not admissible, or a pair is listed twice"
        return
    if max(Counter(person for person, _ in plan).values(), default=0) > 1:
        yield "a person has two posts"
    if any(n > posts[post]["places"] for post, n in Counter(post for _, post in plan).items()):
        yield "a post takes more people than it has places"
    if any(n > groups[g]["cap"] for g, n in Counter(g for one, _ in plan for g in homes[one]).items()):
        yield "a group releases more people than its cap"
    if any(one["price"] < 0 for one in posts + people + groups):
        yield "a price is negative"
    price = [one["price"] + sum(groups[g]["price"] for g in homes[n]) for n, one in enumerate(people)]
    if any(value > price[person] + posts[post]["price"] for (person, post), value in worth.items()):
        yield "a pair is worth more than its prices"
    bound = sum(p["price"] * p["places"] for p in posts) + sum(g["price"] * g["cap"] for g in groups)
    if bound + sum(one["price"] for one in people) != sum(worth[pair] for pair in plan):
        yield "the plan is worth less than the prices together"
    low, high = min(score.values(), default=c["lowest"]), max(score.values(), default=c["lowest"])
    most = min(len(people), sum(p["places"] for p in posts)) * (high - c["lowest"])
    fills = sorted({0, *(p["fill"] for p in posts)})
    if low < c["lowest"] or any(b - a <= most for a, b in pairwise(fills)):
        yield "filling a post does not outweigh every difference of scores"
    ranks = sorted({(p["priority"], p["fill"]) for p in posts})
    if any(a[0] == b[0] or a[1] >= b[1] for a, b in pairwise(ranks)):
        yield "posts are not worth more to fill the higher their priority"


def compared(c):
    """The plan that was adopted, where people changed the computed one."""
    score = {(person, post): steps for person, post, steps in c["pairs"]}
    best = [score[person, post] for person, post in c["plan"]] + [steps for _, _, steps in c["locked"]]
    adopted = [steps for _, _, steps in c["adopted"]]
    points = (sum(best) - sum(adopted)) / c["unit"]
    return f"the adopted plan was changed by hand: {len(best) - len(adopted)} fewer places, {points:.6f} points less"


def main(paths):
    if len(paths) != 1:
        print("usage: verify_match.py certificate.json")
        return 2
    try:
        c = json.loads(Path(paths[0]).read_text(encoding="utf-8"))
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
    print(*found, sep="\n", end="\n" if found else "")
    if not found:
        locked = f", {len(c['locked'])} of them locked beforehand" if c["locked"] else ""
        print(f"proven: no plan is better than these {len(c['plan']) + len(c['locked'])} pairs{locked}")
        if c["adopted"] is not None:
            print(compared(c))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
