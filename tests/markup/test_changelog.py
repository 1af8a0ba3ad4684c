"""A changelog as markup."""

from __future__ import annotations

import pytest

from stances.markup.changelog import changelog_html


def test_a_changelog_is_headings_lists_and_paragraphs() -> None:
    markup = changelog_html(
        "# Changes\n\nNewest\nfirst.\n\n## 2026\n\n- one `code`\n  goes on\n- two\n\nEnd.\n"
    )
    assert markup == (
        "<h3>Changes</h3><p>Newest first.</p><h4>2026</h4>"
        "<ul><li>one <code>code</code> goes on</li><li>two</li></ul><p>End.</p>"
    )


def test_a_list_below_an_item_is_folded_into_it() -> None:
    markup = changelog_html("- one\n  - `a`\n  - b\n    goes on\n- two\n\n- three\n")
    assert markup == (
        "<ul><li><details><summary>one</summary><ul><li><code>a</code></li><li>b goes on</li></ul>"
        "</details></li><li>two</li></ul><ul><li>three</li></ul>"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "- <img src=x onerror=alert(1)>", "- a\n  - <b>bold</b>",
        "# <b>bold</b>", '`<i title="x">`', "a\n\n<div>\n\n</div>",
    ],
)  # fmt: skip
def test_markup_in_a_changelog_is_shown_and_not_run(hostile: str) -> None:
    markup = changelog_html(hostile)
    bare = markup
    for tag in ("h3", "h4", "p", "ul", "li", "code", "details", "summary"):
        bare = bare.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in bare
    assert "&lt;" in bare
    # A blank line would end the markup, and what follows would be read as Markdown.
    assert "\n" not in markup
