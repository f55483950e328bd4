"""Recompute the published figures of a democratic appraisal from its open proof (公开验证材料).

    python3 verify_appraisal.py proof.zip [--rate "secondment rate"]

Needs nothing but Python 3.9 or later, and shares no code with the product. What it recomputes within 1e-6:

* from the ballots: counted ballots, merged and withheld groups, absent groups, shares of 不了解, scores of groups, means and
  distributions of indicators, weights present, and the plain score of every candidate;
* that `inputs.csv` has the published SHA-256, and holds exactly the marks of these ballots (raters by number only);
* from the fair score and its error: the interval;
* of every table that a meeting had: points of each quantitative value by the published rule, its error by its backing, the
  composite with and without adjustment, its error and interval, what each part adds, the order, and who is barred from 优秀
  by a gate, a veto or the file.

Fair scores and their errors are the result of a statistical model. With --rate the scores are recomputed from `inputs.csv` by
the command named, and compared; without it the script says that they are taken as published. Chances of a place come from the
same model: only the proposal that follows from a chance is checked.
"""

import argparse
import csv
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

TOLERANCE = 1e-6


class Verdict:
    """What differs, and how many figures were compared."""

    def __init__(self):
        self.counts = Counter()
        self.part = ""
        self.faults = []

    def same(self, where, published, again):
        """Compare one figure."""
        self.counts[self.part] += 1
        if isinstance(published, float) or isinstance(again, float):
            is_same = published is not None and again is not None and abs(published - again) <= TOLERANCE
        else:
            is_same = published == again
        if not is_same:
            self.faults.append(f"{where}: published {published!r}, recomputed {again!r}")


def rounded(published, again, step=0.01):
    """What a figure that is published in steps should be: itself, if the exact one rounds to it."""
    is_same = published is not None and again is not None and abs(published - again) <= step / 2 + TOLERANCE
    return published if is_same else again


def merged(piles, rules):
    """Join groups with too few ballots to the next, and hold back what stays too few: (piles, withheld members)."""
    for group, target in rules["next"].items():
        if group in piles and len(piles[group][1]) < rules["least"]:
            members, sheets = piles.pop(group)
            if target in piles:
                piles[target] = (piles[target][0] + members, piles[target][1] + sheets)
            else:
                piles[target] = (members, sheets)
    withheld = []
    for group in [g for g in piles if g not in rules["signed"] and len(piles[g][1]) < rules["least"]]:
        withheld += piles.pop(group)[0]
    return piles, withheld


def tally_group(group, sheets, proof):
    """One group: (n, share of 不了解, score, indicators as published)."""
    rules, scores, weights = proof["rules"], proof["level_scores"], proof["indicator_weights"]
    is_signed = group in rules["signed"]
    answers = [(code, level) for sheet in sheets for code, level in sheet.items()]
    unknown = sum(level is None for _code, level in answers) / len(answers) if answers else 0.0
    found = {}
    for code in {code for code, _level in answers}:
        levels = [level for other, level in answers if other == code and level is not None]
        if not weights.get(code) or len(levels) < (1 if is_signed else rules["least"]):
            continue
        counts = [levels.count(level) for level in range(1, len(scores) + 1)]
        mean = sum(scores[level - 1] for level in levels) / len(levels)
        is_told = is_signed or len(levels) >= rules["fewest_spread"]
        is_split = sum(count > 0 for count in counts) > 1
        found[code] = {"n": len(levels), "mean": mean, "counts": counts if is_told and is_split else None}
    total = sum(weights[code] for code in found)
    score = sum(weights[code] * one["mean"] for code, one in found.items()) / total if found else None
    shown = found if is_signed or len(sheets) >= rules["fewest_spread"] else {}
    return len(sheets), unknown, score, shown


def check_candidate(candidate, figures, proof, verdict):
    """Everything published of one candidate that follows from ballots."""
    piles = {}
    for ballot in proof["ballots"]:
        if candidate in ballot["marks"]:
            group = ballot["group"]
            members, sheets = piles.get(group, ([group], []))
            piles[group] = (members, [*sheets, ballot["marks"][candidate]])
    n_ballots = sum(len(sheets) for _members, sheets in piles.values())
    verdict.same(f"{candidate} n_ballots", figures["n_ballots"], n_ballots)
    published = figures["groups"]
    if not published:
        verdict.same(f"{candidate} plain_score", figures["plain_score"], None)
        return
    weights = proof["group_weights"]
    absent = [group for group, weight in weights.items() if weight and group not in piles]
    verdict.same(f"{candidate} absent", sorted(published["absent"]), sorted(absent))
    piles, withheld = merged(piles, proof["rules"])
    verdict.same(f"{candidate} withheld", sorted(published["withheld"]), sorted(withheld))
    told = {one["group"]: one for one in published["groups"]}
    verdict.same(f"{candidate} groups", sorted(told), sorted(piles))
    total = score_sum = present = 0.0
    for group in sorted(set(told) & set(piles)):
        members, sheets = piles[group]
        n, unknown, score, shown = tally_group(group, sheets, proof)
        weight = sum(weights.get(member, 0) for member in members)
        where = f"{candidate} {group}"
        verdict.same(f"{where} members", sorted(told[group]["members"]), sorted(members))
        verdict.same(f"{where} n", told[group]["n"], n)
        verdict.same(f"{where} unknown_share", told[group]["unknown_share"], unknown)
        verdict.same(f"{where} score", told[group]["score"], score)
        verdict.same(f"{where} weight", told[group]["weight"], weight)
        check_indicators(where, told[group]["indicators"], shown, verdict)
        if score is not None and weight:
            score_sum, present = score_sum + weight * score, present + weight
    total = sum(weights.values())
    plain = score_sum / present if present else None
    verdict.same(
        f"{candidate} weight_present", published["weight_present"], 100.0 * present / total if total else 0.0
    )
    verdict.same(f"{candidate} tally score", published["score"], plain)
    verdict.same(f"{candidate} plain_score", figures["plain_score"], plain)


def check_indicators(where, told, shown, verdict):
    """Means and distributions of indicators that are published of a group."""
    verdict.same(f"{where} indicators", sorted(told), sorted(shown))
    for code in sorted(set(told) & set(shown)):
        verdict.same(f"{where} {code} n", told[code]["n"], shown[code]["n"])
        verdict.same(f"{where} {code} mean", told[code]["mean"], shown[code]["mean"])
        verdict.same(f"{where} {code} counts", told[code]["counts"], shown[code]["counts"])


def check_interval(candidate, figures, proof, verdict):
    """The interval follows from the fair score and its error."""
    if figures["fair_score"] is None:
        verdict.same(f"{candidate} interval", [figures["low"], figures["high"]], [None, None])
        return
    half = proof["rules"]["interval"] * figures["fair_se"]
    verdict.same(f"{candidate} low", figures["low"], figures["fair_score"] - half)
    verdict.same(f"{candidate} high", figures["high"], figures["fair_score"] + half)


def check_inputs(content, proof, verdict):
    """The file that the model read: its fingerprint, and that its marks are those of the ballots."""
    verdict.same("inputs.csv SHA-256", proof["inputs_digest"], hashlib.sha256(content).hexdigest())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))[1:]
    ratees = {row[0] for row in rows}
    given = Counter((row[0], row[2], float(row[3])) for row in rows)
    cast = Counter()
    for candidate in ratees:
        piles = {}
        for ballot in proof["ballots"]:
            if candidate in ballot["marks"]:
                members, sheets = piles.get(ballot["group"], ([ballot["group"]], []))
                piles[ballot["group"]] = (members, [*sheets, ballot["marks"][candidate]])
        for _members, sheets in merged(piles, proof["rules"])[0].values():
            cast.update(
                (candidate, code, float(proof["level_scores"][level - 1]))
                for sheet in sheets
                for code, level in sheet.items()
                if level is not None
            )
    verdict.same("marks in inputs.csv", sorted(given.items()), sorted(cast.items()))


def at_six(score):
    """As a table takes votes over: to six decimals."""
    return None if score is None else round(score, 6)


def points_of(value, points):
    """The piecewise-linear rule, level at both ends."""
    if value <= points[0][0]:
        return float(points[0][1])
    for (left, low), (right, high) in zip(points, points[1:]):  # noqa: RUF007 -- Python 3.9 has no pairwise
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return float(points[-1][1])


def parts_of(person, voted, proof):
    """(Code, weight, score, error) of the votes and of every quantitative indicator; no score where it is not known."""
    rated = sum(one["weight"] for one in proof["indicators"] if one["kind"] == "rated")
    counted = [one for one in proof["indicators"] if one["kind"] == "quantitative"]
    total = rated + sum(one["weight"] for one in counted)
    parts = [("votes", rated / total, *voted)]
    for one in counted:
        known = person["values"].get(one["code"])
        if known is None or len(one["points"]) < 2:
            parts.append((one["code"], one["weight"] / total, None, None))
        else:
            score, error = points_of(known[0], one["points"]), proof["rules"]["errors"][known[1]]
            parts.append((one["code"], one["weight"] / total, score, error))
    return parts


def check_composite(where, name, person, voted, proof, verdict):
    """One composite of one person: its parts, score, error and interval."""
    figures = person["figures"]
    parts = parts_of(person, voted, proof)
    present = sum(weight for _code, weight, score, _error in parts if score is not None)
    told = {one["code"]: one for one in figures[f"{name}_parts"]}
    verdict.same(f"{where} {name} parts", sorted(told), sorted(code for code, *_rest in parts))
    total = variance = 0.0
    is_assessable = present >= proof["rules"]["least_weight"] - 1e-12
    for code, weight, score, error in parts:
        share = weight / present if score is not None else None
        one = told.get(code, {"weight": None, "score": None, "se": None, "share": None, "adds": None})
        verdict.same(f"{where} {name} {code} weight", one["weight"], rounded(one["weight"], 100 * weight))
        verdict.same(f"{where} {name} {code} score", one["score"], score)
        verdict.same(f"{where} {name} {code} error", one["se"], error)
        if score is not None:
            total, variance = total + share * score, variance + (share * error) ** 2
            if is_assessable:
                verdict.same(f"{where} {name} {code} share", one["share"], rounded(one["share"], 100 * share))
                verdict.same(f"{where} {name} {code} adds", one["adds"], share * score)
    verdict.same(f"{where} {name}", figures[name], total if is_assessable else None)
    if name == "fair" and is_assessable:
        half = proof["rules"]["interval"] * variance**0.5
        verdict.same(f"{where} se", figures["se"], variance**0.5)
        verdict.same(f"{where} low", figures["low"], total - half)
        verdict.same(f"{where} high", figures["high"], total + half)


def check_table(number, table, proof, verdict):
    """The table of a pool: composites of those under this standard, the order, and what a proposal rests on."""
    effects = {one["code"]: one["effect"] for one in proof["indicators"] if one["kind"] in ("gate", "veto")}
    for person in table["people"]:
        where, figures = f"table {number} {person['person']}", person["figures"]
        if person["is_here"]:
            votes = proof["figures"].get(person["person"], {})
            plain, fair, error = (
                at_six(votes.get(name)) for name in ("plain_score", "fair_score", "fair_se")
            )
            voted = (plain, None if plain is None else 0.0)
            check_composite(where, "plain", person, voted, proof, verdict)
            if table["basis"] == "fair":
                voted = (fair, error)
                check_composite(where, "fair", person, voted, proof, verdict)
            told = {code: effects.get(code) for code in person["adverse"]}
            verdict.same(f"{where} adverse", person["adverse"], told)
            is_apart = bool(person["adverse"]) or person["is_barred"] or person["has_concerns"]
            verdict.same(f"{where} may be excellent", figures["is_eligible"], not is_apart)
        if figures["chance"] is not None:
            chance = figures["chance"]
            follows = "in" if chance >= 0.9 else "out" if round(chance, 6) <= 0.1 else "committee"
            verdict.same(f"{where} proposal", figures["standing"], follows)
    for standard in {person["standard"] for person in table["people"]}:
        own = [one["figures"] for one in table["people"] if one["standard"] == standard]
        for name in ("plain", "fair"):
            scores = [one[name] for one in own if one[name] is not None]
            for one in own:
                place = None if one[name] is None else 1 + sum(score > one[name] for score in scores)
                verdict.same(f"table {number} {name} order", one[f"{name}_rank"], place)


def check_weights(proof, verdict):
    """Fair scores weigh groups as the plain tally did on average over all who have a score, and indicators as the standard does."""
    counted = [
        {one["group"]: one["weight"] for one in figures["groups"]["groups"] if one["score"] is not None}
        for figures in proof["figures"].values()
        if figures["plain_score"] is not None
    ]
    for group, weight in proof["fair_weights"]["source"].items():
        shares = (100 * own.get(group, 0) / sum(own.values()) for own in counted)
        verdict.same(f"fair weight of {group}", weight, sum(shares) / len(counted))
    for code, weight in proof["fair_weights"]["criterion"].items():
        verdict.same(f"fair weight of {code}", weight, proof["indicator_weights"].get(code, 0))


def check_fair(command, content, proof, verdict):
    """Fair scores and their errors, by the command of the product or of whoever rebuilt it."""
    with tempfile.TemporaryDirectory() as folder:
        ratings, out = Path(folder, "inputs.csv"), Path(folder, "out.json")
        ratings.write_bytes(content)
        words = ["--model", proof["model"], "--out", str(out)]
        if proof["fair_weights"]:
            weights = Path(folder, "weights.json")
            weights.write_text(json.dumps(proof["fair_weights"]), encoding="utf-8")
            words += ["--weights", str(weights)]
        subprocess.run([*command.split(), str(ratings), *words], check=True)
        facets = json.loads(out.read_text(encoding="utf-8"))["facets"]
    again = {one["id"]: one for one in facets["ratee"]}
    for candidate, figures in proof["figures"].items():
        if figures["fair_score"] is not None:
            verdict.same(f"{candidate} fair_score", figures["fair_score"], again[candidate]["fair"])


def main():
    """Read, recompute, say what differs; exit status 1 where something does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("proof", type=Path)
    parser.add_argument("--rate", default="", help="the command that recomputes fair scores")
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.proof) as packed:
        proof = json.loads(packed.read("proof.json"))
        content = packed.read("inputs.csv")
    verdict = Verdict()
    verdict.part = "format"
    verdict.same("format", "secondment-open-proof/2", proof["format"])
    verdict.part = "recomputed from the ballots: counts, groups, indicators, plain scores"
    for candidate, figures in sorted(proof["figures"].items()):
        check_candidate(candidate, figures, proof, verdict)
    verdict.part = "recomputed from fair scores and their errors: intervals"
    for candidate, figures in sorted(proof["figures"].items()):
        check_interval(candidate, figures, proof, verdict)
    verdict.part = "compared with the ballots: inputs of the model"
    check_inputs(content, proof, verdict)
    if proof["fair_weights"]:
        verdict.part = "recomputed from the plain tally: weights of fair scores"
        check_weights(proof, verdict)
    verdict.part = "recomputed from votes, values and statements: composites, orders, who may be proposed"
    for number, table in enumerate(proof["tables"], 1):
        check_table(number, table, proof, verdict)
    has_fair = any(one["fair_score"] is not None for one in proof["figures"].values())
    if arguments.rate and has_fair:
        verdict.part = "compared with the command of --rate: fair scores"
        check_fair(arguments.rate, content, proof, verdict)
    for fault in verdict.faults:
        print(f"DIFFERS  {fault}")
    for part, n in verdict.counts.items():
        print(f"{n:6d}  {part}")
    print(f"{sum(verdict.counts.values())} figures compared, {len(verdict.faults)} differ")
    if has_fair:
        taken = "errors of fair scores" if arguments.rate else "fair scores and their errors (give --rate)"
        print(f"not recomputed: {taken}")
    if any(one["figures"]["chance"] is not None for table in proof["tables"] for one in table["people"]):
        print("not recomputed: chances of a place")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
