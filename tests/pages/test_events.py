"""The page of events as blocks: the list, and the event that is open."""

from __future__ import annotations

import stances
from stances.render.html import block_html
from tests.pages.test_register import blocks_of

PERMIT = "BOR-20200201-school-permit"


def test_an_event_that_is_open_leads_to_where_its_actor_stood(six: stances.Dataset) -> None:
    [opened] = [block for block in blocks_of(six, "events", event=PERMIT) if block.live == "event"]
    html = block_html(opened)
    assert "actor?as_of=2020-02-01&amp;actor=BOR&amp;domain=schools&amp;" in html
    assert opened.column == 2
