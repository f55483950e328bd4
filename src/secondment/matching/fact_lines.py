"""Behind each component of a pair: what the post wants, what the person has, where that is from and of which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.algorithms.fit_facts import region_codes
from secondment.common.sentences import joined_sentences, listed
from secondment.matching.figures import figure_text
from secondment.matching.models import ProposalPair
from secondment.matching.run_facts import Facts, PairFacts, facts_now, facts_of_pair
from secondment.people.choices import AbilitySource
from secondment.posts.choices import Ability, PostRank, Specialty
from secondment.posts.labels import label_of, labels_of
from secondment.units.models import Region

NOTHING_ASKED = "—"


@dataclass(frozen=True)
class FactLine:
    """The facts behind one component; `now` is what the person or the post says today, where that differs."""

    wanted: str
    own: str
    source: str
    day: str
    now: str = ""


def fact_lines(pair: ProposalPair) -> dict[str, FactLine]:
    """Facts by component, as the run has read them; none for runs that kept none."""
    then = facts_of_pair(pair.proposal.run, pair.nomination_id, pair.campaign_post_id)
    if then is None:
        return {}
    now = facts_now(pair.proposal.run.campaign, pair.nomination, pair.campaign_post)
    names = _region_names(then, now)
    before, after = _told(then, names), _told(now, names)
    return {
        component: line
        if (line.wanted, line.own) == _words(after[component])
        else _changed(line, after[component])
        for component, line in before.items()
    }


def judged_share(components: Mapping[str, float | None], weights: Mapping[str, int]) -> tuple[int, int, int]:
    """Components that count and could be judged, components that count, and the share of weight judged in per cent."""
    counting = {name: weight for name, weight in weights.items() if weight}
    judged = {name: weight for name, weight in counting.items() if components.get(name) is not None}
    return len(judged), len(counting), round(100 * sum(judged.values()) / sum(counting.values()))


def lower_tenth(scores: Sequence[float]) -> float:
    """The fit below which lies at most a tenth of the pairs."""
    return sorted(scores)[len(scores) // 10]


def _words(line: FactLine) -> tuple[str, str]:
    return line.wanted, line.own


def _changed(line: FactLine, now: FactLine) -> FactLine:
    texts = [
        *([_("岗位要求：%(text)s") % {"text": now.wanted}] if now.wanted != line.wanted else []),
        *([_("本人情况：%(text)s") % {"text": now.own}] if now.own != line.own else []),
    ]
    return FactLine(line.wanted, line.own, line.source, line.day, joined_sentences(texts))


def _told(facts: PairFacts, regions: Mapping[str, str]) -> dict[str, FactLine]:
    person, post = facts.person, facts.post
    home, place = regions.get(person["region"], ""), regions.get(post["region"], "")
    return {
        "specialty": FactLine(_tags(post), _specialties(person, post), _("人员名册"), ""),
        "needed_abilities": _abilities(person, post),
        "growth": _growth(person, post),
        "rank": FactLine(
            label_of(PostRank, post["rank"]) or NOTHING_ASKED,
            label_of(PostRank, person["rank"]) or _("未填"),
            _("人员名册"),
            person["rank_since"],
        ),
        "experience": FactLine(
            _("基层工作 %(n)d 年") % {"n": post["grassroots_years"]}
            if post["grassroots_years"]
            else NOTHING_ASKED,
            _("基层工作 %(n)s 年") % {"n": f"{person['grassroots_years']:g}"},
            _("人员名册"),
            "",
        ),
        "person_preference": FactLine(NOTHING_ASKED, _wish(facts), _("本人志愿"), ""),
        "host_preference": FactLine(_invited(person, post), NOTHING_ASKED, _("接收单位意向"), ""),
        "distance": FactLine(place or NOTHING_ASKED, _nearness(person, home), _("推荐表"), ""),
        "continuity": FactLine(NOTHING_ASKED, _earlier(person, post), _("挂职记录"), ""),
    }


def _tags(post: Facts) -> str:
    return labels_of(Specialty, post["specialties"]) or NOTHING_ASKED


def _specialties(person: Facts, post: Facts) -> str:
    own = labels_of(Specialty, person["specialties"])
    met = [one for one in person["specialties"] if one in post["specialties"]]
    if not own:
        return _("未填")
    if not post["specialties"]:
        return own
    return _("%(own)s（符合 %(n)d 项）") % {"own": own, "n": len(met)}


def _abilities(person: Facts, post: Facts) -> FactLine:
    """The marks of the abilities that the post needs, each with who gave it."""
    found = [(name, person["abilities"].get(name)) for name in post["abilities"]]
    known = [(name, mark) for name, mark in found if mark]
    texts = [f"{label_of(Ability, name)} {mark[0] if mark else _('无评价')}" for name, mark in found]
    sources = dict.fromkeys(label_of(AbilitySource, mark[1]) for _name, mark in known)
    return FactLine(
        labels_of(Ability, post["abilities"]) or NOTHING_ASKED,
        listed(texts) or NOTHING_ASKED,
        listed(sources),
        max((mark[2] for _name, mark in known), default=""),
    )


def _growth(person: Facts, post: Facts) -> FactLine:
    """The abilities in which the person is below their own mean, and which of them the post would train."""
    marks = {name: mark[0] for name, mark in person["abilities"].items()}
    mean = sum(marks.values()) / len(marks) if marks else 0
    weak = {name: mark for name, mark in marks.items() if mark < mean}
    texts = [
        f"{label_of(Ability, name)} {mark}" for name, mark in sorted(weak.items(), key=lambda one: one[1])
    ]
    own = _("没有低于本人平均的能力") if marks else _("无评价")
    if weak:
        own = _("短板：%(weak)s（本人平均 %(mean)s）") % {"weak": listed(texts), "mean": figure_text(mean)}
    sources = dict.fromkeys(label_of(AbilitySource, mark[1]) for mark in person["abilities"].values())
    day = max((mark[2] for mark in person["abilities"].values()), default="")
    trained = labels_of(Ability, [name for name in post["abilities"] if name in weak])
    wanted = _("可锻炼：%(abilities)s") % {"abilities": trained} if trained else NOTHING_ASKED
    return FactLine(wanted, own, listed(sources), day)


def _wish(facts: PairFacts) -> str:
    wishes, post = facts.person["wishes"], facts.post["key"]
    if post in wishes:
        return _("第 %(rank)d 志愿，共可填 %(most)d 个") % {
            "rank": wishes[post],
            "most": facts.most_preferences,
        }
    if wishes:
        return _("填了 %(n)d 个志愿，没有此岗位") % {"n": len(wishes)}
    return _("未填志愿")


def _invited(person: Facts, post: Facts) -> str:
    named = post["wishes"]
    if person["key"] in named:
        return _("第 %(rank)d 位，共列 %(n)d 人") % {"rank": named[person["key"]], "n": len(named)}
    return _("列了 %(n)d 人，没有此人") % {"n": len(named)} if named else _("未填意向")


def _nearness(person: Facts, home: str) -> str:
    wish = _("希望就近") if person["wants_near"] else _("没有就近要求")
    return _("%(wish)s（派出单位在%(home)s）") % {"wish": wish, "home": home} if home else wish


def _earlier(person: Facts, post: Facts) -> str:
    """Where the home unit has sent people before."""
    if not person["earlier"]:
        return _("派出单位尚未派过人")
    county = region_codes(post["region"])[-1]
    if any(host == post["unit"] for host, _region in person["earlier"]):
        return _("派出单位曾向该接收单位派人")
    if county >= 0 and any(region_codes(region)[-1] == county for _host, region in person["earlier"]):
        return _("派出单位曾向同县派人")
    return _("派出单位派过人，未到过该县")


def _region_names(*facts: PairFacts) -> dict[str, str]:
    codes = {side["region"] for one in facts for side in (one.person, one.post)} - {""}
    return dict(Region.objects.filter(pk__in=codes).values_list("pk", "full_name"))
