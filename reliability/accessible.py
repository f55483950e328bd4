"""Walks every page that each demo account can reach and lets axe look at it: `.venv/bin/python -m reliability.accessible`.

Needs a running server with the demo. One page per address pattern (numbers count as one) and account; GET requests only.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.resources import files

from playwright.sync_api import Browser, Page, sync_playwright

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = """async ([rules, place]) => {
  const { violations } = await axe.run(place ?? document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} (${node.target})`));
}"""

ACCOUNTS = [
    "org",
    "home",
    "host",
    "district",
    "campus",
    "secondee",
    "nominee",
    "inspector",
    "leader",
    "sysadmin",
    "secadmin",
    "auditor",
]
PASSWORD = "guazhi-demo-2026"
WIDTHS = (1440, 390)
# Files, and addresses that change something.
LEFT_OUT = re.compile(r"sign-out|export|download|/files/|/template/|\.(xlsx|docx|lrmx|zip)")


def main() -> int:
    """Print every violation; 0 when there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--accounts", nargs="+", default=ACCOUNTS)
    parser.add_argument("--language", default="zh-hans")
    options = parser.parse_args()
    n_pages = n_bad = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for account in options.accounts:
            for pattern, width, found in walk(browser, options.base, account, set(), options.language):
                n_pages, n_bad = n_pages + 1, n_bad + bool(found)
                for one in found:
                    print(f"{account} {width} {pattern}: {one}", flush=True)
        browser.close()
    print(f"{n_pages} pages, {n_bad} with violations")
    return bool(n_bad)


def bring_axe(page: Page) -> None:
    """Once a page. Its policy lets no script be added; the browser does."""
    page.evaluate(AXE)


def violations(page: Page, place: str | None = None) -> list[str]:
    """One line for every spot that breaks a rule, in the page or in one place of it."""
    found: list[str] = page.evaluate(LOOK, [RULES, place])
    return found


def walk(
    browser: Browser, base: str, account: str, seen: set[str], language: str = "zh-hans"
) -> Iterator[tuple[str, int, list[str]]]:
    """(address pattern, width, violations) of every page that links lead to and whose pattern was not seen yet."""
    page = browser.new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": base}])
    sign_in(page, base, account)
    waiting = [page.url]
    while waiting:
        url = waiting.pop(0)
        pattern = re.sub(r"/\d+(?=/|$)", "/N", url.removeprefix(base).split("?")[0])
        if pattern in seen or LEFT_OUT.search(url):
            continue
        seen.add(pattern)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url)
            bring_axe(page)
            yield pattern, width, violations(page)
        links = page.evaluate("[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)")
        waiting += [one.split("#")[0] for one in links if one.startswith(base)]
    page.context.close()


def sign_in(page: Page, base: str, account: str) -> None:
    """Through the form, as everybody does."""
    page.goto(f"{base}/accounts/sign-in/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


if __name__ == "__main__":
    sys.exit(main())
