"""补充信息表: people with the columns in which anything is missing; the missing cells are open, all others locked."""

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name

from secondment.files.columns.ability import RatedAbility
from secondment.files.columns.person import PERSON
from secondment.files.writing import Workbook
from secondment.people.files.roster_columns import ABILITY_OF, RATING, SUPPLEMENT, written_cell
from secondment.people.files.roster_workbook import CHOICES
from secondment.people.gaps import gaps_of
from secondment.people.latest import latest_abilities
from secondment.people.models import Person
from secondment.units.queries import shared_names, unit_label

KNOWN = ("name", "unit")
WIDEST = 24
INSTRUCTIONS = (
    "一、只填浅黄色的空格；其余各格已锁定，改动的不导入，并逐格指出。",
    "二、能力填好、较好、一般、较差或0—100的评分，并填同一行的能力评价来源和日期；已有的评价写明了自己的来源和日期。",
    "三、不清楚的留空，空白的格不作任何改动。请不要改动列名和“补充编号”。",
    "四、填好后在“导入名册”上传，先核对、后写入；同一表再导入一次，全部是“无变化”。",
)


def supplement_workbook(people: Sequence[Person]) -> bytes:
    """People of `with_gaps`, with what each lacks to be filled in."""
    gaps = {person.pk: gaps_of(person) for person in people}
    asked = frozenset().union(*gaps.values())
    keys = [*KNOWN, *(column.key for column in PERSON if column.key in asked - {*KNOWN}), SUPPLEMENT]
    ambiguous = shared_names()
    book = Workbook()
    sheet = book.sheet("补充信息", frozen=(1, 1))
    sheet.set_widths([min(WIDEST, max(10, 2 * len(PERSON[key].title) + 2)) for key in keys])
    sheet.head([PERSON[key].title for key in keys])
    lists = book.sheet(CHOICES, frozen=(0, 0))
    lists.page.hide()
    for line, person in enumerate(people, start=1):
        for at, key in enumerate(keys):
            is_open = key in gaps[person.pk]
            text = "" if is_open else _known(person, key, ambiguous)
            sheet.write(line, at, text, "open" if is_open else "locked")
    for at, key in enumerate(keys):
        words = PERSON[key].cell.choices
        for row, word in enumerate(words):
            lists.write(row, at, word)
        if words:
            name = xl_col_to_name(at)
            sheet.offer(at, len(people), f"={CHOICES}!${name}$1:${name}${len(words)}")
    sheet.page.protect("", {"format_columns": True, "format_rows": True})
    told = book.sheet("填写说明", widths=(100,), frozen=(0, 0))
    told.rows(([text] for text in INSTRUCTIONS), first=0, look="wrapped")
    return book.content()


def _known(person: Person, key: str, ambiguous: frozenset[str]) -> str:
    """What is known, as it reads back to the same: an ability names its source and day, a number stays masked."""
    if key == SUPPLEMENT:
        return person.key.hex
    if key == "unit":
        return unit_label(person.unit) if person.unit.name in ambiguous else person.unit.name
    if key == "identity_number":
        return person.identity_masked
    if key in ABILITY_OF:
        one = latest_abilities(person)[ABILITY_OF[key]]
        return PERSON[key].cell.write(RatedAbility(one.value, one.source, one.as_of))
    return "" if key in RATING else written_cell(PERSON[key], person)
