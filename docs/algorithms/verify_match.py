"""Check with the standard library alone that no plan is better: python3 verify_match.py certificate.json [sha256]

Every person, post and group is a limit with room and a price. Where no open pair is worth more than its prices, no plan is
worth more than all room at its price (locked pairs are in every plan, at their worth); a plan worth that much is the best.
"""

import json
import sys
from collections import Counter
from hashlib import sha256
from itertools import chain, pairwise
from pathlib import Path


def checks(c):
    limits, fill = dict(enumerate(c["limits"])), dict(c["fill"])
    pairs, locked, left_out = ({(a, b): n for a, b, n in c[key]} for key in ("pairs", "locked", "left_out"))
    plan, adopted = ([(a, b) for a, b in c[key]] for key in ("plan", "adopted"))

    def needs(pair):
        return [one for one in (*pair, limits[pair[0]]["group"]) if one is not None]

    def fits(plan):
        return all(n <= limits[one]["room"] for one, n in Counter(chain(*map(needs, plan))).items())

    steps = pairs | locked
    worth = {pair: fill[limits[pair[1]]["priority"]] + n for pair, n in steps.items()}
    cost = {pair: sum(limits[one]["price"] for one in needs(pair)) for pair in steps}
    bound = sum(one["room"] * one["price"] for one in limits.values()) + sum(
        worth[one] - cost[one] for one in locked
    )
    n_free = sum(one["room"] for one in limits.values() if "priority" in one) - len(locked)
    n_most = min(n_free, len({person for person, _post in pairs}))
    spread = max(pairs.values(), default=0) - min(pairs.values(), default=0)
    fills = [-min(pairs.values(), default=0), *(n for _priority, n in sorted(fill.items()))]
    yield digest(c) == c["digest"], "the digest does not fit the rest of the file"
    yield len(steps) == len(c["pairs"]) + len(c["locked"]), "a pair is listed twice"
    yield (
        all(min(one["room"], one["price"]) >= 0 for one in limits.values()),
        "a room or a price is below nothing",
    )
    yield (
        all(limits[person]["room"] == 1 for person, _post in steps),
        "a person has room for more than one post",
    )
    yield (
        not {person for person, _post in pairs} & {person for person, _post in locked},
        "a locked person is open as well",
    )
    yield set(locked) <= set(plan) <= set(steps) and fits(plan), "the plan is not allowed"
    yield all(worth[pair] <= cost[pair] for pair in pairs), "a pair is worth more than its prices"
    yield sum(worth.get(pair, 0) for pair in plan) == bound, "the plan is not worth all room at its price"
    yield (
        not pairs or all(b - a > n_most * spread for a, b in pairwise(fills)),
        "scores may outweigh filling a post",
    )
    yield set(adopted) <= {*steps, *left_out} and fits(adopted), "the adopted plan is not allowed"
    yield (
        bool(c["why"]) or set(adopted) == set(plan),
        "another plan was adopted, and the file does not say why",
    )


def digest(c):
    rest = {key: c[key] for key in sorted(c) if key != "digest"}
    return sha256(json.dumps(rest, separators=(",", ":")).encode()).hexdigest()


def compared(c):
    if not c["why"]:
        return ""
    steps = {(a, b): n for a, b, n in c["pairs"] + c["locked"] + c["left_out"]}
    best, adopted = (sum(steps[a, b] for a, b in c[key]) for key in ("plan", "adopted"))
    lost = (
        f"{len(c['plan']) - len(c['adopted'])} fewer places, {(best - adopted) / c['unit']:.6f} points less"
    )
    return f"; the adopted plan is another ({c['why']}): {lost}"


def whole(text):
    raise ValueError(f"{text} is not a whole number")


def main(path, mark=""):
    content = Path(path).read_bytes()
    c = json.loads(content, parse_float=whole, parse_constant=whole)
    if (c["kind"], c["format"]) != ("proof", 2):
        return ["this file states a bound, or is of an older format: this script cannot check it"]
    found = [fault for holds, fault in checks(c) if not holds]
    if mark and mark.lower() != sha256(content).hexdigest():
        found.append(f"the fingerprint of this file is another: {sha256(content).hexdigest()}")
    return found or [f"proven: no plan is better than these {len(c['plan'])} pairs{compared(c)}"]


if __name__ == "__main__":
    said = main(*sys.argv[1:])
    print(*said, sep="\n")
    sys.exit(not said[0].startswith("proven"))
