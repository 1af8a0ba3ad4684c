"""The control by which a page is taken along as a brief."""

from __future__ import annotations

import pytest
from streamlit.runtime.context import ContextProxy

from stances.dataset.tables import Dataset
from stances.links.view import view_at
from stances.pages.briefs.request import brief_html
from tests.ui.pages import markup, open_page

pytestmark = pytest.mark.usefixtures("six_shown")


def _page_text(page: str, **view: str) -> str:
    app = open_page(page, as_of="2020-07-01", **view)
    return markup(app)


@pytest.mark.parametrize(
    ("page", "view", "address"),
    [
        ("actor", {"actor": "BOR"}, "briefs/BOR.pdf"),
        ("members", {"group": "Pact"}, "briefs/groups/Pact.pdf"),
        ("members", {"group": "all"}, "briefs/groups/all.pdf"),
    ],
)
def test_an_actor_and_a_group_have_theirs(page: str, view: dict[str, str], address: str) -> None:
    link = f'<a href="{address}?as_of=2020-07-01" download>Brief (PDF)</a>'
    assert link in _page_text(page, **view)


def test_in_a_frame_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "is_embedded", True)
    assert "Brief (PDF)" not in _page_text("actor", actor="BOR")


def test_a_name_of_a_group_is_no_address(six: Dataset) -> None:
    view = view_at(six, "members", {"as_of": "2020-07-01"})
    link = brief_html(view, 'Five Eyes/"', of_group=True)
    assert 'href="briefs/groups/Five%20Eyes%2F%22.pdf?as_of=2020-07-01"' in link
