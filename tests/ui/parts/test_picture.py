"""The control by which a chart is taken along as a picture."""

from __future__ import annotations

import pytest

from stances.pictures.address import links_html

pytestmark = pytest.mark.usefixtures("six_shown")


def test_a_picture_is_as_dark_as_the_page() -> None:
    assert 'href="pictures/map.svg?theme=dark"' in links_html("map", {}, "dark")
    assert "theme" not in links_html("map", {}, "both")
