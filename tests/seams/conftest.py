"""Fixtures of the probes: a browser, which keeps an event loop running in the main thread for as
long as there are probes; one that needs a loop of its own runs it in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from tests.browser.conftest import browser, pytest_collection_modifyitems
from tests.browser.profile import new_page, stay_warm

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["browser", "pytest_collection_modifyitems"]

STATIC = Path(st.__file__).parent / "static"


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
