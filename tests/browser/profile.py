"""Profiles of Chromium whose pages open fast, for tests that open hundreds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tests.browser.app import HOST, PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Scheme = Literal["light", "dark"]

# The pages of a profile share a process, and with it the scripts that it has compiled: a page takes
# half of the work that it would in a process of its own. Scripts that are read while they come are
# compiled anew for each page, so none is. The last list of features that are off is the one that
# counts: the others of this one are those of Playwright's that a page notices.
_OFF = [
    "ScriptStreaming", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "OptimizationHints", "PaintHolding",
    "ThirdPartyStoragePartitioning",
]  # fmt: skip
WARM = ["--process-per-site", f"--disable-features={','.join(_OFF)}"]

# `isAsking`: whether something was sent to the server that no answer has come after.
_TELL_OF_ASKING = """
(() => {
  const send = WebSocket.prototype.send;
  const heard = new WeakSet();
  WebSocket.prototype.send = function (message) {
    if (!heard.has(this)) this.addEventListener("message", () => { window.isAsking = false; });
    heard.add(this);
    window.isAsking = true;
    return send.call(this, message);
  };
})();
"""


def stay_warm(profile: BrowserContext) -> None:
    """Keep the process of a profile for as long as it, by a page that stays open, and give its
    pages time for what they wait for.
    """
    profile.set_default_timeout(PATIENCE_MS)
    home = profile.new_page()
    home.route("**", lambda route: route.fulfill(body=""))
    home.goto(f"http://{HOST}/")


def new_page(profile: BrowserContext, viewport: tuple[int, int], scheme: Scheme) -> Page:
    """A page without history in a window of a size (CSS pixels), light or dark, which tells whether
    it waits for the server.
    """
    page = profile.new_page()
    page.add_init_script(_TELL_OF_ASKING)
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.emulate_media(color_scheme=scheme)
    return page
