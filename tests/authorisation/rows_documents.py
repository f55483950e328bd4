"""Forms on paper: read by who reads the form, filed by the office that keeps it."""

from secondment.accounts.choices import Role
from secondment.documents.papers import expect_paper
from secondment.documents.papers.kinds import kind_of
from secondment.documents.papers.services import Scan, file_paper
from tests.authorisation.matrix import EVERYONE, Row
from tests.authorisation.world import Side
from tests.makers import AT, ON, make_user

READ = frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOST_UNIT, Role.LEADER})
FILE = frozenset({Role.ORGANISATION_DEPARTMENT, Role.HOST_UNIT})


def demand(side: Side) -> dict[str, object]:
    """The demand form of the side's post."""
    return {"code": "F1", "key": side.post.pk}


def scanned(side: Side) -> dict[str, object]:
    """The same with a stamped scan."""
    scan = Scan("盖章.pdf", b"%PDF-1.7", "application/pdf")
    clerk = make_user(Role.ORGANISATION_DEPARTMENT, side.root)
    filed = file_paper(kind_of("F1"), side.post, scan=scan, place="", replaces=None, by=clerk, on=ON, at=AT)
    return {**demand(side), "version": filed.pk}


def chosen(side: Side) -> dict[str, object]:
    paper = expect_paper(kind_of("F1"), side.post, by=make_user(), on=ON, at=AT)
    return {"selected": [paper.pk]}


ROWS = {
    "documents:paper_list": Row(EVERYONE),
    "documents:paper": Row(READ, demand),
    "documents:paper_expect": Row(FILE, demand, method="post"),
    "documents:paper_scan": Row(READ, scanned),
    "documents:papers_store": Row(FILE, method="post", data=chosen),
}
