"""Check a draw protocol with Python's standard library alone: python3 verify_draw.py protocol.json [frame.csv]

Written apart from the program that made the protocol. It repeats the draw from the published
probabilities and the published text of chance, and checks sizes and probabilities against the rules.
With the frame (CSV) it also checks that the protocol has exactly the people of the frame: nobody left out.
"""

import csv
import hashlib
import json
import sys
from collections import Counter, defaultdict
from itertools import count
from math import ceil
from pathlib import Path

ONE = 10**12
ROSTERS = "secondment-roster/1"


def words(text):
    for counter in count():
        block = hashlib.sha256(f"{text}|{counter}".encode()).digest()
        yield from (int.from_bytes(block[i : i + 8], "big") for i in (0, 8, 16, 24))


def below(stream, bound):
    largest_multiple = (1 << 64) // bound * bound
    return next(word for word in stream if word < largest_multiple) % bound


def shuffled(stream, size):
    order = list(range(size))
    for last in range(size - 1, 0, -1):
        other = below(stream, last + 1)
        order[last], order[other] = order[other], order[last]
    return order


class Graph:
    """People are edges between the node of their stratum and the node of their unit."""

    def __init__(self, shares, ends, order):
        self.shares, self.ends = shares, ends
        self.edges_at = defaultdict(list)
        for person in order:
            for node in ends[person]:
                self.edges_at[node].append(person)

    def is_open(self, person):
        return 0 < self.shares[person] < ONE

    def latest(self, node, but):
        """The open edge latest in order, other than `but`."""
        edges, aside = self.edges_at[node], []
        while edges and (edges[-1] == but or not self.is_open(edges[-1])):
            last = edges.pop()
            if last == but:
                aside.append(last)
        found = edges[-1] if edges else None
        edges.extend(aside)
        return found

    def walk(self, node):
        """Edges of the first cycle met, or of the whole way and its last node."""
        nodes, edges = [node], []
        while (edge := self.latest(node, edges[-1] if edges else None)) is not None:
            edges.append(edge)
            left, right = self.ends[edge]
            node = left if node == right else right
            if node in nodes:
                return edges[nodes.index(node) :], None
            nodes.append(node)
        return edges, node


def repeat_draw(shares, ends, text):
    """Round every share to 0 or ONE."""
    stream = words(text)
    order = shuffled(stream, len(shares))
    graph = Graph(shares, ends, order)
    for person in reversed(order):
        while graph.is_open(person):
            edges, last = graph.walk(ends[person][1])
            if last is not None:
                edges, _ = graph.walk(last)
            shift(shares, edges[::2], edges[1::2], stream)
    return [person for person, share in enumerate(shares) if share == ONE]


def shift(shares, plus, minus, stream):
    up = min([ONE - shares[e] for e in plus] + [shares[e] for e in minus])
    down = min([shares[e] for e in plus] + [ONE - shares[e] for e in minus])
    step = up if below(stream, up + down) < down else -down
    for e in plus:
        shares[e] += step
    for e in minus:
        shares[e] -= step


def faults(protocol, frame_bytes):
    people, rules, frame = protocol["people"], protocol["rules"], protocol["frame"]
    shares = [int(person["inclusion"].replace(".", "")) for person in people]
    if frame_bytes is not None:
        if hashlib.sha256(frame_bytes).hexdigest() != frame["sha256"]:
            yield "the frame file is not the one of the protocol"
        if not is_excel(frame_bytes) and rows_of(frame_bytes, rules) != [
            (p["id"], p["stratum"], p["unit"], p["risk"]) for p in people
        ]:
            yield "the people of the protocol are not those of the frame file"
    if [p["id"] for p in people] != sorted({p["id"] for p in people}):
        yield "people are not sorted by id, or one occurs twice"
    rows = ([p["id"], p["stratum"], p["unit"], p["risk"]] for p in people)
    digest = hashlib.sha256(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode()
    ).hexdigest()
    if digest != frame["rows_sha256"]:
        yield "the rows of the frame do not match their hash"
    cap = "" if rules["unit_cap"] is None else rules["unit_cap"]
    text = f"{protocol['format']}|{digest}|{rules['size']}|{rules['floor']!r}|{cap}|{protocol['seed']}"
    if text != protocol["chance"]:
        yield "the text of chance is not made of this frame, these rules and this seed"
    if min(shares) < rules["floor"] * ONE - 1 or max(shares) > ONE:
        yield "a probability lies outside floor and 1"
    yield from faults_of_strata(protocol, shares)
    yield from faults_of_units(protocol, shares)
    ends = [(("s", p["stratum"]), ("u", p["unit"]) if p["unit"] else ("p", p["id"])) for p in people]
    drawn = [people[i]["id"] for i in repeat_draw(shares, ends, text)]
    if drawn != protocol["drawn"] or drawn != [p["id"] for p in people if p["drawn"]]:
        yield "repeating the draw gives other people"


def is_excel(content):
    return content.startswith((b"PK", b"\xd0\xcf"))


def rows_of(content, rules):
    """The frame file read again: id, stratum, unit and risk of every row, sorted."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    lines = text.splitlines(keepends=True)
    header = next(line for line in lines if line.strip(" ,;\t\r\n"))
    separator = max(",\t;", key=header.count)
    filled = [row for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)]
    places = {name.strip(): place for place, name in enumerate(filled[0])}
    own_id = next(name for name in places if name.lower() in ("编号", "id"))

    def cell(row, column):
        return row[places[column]].strip() if column and places[column] < len(row) else ""

    return sorted(
        (
            cell(row, own_id),
            cell(row, rules["stratify"]),
            cell(row, rules["unit"]),
            float(cell(row, rules["risk"])) if rules["risk"] else 1.0,
        )
        for row in filled[1:]
    )


def sizes_by_rule(heads, size, floor):
    """In proportion to heads, largest remainder, earlier name on ties; then what the floor needs, from where most is left."""
    total = sum(heads)
    sizes = [size * head // total for head in heads]
    order = sorted(range(len(heads)), key=lambda h: (-(size * heads[h] % total), h))
    for stratum in order[: size - sum(sizes)]:
        sizes[stratum] += 1
    least = [ceil(floor * head - 1e-9) for head in heads]
    for stratum in range(len(heads)):
        while sizes[stratum] < least[stratum] and sum(least) <= size:
            richest = max(range(len(heads)), key=lambda h: (sizes[h] - least[h], -h))
            sizes[richest] -= 1
            sizes[stratum] += 1
    return sizes


def faults_of_strata(protocol, shares):
    people, rules = protocol["people"], protocol["rules"]
    sums, ratios = Counter(), defaultdict(list)
    riskless = {p["stratum"] for p in people} - {p["stratum"] for p in people if p["risk"] > 0}
    for person, share in zip(people, shares):
        sums[person["stratum"]] += share
        risk = 1 if person["stratum"] in riskless else person["risk"]
        if risk and rules["floor"] * ONE + 1e3 < share < ONE - 1e3:
            ratios[person["stratum"]].append(share / ONE / risk)
    if (
        dict(sums) != {s["name"]: s["drawn"] * ONE for s in protocol["strata"]}
        or sum(sums.values()) != rules["size"] * ONE
    ):
        yield "the probabilities do not add up to the sizes"
    heads = Counter(p["stratum"] for p in people)
    names = sorted(heads)
    sizes = sizes_by_rule([heads[name] for name in names], rules["size"], rules["floor"])
    published = [(s["name"], s["heads"], s["drawn"]) for s in protocol["strata"]]
    if published != [(name, heads[name], size) for name, size in zip(names, sizes)]:
        yield "the sizes of the strata are not those of the rule"
    if rules["unit_cap"] is not None:
        return
    if any(max(r) > min(r) * (1 + 1e-6) for r in ratios.values()):
        yield "probabilities are not in proportion to risk"
        return
    for person, share in zip(people, shares):
        ratio = ratios.get(person["stratum"])
        fair = person["risk"] * ratio[0] if ratio and person["stratum"] not in riskless else None
        if fair is not None and abs(share / ONE - min(max(fair, rules["floor"]), 1)) > 1e-6:
            yield f"the probability of {person['id']} is not the risk cut to the range from floor to 1"


def faults_of_units(protocol, shares):
    cap = protocol["rules"]["unit_cap"]
    if cap is None:
        return
    sums, drawn = Counter(), Counter()
    for person, share in zip(protocol["people"], shares):
        if person["unit"]:
            sums[person["unit"]] += share
            drawn[person["unit"]] += person["drawn"]
    if max(drawn.values(), default=0) > cap:
        yield "a unit has more people drawn than its cap"
    if max(sums.values(), default=0) > cap * ONE:
        yield "a unit expects more than its cap"


def faults_of_rosters(protocol):
    """A draw of raters (participants of a vote): one order of each list, of which the first vote."""
    papers = sorted(protocol["papers"], key=lambda paper: paper["paper"])
    lines = (
        json.dumps([p["paper"], p["wanted"], sorted(p["people"])], ensure_ascii=False) + "\n" for p in papers
    )
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    if digest != protocol["digest"]:
        yield "the lists do not match their digest"
    for paper in papers:
        people = sorted(paper["people"])
        if len({tuple(one) for one in people}) < len(people):
            yield f"{paper['paper']}: somebody is on the list twice"
        stream = words(f"{ROSTERS}|{protocol['digest']}|{paper['paper']}|{protocol['seed']}")
        if [people[at] for at in shuffled(stream, len(people))] != paper["order"]:
            yield f"{paper['paper']}: repeating the draw gives another order"
        wanted = len(people) if paper["wanted"] is None else min(paper["wanted"], len(people))
        if wanted != paper["n_drawn"]:
            yield f"{paper['paper']}: the number who vote is not the one that was locked"


def report_of_rosters(protocol):
    found = list(faults_of_rosters(protocol))
    for fault in found:
        print(fault)
    if not found:
        n = sum(paper["n_drawn"] for paper in protocol["papers"])
        print(f"the record holds: {n} drawn from {len(protocol['papers'])} lists, repeated alike")
    return 1 if found else 0


def main(paths):
    if len(paths) not in (1, 2):
        print("usage: verify_draw.py protocol.json [frame.csv]")
        return 2
    try:
        protocol = json.loads(Path(paths[0]).read_text(encoding="utf-8"))
        if protocol["format"] == ROSTERS:
            return report_of_rosters(protocol)
        frame_bytes = Path(paths[1]).read_bytes() if paths[1:] else None
        return report(protocol, frame_bytes)
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror})")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        print(f"this is not a protocol of a draw ({type(error).__name__}: {error})")
    return 2


def report(protocol, frame_bytes):
    if frame_bytes is None or is_excel(frame_bytes):
        print("note: whether somebody was left out of the protocol is checked with the frame as CSV only")
    found = list(faults(protocol, frame_bytes))
    for fault in found:
        print(fault)
    if not found:
        print(
            f"the protocol holds: {len(protocol['drawn'])} of {len(protocol['people'])} drawn, repeated alike"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
