"""Fixtures of the probes: a browser, which keeps an event loop running in the main thread for as
long as there are probes; one that needs a loop of its own runs it in a thread of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from tests.browser.app import chromium, why_no_browser
from tests.browser.conftest import pytest_collection_modifyitems
from tests.browser.profile import WARM, new_page, stay_warm

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["pytest_collection_modifyitems"]

STATIC = Path(st.__file__).parent / "static"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium for the probes."""
    reason = why_no_browser()
    if reason and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
    if reason:
        pytest.skip(reason)
    with chromium(*WARM) as started:
        yield started


@pytest.fixture(scope="package")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A profile for the probes."""
    context = browser.new_context(bypass_csp=True)
    stay_warm(context)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    """A page as wide as a desk."""
    page = new_page(profile, (1280, 900), "light")
    yield page
    page.close()


@pytest.fixture(scope="session")
def shell() -> str:
    """The page that Streamlit serves, as it is installed."""
    return (STATIC / "index.html").read_text(encoding="utf-8")
