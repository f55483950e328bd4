"""Recompute the published figures of a democratic appraisal from its open proof (公开验证材料).

    python3 verify_appraisal.py proof.zip [--rate "secondment rate"]

Needs nothing but Python 3.9 or later, and shares no code with the product. What it recomputes within 1e-6:

* from the ballots: counted ballots, merged and withheld groups, absent groups, shares of 不了解, scores of groups, means and
  distributions of indicators, weights present, and the plain score of every candidate;
* that `inputs.csv` has the published SHA-256, and holds exactly the marks of these ballots (raters by number only);
* from the fair score and its error: the interval.

Fair scores and their errors are the result of a statistical model. With --rate they are recomputed from `inputs.csv` by the
command named, and compared; without it the script says that it did not recompute them.
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
        self.n_compared = 0
        self.faults = []

    def same(self, where, published, again):
        """Compare one figure."""
        self.n_compared += 1
        if isinstance(published, float) or isinstance(again, float):
            is_same = published is not None and again is not None and abs(published - again) <= TOLERANCE
        else:
            is_same = published == again
        if not is_same:
            self.faults.append(f"{where}: published {published!r}, recomputed {again!r}")


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


def check_fair(command, content, proof, verdict):
    """Fair scores and their errors, by the command of the product or of whoever rebuilt it."""
    with tempfile.TemporaryDirectory() as folder:
        ratings, out = Path(folder, "inputs.csv"), Path(folder, "out.json")
        ratings.write_bytes(content)
        model = ["--model", proof["model"]]
        subprocess.run([*command.split(), str(ratings), *model, "--out", str(out)], check=True)
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
    verdict.same("format", "secondment-open-proof/1", proof["format"])
    for candidate, figures in sorted(proof["figures"].items()):
        check_candidate(candidate, figures, proof, verdict)
        check_interval(candidate, figures, proof, verdict)
    check_inputs(content, proof, verdict)
    has_fair = any(one["fair_score"] is not None for one in proof["figures"].values())
    if arguments.rate and has_fair:
        check_fair(arguments.rate, content, proof, verdict)
    for fault in verdict.faults:
        print(f"DIFFERS  {fault}")
    print(f"{verdict.n_compared} figures compared, {len(verdict.faults)} differ")
    if has_fair and not arguments.rate:
        print("not recomputed: fair scores and their errors (give --rate)")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
