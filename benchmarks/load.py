"""Many users at once: 40 accounts that read a fixed mix of ten pages from the real server.

    python benchmarks/load.py --data DIRECTORY [--people 20000] [--users 40] [--pause 2] [--warm 30] [--seconds 180] [--tree DIRECTORY]

`DIRECTORY` holds the demo; a copy of it is filled up with invented persons to `--people`. The server is that of `./run`
(of another checkout with `--tree`), on the same processors as this programme, which steps back by `nice`. A user opens a
page, reads for `--pause` seconds and opens the next; each begins at another page. What is asked in the first `--warm`
seconds is not counted: both web processes read their templates then. An answer counts as right with status 200, the title
of its page and its last line. Prints times of answers, errors, and processor time of the server a page.
"""

import argparse
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import ROOT, fill_up  # the same invented persons as there

PORT = 8113
ACCOUNT = "org"
# address with the keys of the first campaign and person, and a word of the page's title
PAGES = (
    ("/", "工作台"),
    ("/people/", "干部名册"),
    ("/people/?page=3", "干部名册"),
    ("/people/?q=w", "干部名册"),
    ("/people/{person}/", "干部挂职管理系统"),
    ("/placements/", "挂职"),
    ("/campaigns/", "批次"),
    ("/campaigns/{campaign}/", "第一书记"),
    ("/campaigns/{campaign}/nominations/", "推荐人选"),
    ("/todo/", "待办"),
)
Answer = tuple[str, float, bool]


def main() -> None:
    """Fill, start, load, stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--users", type=int, default=40)
    parser.add_argument("--pause", type=float, default=2)
    parser.add_argument("--warm", type=float, default=30)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inner:
        prepare(asked.people)
        return
    with tempfile.TemporaryDirectory(prefix="secondment-load-") as place:
        data = Path(place) / "data"
        shutil.copytree(asked.data, data)
        run(data, asked)


def run(data: Path, asked: argparse.Namespace) -> None:
    """Load a server on `data` and print what its users saw."""
    environment = os.environ | {
        "PYTHONPATH": str(asked.tree / "src"),
        "SECONDMENT_DATA_DIR": str(data),
        "SECONDMENT_DEMO": "1",
        "PORT": str(PORT),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "secondment.config"],
        env=environment,
        cwd=asked.tree,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_server()
        command = [sys.executable, __file__, "--data", str(data), "--inner", "--people", str(asked.people)]
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        session, campaign, person = said.split()
        os.nice(10)
        pages = [(path.format(campaign=campaign, person=person), word) for path, word in PAGES]
        load(pages, session, asked, asked.warm)
        begun = cpu_seconds(server.pid)
        answers = load(pages, session, asked, asked.seconds)
        print_answers(answers, cpu_seconds(server.pid) - begun)
        print(f"  load of the machine {os.getloadavg()[0]:.1f}")
    finally:
        server.terminate()
        server.wait()


def prepare(n_people: int) -> None:
    """Fill up, sign in; print the session and the keys of the pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from secondment.campaigns.models import Campaign
    from secondment.people.models import Person

    fill_up(n_people)
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username=ACCOUNT))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(session, Campaign.objects.earliest("pk").pk, Person.objects.earliest("pk").pk)


def wait_for_server() -> None:
    """Until the sign-in page answers."""
    for _attempt in range(240):
        time.sleep(0.5)
        try:
            if (
                get(http.client.HTTPConnection("127.0.0.1", PORT, timeout=5), "/accounts/sign-in/", "")[0]
                < 500
            ):
                return
        except OSError:
            continue
    raise SystemExit("the server does not answer")


def get(connection: http.client.HTTPConnection, path: str, session: str) -> tuple[int, str]:
    """Status and text of a page."""
    connection.request("GET", path, headers={"Cookie": f"session={session}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def load(
    pages: list[tuple[str, str]], session: str, asked: argparse.Namespace, seconds: float
) -> list[Answer]:
    """What all users saw in so many seconds: page, time of the answer, whether it was right."""
    answers: list[Answer] = []
    end = time.monotonic() + seconds
    users = [
        threading.Thread(target=use, args=(number, pages, session, asked.pause, end, answers))
        for number in range(asked.users)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    return answers


def use(
    number: int, pages: list[tuple[str, str]], session: str, pause: float, end: float, answers: list[Answer]
) -> None:
    """One user, who comes at a random moment of the first pause."""
    time.sleep(random.Random(number).uniform(0, pause))
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    at = number
    while time.monotonic() < end:
        path, word = pages[at % len(pages)]
        begun = time.monotonic()
        try:
            status, text = get(connection, path, session)
            is_right = status == 200 and word in text.split("</title>")[0] and text.endswith("</html>\n")
        except (OSError, http.client.HTTPException):
            connection.close()
            is_right = False
        answers.append((path, time.monotonic() - begun, is_right))
        at += 1
        time.sleep(pause)


def print_answers(answers: list[Answer], cpu: float) -> None:
    """Median, 95th percentile and largest time, of all and of each page."""
    print(f"{len(answers)} answers; server {1000 * cpu / len(answers):.1f} ms of processor a page")
    for path in ("", *sorted({path for path, _seconds, _right in answers})):
        spent = sorted(seconds for other, seconds, _right in answers if path in ("", other))
        n_wrong = sum(not is_right for other, _seconds, is_right in answers if path in ("", other))
        late = spent[max(0, -(-95 * len(spent) // 100) - 1)]
        print(
            f"  {path or 'all':36} median {1000 * statistics.median(spent):5.0f} ms, p95 {1000 * late:5.0f}, "
            f"largest {1000 * spent[-1]:5.0f}, wrong {n_wrong}"
        )


def cpu_seconds(root: int) -> float:
    """Processor time of a process and all below it that still run."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        key = int(stat.parent.name)
        parents[key], spent[key] = (
            int(fields[1]),
            (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
        )
    family, size = {root}, 0
    while len(family) > size:
        size = len(family)
        family |= {key for key, parent in parents.items() if parent in family}
    return sum(spent.get(key, 0.0) for key in family)


if __name__ == "__main__":
    main()
