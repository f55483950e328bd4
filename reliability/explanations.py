"""Every pair page has a chain or an honest tie, and 1,000 random "force this pair" questions equal a new solution.

    SECONDMENT_DATA_DIR=… python reliability/explanations.py [--questions 1000] [--seed 1]

Asks the newest computed proposal of the installation, which is only read. Ends with code 1 on any difference.
"""

import argparse
import os
import random
import sys
import time
from dataclasses import replace


def main() -> int:
    """Ask the pages, then the questions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    import django

    django.setup()
    from secondment.matching.models import Proposal

    proposal = (
        Proposal.objects.filter(interventions=None).order_by("-pk").select_related("run__campaign").first()
    )
    if proposal is None:
        print("no computed proposal: run the matching of a campaign first")
        return 2
    return max(check_pages(proposal), check_questions(proposal, asked.questions, asked.seed))


def check_pages(proposal) -> int:  # type: ignore[no-untyped-def] -- models are there after set-up only
    """Each pair: the next candidates told as chains or ties; pages that have neither are counted."""
    from secondment.matching.alternatives import alternatives_of

    spent, empty = [], 0
    for pair in proposal.pairs.select_related("nomination__person", "campaign_post__post", "proposal__run"):
        began = time.process_time()
        found = alternatives_of(pair, frozenset())
        spent.append(time.process_time() - began)
        is_told = all(one.line.steps and one.line.total for one in found.shown)
        empty += not (found.shown and is_told) and found.n_others > 0
    spent.sort()
    print(
        f"{len(spent)} pairs, {empty} without a chain or a tie; median {1000 * spent[len(spent) // 2]:.0f} ms of processor"
    )
    return int(empty > 0)


def check_questions(proposal, n_questions: int, seed: int) -> int:  # type: ignore[no-untyped-def] -- as above
    """Random pairs that are not in the plan: the cost told, and that of a new solution with the pair locked."""
    from secondment.algorithms.assignment import solve_assignment
    from secondment.matching.services.plans import ProposalPlan
    from secondment.matching.services.what_if import WhatIf

    plan = ProposalPlan(proposal)
    asked = WhatIf(plan)
    people, posts = plan.problem.person.tolist(), plan.problem.post.tolist()
    pairs = sorted(set(zip(people, posts, strict=True)) - asked.standing - set(asked.problem.forbidden))
    bound = {person for person, _post in asked.fixed}, {post for _person, post in asked.fixed}
    pairs = [one for one in pairs if one[0] not in bound[0] and one[1] not in bound[1]]
    wrong, told, solved = 0, 0.0, 0.0
    for pair in random.Random(seed).sample(pairs, n_questions):
        began = time.perf_counter()
        answer = asked.with_pair(pair)
        told += time.perf_counter() - began
        began = time.perf_counter()
        locked = tuple(sorted({*asked.problem.locked, pair}, key=lambda one: one[::-1]))
        best = solve_assignment(replace(asked.problem, locked=locked))
        solved += time.perf_counter() - began
        expected = len(asked.standing) - best.n_assigned, plan.total(plan.post_of) - best.total_score
        is_same = answer is not None and (answer.n_places, round(answer.loss - expected[1], 6)) == (
            expected[0],
            0,
        )
        wrong += not is_same
    print(f"{n_questions} questions, {wrong} differ; new solutions took {solved / told:.0f} × as long")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
