"""Forms on paper: filed by their office, never silently overwritten, listed while they wait."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from tests.makers import AT, ON, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.documents import forms
from secondment.documents.choices import PaperState
from secondment.documents.errors import PaperError
from secondment.documents.forms import FilingForm
from secondment.documents.models import Paper
from secondment.documents.papers import expect_paper, services, slots_for
from secondment.documents.papers.kinds import all_kinds, kind_of
from secondment.documents.papers.lists import title_of
from secondment.documents.papers.queries import filed_by, for_list
from secondment.documents.papers.services import Scan, file_paper, list_paper, read_scan, store_papers
from secondment.posts.choices import PostState

PDF = b"%PDF-1.7 stamped"
SCAN = Scan("盖章.pdf", PDF, "application/pdf")
LATER = AT + dt.timedelta(days=1)


class Desk:
    """A host unit under an organisation department, its demand, and a county next door."""

    def __init__(self) -> None:
        self.root = make_unit("示例县委组织部")
        self.host = make_unit("示例镇", self.root)
        self.post = make_post(self.host, title="驻村第一书记", state=PostState.APPROVED)
        self.clerk = make_user(Role.HOST_UNIT, self.host)
        self.owner = make_user(Role.ORGANISATION_DEPARTMENT, self.root)
        self.leader = make_user(Role.LEADER, self.root)
        self.neighbour = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("邻县委组织部"))
        self.kind = kind_of("F1")

    def expected(self, by=None, **given) -> Paper:
        return expect_paper(self.kind, self.post, by=by or self.owner, on=ON, at=AT, **given)

    def filed(self, *, scan=None, place="", replaces=None, by=None, at=AT) -> Paper:
        return file_paper(
            self.kind,
            self.post,
            scan=scan,
            place=place,
            replaces=replaces,
            by=by or self.clerk,
            on=ON,
            at=at,
        )

    def url(self, name="paper", *more) -> str:
        return reverse(f"documents:{name}", args=["F1", self.post.pk, *more])


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def test_forms_have_a_code_each_in_the_order_of_codes() -> None:
    codes = [kind.code for kind in all_kinds()]
    assert {"F1", "F2", "F3", "F4", "F5", "F16"} <= set(codes)
    assert codes.index("F5") < codes.index("F16")
    assert kind_of("F99") is None


class TestStates:
    @pytest.mark.parametrize(
        ("scan", "place", "state", "label"),
        [
            (None, "", PaperState.WAITING, "待盖章"),
            (SCAN, "", PaperState.STAMPED, "待归档"),
            (None, "柜三", PaperState.FILED, "已归档"),
            (SCAN, "柜三", PaperState.FILED, "已归档"),
        ],
    )
    def test_a_place_closes_a_scan_waits_for_one(self, desk, scan, place, state, label) -> None:
        paper = desk.filed(scan=scan, place=place) if scan or place else desk.expected()
        assert (paper.state, paper.state.label) == (state, label)
        assert [row.stage for row in for_list(filed_by(desk.owner))] == [state]

    def test_a_form_waits_once(self, desk) -> None:
        first = desk.expected()
        assert desk.expected(by=desk.clerk) == first
        assert (first.subject, first.office, first.issued_on) == ("示例镇驻村第一书记", desk.host, ON)
        assert not AuditEvent.objects.filter(action__startswith="paper.").exists()

    def test_no_paper_of_what_does_not_exist_yet(self, desk) -> None:
        desk.post.state = PostState.DRAFT
        desk.post.save()
        assert desk.expected() is None
        with pytest.raises(PaperError, match="还没有这份表"):
            desk.filed(scan=SCAN)
        assert list_paper(desk.kind, desk.post, by=desk.clerk, on=ON, at=AT) is None

    def test_listing_by_hand_leaves_one_event(self, desk) -> None:
        for at in (AT, LATER):
            list_paper(desk.kind, desk.post, by=desk.clerk, on=ON, at=at)
        event = AuditEvent.objects.get(action="paper.list")
        assert event.details == {"form": "F1"}

    def test_a_long_subject_is_cut(self, desk) -> None:
        desk.post.title = "某" * 80
        desk.host.name = "示" * 150
        assert len(desk.expected().subject) == 200


class TestFiling:
    def test_every_version_stays_and_the_last_is_current(self, desk) -> None:
        first = Paper.objects.get(pk=desk.filed(scan=SCAN).pk)
        second = desk.filed(place=" 柜三 ", replaces=first.pk, at=LATER)
        assert (second.scan, second.place, second.by, second.at) == (first.scan, "柜三", desk.clerk, LATER)
        other = Scan("重扫.pdf", PDF + b"2", "application/pdf")
        third = desk.filed(scan=other, place="柜三", replaces=second.pk)
        first.refresh_from_db()
        rows = Paper.objects.order_by("pk").values_list("scan__name", "place", "is_current")
        assert list(rows) == [
            ("盖章.pdf", "", False),
            ("盖章.pdf", "柜三", False),
            ("重扫.pdf", "柜三", True),
        ]
        assert read_scan(first, by=desk.owner, at=AT) == PDF
        assert read_scan(third, by=desk.owner, at=AT) == PDF + b"2"
        events = AuditEvent.objects.filter(action="paper.file").order_by("pk")
        assert [sorted(event.details) for event in events] == [
            ["form", "place", "scan"],
            ["form", "place"],
            ["form", "place", "scan"],
        ]

    def test_a_place_may_be_taken_back(self, desk) -> None:
        first = desk.filed(place="柜三")
        assert desk.filed(place="", replaces=first.pk).state == PaperState.WAITING

    def test_scans_lie_sealed(self, desk) -> None:
        paper = desk.filed(scan=SCAN)
        with paper.scan.content.open("rb") as raw:
            assert b"stamped" not in raw.read()

    @pytest.mark.parametrize("place", ["", "  "])
    def test_nothing_to_file_is_refused(self, desk, place) -> None:
        with pytest.raises(PaperError, match="请上传盖章扫描件，或写明纸质存放处"):
            desk.filed(place=place)

    def test_the_same_place_again_is_nothing(self, desk) -> None:
        first = desk.filed(place="柜三")
        with pytest.raises(PaperError):
            desk.filed(place="柜三", replaces=first.pk)
        assert Paper.objects.get(is_current=True) == first

    def test_what_somebody_else_filed_meanwhile_is_not_overwritten(self, desk) -> None:
        seen = desk.expected()
        desk.filed(place="柜三", replaces=seen.pk)
        with pytest.raises(StaleObjectError):
            desk.filed(place="柜四", replaces=seen.pk)
        with pytest.raises(StaleObjectError):
            desk.filed(place="柜四")
        assert Paper.objects.get(is_current=True).place == "柜三"

    def test_of_two_at_the_same_moment_one_is_told(self, desk, monkeypatch) -> None:
        desk.filed(place="柜三")
        monkeypatch.setattr(services, "current", lambda kind, key: None)  # read before the other one wrote
        with pytest.raises(StaleObjectError):
            desk.filed(place="柜四")
        assert Paper.objects.get().place == "柜三"

    def test_a_version_without_a_scan_gives_none(self, desk) -> None:
        with pytest.raises(PaperError):
            read_scan(desk.expected(), by=desk.owner, at=AT)
        assert not AuditEvent.objects.filter(action__startswith="paper.").exists()

    def test_the_office_alone_files(self, desk) -> None:
        for user in (desk.leader, desk.neighbour, make_user(Role.SECONDEE, desk.host)):
            with pytest.raises(NotAllowedError):
                desk.filed(place="柜三", by=user)
            with pytest.raises(NotAllowedError):
                list_paper(desk.kind, desk.post, by=user, on=ON, at=AT)
        assert desk.filed(place="柜三", by=desk.owner).by == desk.owner


class TestMany:
    def test_one_place_for_many_all_or_none(self, desk) -> None:
        other = make_post(desk.host, title="副镇长", state=PostState.APPROVED)
        papers = [desk.filed(scan=SCAN), expect_paper(desk.kind, other, by=desk.owner, on=ON, at=AT)]
        with pytest.raises(StaleObjectError):
            store_papers(papers, place="柜三", by=desk.neighbour, at=AT)
        with pytest.raises(PaperError):
            store_papers(papers, place=" ", by=desk.owner, at=AT)
        done = store_papers(papers, place=" 柜三 ", by=desk.owner, at=LATER)
        assert [(one.place, one.scan_id) for one in done] == [("柜三", papers[0].scan_id), ("柜三", None)]
        assert store_papers(done, place="柜三", by=desk.owner, at=LATER) == []
        with pytest.raises(StaleObjectError):
            store_papers(papers, place="柜四", by=desk.owner, at=LATER)
        assert Paper.objects.filter(is_current=True, place="柜三").count() == 2

    def test_the_page_names_who_and_stores(self, desk, signed_in) -> None:
        paper, client, url = desk.expected(), signed_in(desk.clerk), reverse("documents:papers_store")
        chosen = {"selected": [paper.pk]}
        assert "示例镇驻村第一书记" in text_of(client.post(url, chosen))
        assert "必填" in text_of(client.post(url, chosen | {"sent": "1", "place": ""}))
        told = client.post(url, chosen | {"sent": "1", "place": "柜三"}, follow=True)
        assert "已登记 1 份的存放处。" in text_of(told)
        assert client.post(url, chosen | {"sent": "1", "place": "柜四"}).status_code == 404
        assert signed_in(desk.neighbour).post(url, chosen).status_code == 404


class TestUpload:
    def picture(self, kind: str) -> bytes:
        content = io.BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "PhoneMaker"
        Image.new("RGB", (4, 4)).save(content, kind, **({"exif": exif} if kind == "JPEG" else {}))
        return content.getvalue()

    def cleaned(self, content: bytes, name: str = "盖章.bin") -> FilingForm:
        return FilingForm({"place": ""}, {"scan": SimpleUploadedFile(name, content)})

    @pytest.mark.parametrize(
        ("kind", "name", "content_type"),
        [("JPEG", "盖章.jpg", "image/jpeg"), ("PNG", "盖章.png", "image/png")],
    )
    def test_pictures_lose_what_tells_place_and_device(self, kind, name, content_type) -> None:
        form = self.cleaned(self.picture(kind))
        assert form.is_valid()
        scan = form.cleaned_data["scan"]
        assert (scan.name, scan.content_type) == (name, content_type)
        assert b"PhoneMaker" not in scan.content

    def test_a_pdf_stays_as_it_is(self) -> None:
        form = self.cleaned(PDF, "a.b.PDF")
        assert form.is_valid()
        assert form.cleaned_data["scan"] == Scan("a.b.pdf", PDF, "application/pdf")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"<html>", "只能上传PDF、JPG或PNG"),
            (b"\xff\xd8\xff broken", "图片不完整"),
            (b"PK\x03\x04", "只能上传PDF、JPG或PNG"),
        ],
    )
    def test_other_files_are_refused(self, content, said) -> None:
        form = self.cleaned(content, "看起来.pdf")
        assert said in str(form.errors["scan"])

    @pytest.mark.parametrize(("more", "is_valid"), [(0, True), (1, False)])
    def test_the_largest_scan(self, monkeypatch, more, is_valid) -> None:
        monkeypatch.setattr(forms, "LARGEST_SCAN", len(PDF))
        form = self.cleaned(PDF + b"x" * more)
        assert form.is_valid() is is_valid
        assert is_valid or "超过10MB" in str(form.errors["scan"])

    @pytest.mark.parametrize(("n", "is_valid"), [(100, True), (101, False)])
    def test_the_longest_place(self, n, is_valid) -> None:
        assert FilingForm({"place": "柜" * n}).is_valid() is is_valid


class TestPage:
    def test_filed_read_and_downloaded(self, desk, signed_in) -> None:
        client = signed_in(desk.clerk)
        page = text_of(client.get(desk.url()))
        assert "不代替印章" in page
        assert "还没有登记" in page
        assert "待盖章" in text_of(client.post(desk.url("paper_expect"), follow=True))
        seen = Paper.objects.get()
        sent = {"scan": SimpleUploadedFile("盖章.pdf", PDF), "place": "", "replaces": seen.pk}
        assert "盖章.pdf" in text_of(client.post(desk.url(), sent, follow=True))
        kept = Paper.objects.get(is_current=True)
        answer = signed_in(desk.leader).get(desk.url("paper_scan", kept.pk))
        assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
        assert answer["Content-Disposition"].startswith("attachment")
        event = AuditEvent.objects.get(action="paper.download")
        assert (event.actor_id, event.object_id) == (desk.leader.pk, str(kept.pk))

    def test_readers_who_do_not_file_see_no_form(self, desk, signed_in) -> None:
        desk.filed(scan=SCAN)
        client = signed_in(desk.leader)
        page = client.get(desk.url())
        assert "登记盖章件" not in text_of(page)
        assert client.post(desk.url(), {"place": "柜三"}).status_code == 403
        assert client.post(desk.url("paper_expect")).status_code == 403

    def test_a_form_that_cannot_be_filed_says_why(self, desk, signed_in) -> None:
        page = signed_in(desk.clerk).post(desk.url(), {"place": ""})
        assert "请上传盖章扫描件，或写明纸质存放处" in text_of(page)

    def test_strangers_and_other_addresses_find_nothing(self, desk, signed_in) -> None:
        waiting = desk.expected()
        scanned = desk.filed(scan=SCAN, replaces=waiting.pk)
        for user in (desk.neighbour, make_user(Role.HOME_UNIT), make_user(Role.SECONDEE)):
            for url in (desk.url(), desk.url("paper_scan", scanned.pk)):
                assert signed_in(user).get(url).status_code == 404
        client = signed_in(desk.owner)
        assert client.get(desk.url("paper_scan", waiting.pk)).status_code == 404
        assert client.get(reverse("documents:paper", args=["F99", desk.post.pk])).status_code == 404
        other = make_post(desk.host, state=PostState.APPROVED)
        crossed = reverse("documents:paper_scan", args=["F1", other.pk, scanned.pk])
        assert client.get(crossed).status_code == 404
        desk.post.state = PostState.DRAFT
        desk.post.save()
        assert client.get(desk.url()).status_code == 404


class TestList:
    def test_by_office_with_tabs_and_filters(self, desk, signed_in) -> None:
        desk.filed(scan=SCAN, place="柜三")
        waiting = make_post(desk.host, title="副镇长", state=PostState.APPROVED)
        expect_paper(desk.kind, waiting, by=desk.owner, on=ON + dt.timedelta(days=2), at=AT)

        def subjects(user, query="") -> list[str]:
            page = signed_in(user).get(reverse("documents:paper_list") + query)
            return [row.item.subject for row in page.context["listing"].rows()]

        both = ["示例镇副镇长", "示例镇驻村第一书记"]
        assert subjects(desk.owner) == subjects(desk.clerk) == both
        assert subjects(desk.neighbour) == subjects(desk.leader) == []
        assert subjects(desk.owner, "?state=waiting") == both[:1]
        assert subjects(desk.owner, "?state=filed") == both[1:]
        assert subjects(desk.owner, "?state=stamped") == []
        assert subjects(desk.owner, "?subject=柜三") == both[1:]
        assert subjects(desk.owner, "?office=示例") == both
        assert subjects(desk.owner, "?form=F1&subject=驻村") == both[1:]
        assert subjects(desk.owner, "?form=F4") == []
        assert subjects(desk.owner, f"?issued_after={ON + dt.timedelta(days=1)}") == both[:1]
        assert subjects(desk.owner, f"?issued_before={ON}") == both[1:]

    def test_as_excel_with_an_event(self, desk, signed_in) -> None:
        desk.expected()
        answer = signed_in(desk.owner).get(reverse("documents:paper_list") + "?export=xlsx")
        assert answer.status_code == 200
        assert AuditEvent.objects.get(action="paper.export").details == {"rows": 1}

    def test_as_many_queries_for_many_rows(self, desk, signed_in) -> None:
        client, url, counts = signed_in(desk.owner), reverse("documents:paper_list"), []
        for n in range(15):
            post = make_post(desk.host, title=f"岗位{n}", state=PostState.APPROVED)
            expect_paper(desk.kind, post, by=desk.owner, on=ON, at=AT)
            if n in {0, 14}:
                client.get(url)
                with CaptureQueriesContext(connection) as queries:
                    client.get(url)
                counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_a_form_that_no_room_names_any_more_shows_its_code(self) -> None:
        assert title_of(Paper(form="F1")) == "岗位需求表"
        assert title_of(Paper(form="F99")) == "F99"


class TestSlots:
    def test_what_exists_is_shown_and_what_one_files(self, desk, signed_in) -> None:
        forms_of = [(desk.kind, desk.post)]
        assert slots_for(desk.leader, forms_of) == []
        (slot,) = slots_for(desk.clerk, forms_of)
        assert (slot.paper, slot.status, slot.url) == (None, "idle", desk.url())
        page = reverse("posts:post_detail", args=[desk.post.pk])
        assert desk.url() in signed_in(desk.clerk).get(page).content.decode()
        paper = desk.filed(scan=SCAN)
        (slot,) = slots_for(desk.leader, forms_of)
        assert (slot.paper, slot.status, slot.may_file) == (paper, "info", False)
        desk.post.state = PostState.DRAFT
        assert slots_for(desk.clerk, forms_of) == []


def test_a_title_that_names_its_unit_names_it_once(desk) -> None:
    desk.post.title = "示例镇副镇长"
    assert desk.kind.subject_of(desk.post) == "示例镇副镇长"
