"""Templates keep the content security policy: nothing inline is executed or styled."""

import gzip
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "secondment"
DIST = SOURCE / "common" / "static" / "common" / "dist"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style block": re.compile(r"<style\b", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on[:\s=-]", re.IGNORECASE),
    "script in hx-vals": re.compile(r"\shx-(vals|headers)\s*=\s*[\"']js:", re.IGNORECASE),
    "javascript address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "foreign address": re.compile(
        r"(src|href|hx-get|hx-post|action)\s*=\s*[\"']?(https?:)?//", re.IGNORECASE
    ),
    "unescaped text": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}
WIDTH = 120
# A Django tag may not be broken; where one stands alone its line may be longer, up to this; `with` takes the rest.
LONE_TAG_WIDTH = 160
ONE_TAG = re.compile(r"\s*{%(?:(?!%}).)*%}")
# Elements that begin a line; text, links, marks and form controls may share one with what stands around them.
BEGINS_LINE = re.compile(
    r"<(article|aside|body|button|caption|datalist|d[dlt]|details|dialog|div|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|head|header|html|label|legend|li|link|main|meta|nav|[ou]l|option|p|pre|script|section|select|summary|table|tbody"
    r"|td|textarea|tfoot|th|thead|title|tr)\b"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_has_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {name for name, pattern in FORBIDDEN.items() if pattern.search(text)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_has_one_element_a_line(path: Path) -> None:
    assert crowded_lines(path.read_text(encoding="utf-8")) == []


def crowded_lines(text: str) -> list[int]:
    return [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if len(BEGINS_LINE.findall(line)) > 1
        or len(line) > (LONE_TAG_WIDTH if ONE_TAG.fullmatch(line) else WIDTH)
    ]


@pytest.mark.parametrize(
    ("text", "crowded"),
    [
        ("<p>" + "字" * 113 + "</p>", []),
        ("<p>" + "字" * 114 + "</p>", [1]),
        ('  {% translate "' + "字" * 132 + '" as text %}', []),
        ('  {% translate "' + "字" * 133 + '" as text %}', [1]),
        ('  {% translate "' + "字" * 120 + '" as text %}{% note text %}', [1]),
        ('<td><a href="/">a</a> <span>b</span></td>', []),
        ("<tr>\n  <td>a</td><td>b</td>\n</tr>", [2]),
        ("<ul><li>a</li></ul>", [1]),
    ],
)
def test_crowded_lines_are_found(text: str, crowded: list[int]) -> None:
    assert crowded_lines(text) == crowded


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("inline style", '<div class="a" style="color:red">'),
        ("event handler", '<a href="#" onclick="x()">'),
        ("hx-on", '<p hx-on:click="x">'),
        ("inline script", "<script>x</script>"),
        ("foreign address", '<img src="//example.invalid/x">'),
    ],
)
def test_scan_finds_what_it_looks_for(name: str, text: str) -> None:
    assert FORBIDDEN[name].search(text)


def test_icons_named_in_templates_are_in_the_sprite() -> None:
    sprite = (SOURCE / "common/static/common/dist/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    asked |= {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r'\bicon="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert asked - known == set()


PACKED = sorted(path.name for path in DIST.glob("*.gz"))


@pytest.mark.parametrize("name", PACKED)
def test_packed_assets_are_the_same_as_the_plain_ones(name: str) -> None:
    packed = DIST / name
    assert gzip.decompress(packed.read_bytes()) == packed.with_suffix("").read_bytes()


def test_every_built_file_is_packed() -> None:
    plain = {path.name for path in DIST.iterdir() if path.suffix in {".js", ".css", ".svg"}}
    assert {f"{name}.gz" for name in plain} == set(PACKED)
    assert {"app.js", "app.css", "charts.js", "icons.svg"} <= plain


def test_parts_that_scripts_fetch_are_there() -> None:
    asked = {
        name
        for path in DIST.glob("*.js")
        for name in re.findall(r'"\./([\w-]+\.js)"', path.read_text(encoding="utf-8"))
    }
    assert len(asked) >= 2
    assert [name for name in asked if not (DIST / name).exists()] == []


def test_licences_of_shipped_packages_are_told() -> None:
    told = (SOURCE / "common/static/common/dist/LICENSES.txt").read_text(encoding="utf-8")
    assert [
        name
        for name in ("@tabler/core", "htmx.org 2.0.11", "echarts", "tom-select", "zrender")
        if name not in told
    ] == []


def test_templates_use_no_class_that_the_styles_left_out() -> None:
    left_out = set((SOURCE.parents[1] / "assets" / "left_out.txt").read_text(encoding="utf-8").split())
    assert "dropdown-menu-arrow" in left_out
    used = {
        word
        for path in TEMPLATES
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for word in re.sub(r"{[{%].*?[%}]}", " ", value).split()
    }
    assert {"btn", "list-scroll"} <= used
    assert used & left_out == set()


def test_what_every_page_fetches_is_light() -> None:
    """Bytes on the wire, against 120,000 for a first page of a secondee with its HTML and one searchable select."""
    every = sum((DIST / f"{name}.gz").stat().st_size for name in ("app.css", "app.js", "icons.svg"))
    (select,) = DIST.glob("select-*.js.gz")
    assert every <= 50_000
    assert every + select.stat().st_size <= 70_000
