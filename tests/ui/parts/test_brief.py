"""The control by which a page is taken along as a brief."""

from __future__ import annotations

import pytest

from stances.dataset.tables import Dataset
from stances.links.view import view_at
from stances.pages.briefs.request import brief_html

pytestmark = pytest.mark.usefixtures("six_shown")


def test_a_name_of_a_group_is_no_address(six: Dataset) -> None:
    view = view_at(six, "members", {"as_of": "2020-07-01"})
    link = brief_html(view, 'Five Eyes/"', of_group=True)
    assert 'href="briefs/groups/Five%20Eyes%2F%22.pdf?as_of=2020-07-01"' in link
