"""The desk in a browser: by the keyboard alone, for every eye, and from a page of another site."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stances.dataset.load import load
from tests.browser.reader import await_live, axe, misplaced_at
from tests.conftest import SIX
from tests.desk.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EVENT = "ARC-20200410-minister-worried"
TEXT = "Published: 2020-04-11\nMinister worried by Acme\nHe says that Acme would be a worry."
# A page of another site: it asks for a form, and opens the socket that writes.
FOREIGN = """<script>
const told = [];
const port = {port};
const socket = new WebSocket(`ws://127.0.0.1:${{port}}/_stcore/stream`, ["streamlit"]);
socket.onopen = () => told.push("open");
socket.onerror = () => told.push("refused");
const form = {{ method: "POST", body: "x", mode: "no-cors" }};
fetch(`http://127.0.0.1:${{port}}/desk`, form).then((answer) => told.push(answer.type));
const frame = document.createElement("iframe");
frame.src = `http://127.0.0.1:${{port}}/desk`;
document.addEventListener("DOMContentLoaded", () => document.body.append(frame));
</script>"""


@pytest.fixture(scope="module")
def folder_of_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SIX, tmp_path_factory.mktemp("desk") / "six"))


@pytest.fixture(scope="module")
def port(folder_of_desk: Path) -> Iterator[int]:
    yield from served(folder_of_desk, folder_of_desk.parent)


@pytest.fixture
def open_desk(browser: Browser, port: int) -> Iterator[Callable[..., Page]]:
    opened = []

    def open_one(path: str, width: int = 1360, scheme: str = "light") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"http://127.0.0.1:{port}/{path}")
        await_live(page)
        page.wait_for_timeout(800)
        return page

    yield open_one
    for page in opened:
        page.close()


@pytest.mark.parametrize(
    "path",
    ["desk", "desk?list=coverage", "desk?do=attach", "desk?do=new", f"desk?row={EVENT}",
     "desk?row=BOR-school-permit"],
)  # fmt: skip
def test_nothing_lies_amiss_and_axe_finds_nothing(
    open_desk: Callable[..., Page], path: str
) -> None:
    page = open_desk(path)
    found = axe(page)
    found += misplaced_at(page, 1920, 1360, 390)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    found += [f"dark: {line}" for line in axe(page, "color-contrast")]
    assert not found, "\n".join(found)


def test_the_keyboard_alone_corrects_a_row(
    open_desk: Callable[..., Page], folder_of_desk: Path
) -> None:
    page = open_desk(f"desk?row={EVENT}")
    page.get_by_label("Title", exact=True).focus()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.wait_for_selector("text=What changes")
    for _ in range(20):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.ariaLabel")
        assert page.evaluate("!!document.activeElement.closest('.st-key-desk')")
        if name == "Reason":
            break
    page.keyboard.type("It is a cry")
    page.keyboard.press("Tab")
    page.wait_for_timeout(800)
    assert page.evaluate("document.activeElement.textContent") == "Save"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Saved")
    assert load(folder_of_desk).events["title"].str.endswith("!").any()


def test_a_page_of_another_site_can_neither_write_nor_frame_it(
    browser: Browser, port: int, folder_of_desk: Path
) -> None:
    before = [path.read_bytes() for path in sorted(folder_of_desk.glob("*.csv"))]

    class Foreign(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(FOREIGN.format(port=port).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://localhost:{server.server_port}/")
    page.wait_for_timeout(3000)
    assert page.evaluate("told").count("refused") == 1 and "open" not in page.evaluate("told")
    assert page.frames[1].url.startswith("chrome-error:")
    page.close()
    server.shutdown()
    assert [path.read_bytes() for path in sorted(folder_of_desk.glob("*.csv"))] == before
