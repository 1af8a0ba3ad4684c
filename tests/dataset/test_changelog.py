"""The changelog of the data: made heads, and what is written by hand, which stays."""

from __future__ import annotations

from stances.dataset.changelog import versions, with_correction, with_release

HAND = b"# Changes\n\nText.\n\n## 2020-01-01\n\nBy hand.\n\n- A list.\n"


def test_a_section_of_the_day_takes_its_version() -> None:
    made = with_release(HAND, "2020-01-01-aa", "2020-01-01", ", compared:", ["One.", "Two."])
    assert made.decode() == (
        "# Changes\n\nText.\n\n## 2020-01-01\n\nVersion `2020-01-01-aa`, compared:\n\n- One.\n"
        "- Two.\n\nBy hand.\n\n- A list.\n"
    )
    assert versions(made) == ["2020-01-01-aa"]


def test_the_same_release_writes_the_same_and_new_lines_replace_the_old() -> None:
    once = with_release(HAND, "2020-01-01-aa", "2020-01-01", ":", ["One."])
    assert with_release(once, "2020-01-01-aa", "2020-01-01", ":", ["One."]) == once
    again = with_release(once, "2020-01-01-aa", "2020-01-01", ":", ["Other."])
    assert again == once.replace(b"One.", b"Other.")


def test_a_line_with_a_list_below_it_is_replaced_whole() -> None:
    once = with_release(HAND, "2020-01-01-aa", "2020-01-01", ":", ["One:\n  - a.\n  - b.", "Two."])
    assert b"\n\n- One:\n  - a.\n  - b.\n- Two.\n\nBy hand.\n\n- A list.\n" in once
    again = with_release(once, "2020-01-01-aa", "2020-01-01", ":", ["One:\n  - a.\n  - b.", "Two."])
    assert again == once
    other = with_release(once, "2020-01-01-aa", "2020-01-01", ":", ["Other."])
    assert other == with_release(HAND, "2020-01-01-aa", "2020-01-01", ":", ["Other."])


def test_another_version_comes_before_the_others_even_on_the_same_day() -> None:
    once = with_release(HAND, "2020-01-01-aa", "2020-01-01", ":", ["One."])
    both = with_release(once, "2020-01-01-bb", "2020-01-01", ":", ["Two."])
    assert versions(both) == ["2020-01-01-bb", "2020-01-01-aa"]
    assert both.count(b"## 2020-01-01\n") == 2
    assert both.endswith(once.split(b"\n\n", 2)[2])


def test_a_correction_waits_for_the_next_release_which_takes_it() -> None:
    once = with_release(HAND, "2020-01-01-aa", "2020-01-01", ":", ["One."])
    moved = {"score": ("-1", "-2"), "note": ("", "x")}
    waiting = with_correction(once, "ARC-1", moved, " It says so. ")
    waiting = with_correction(waiting, "BOR-1", {"title": ("a", "b")}, "Why.")
    text = '- `ARC-1`: score -1 to -2, note "" to x. It says so.\n- `BOR-1`: title a to b. Why.\n'
    assert f"## Next release\n\n{text}\n## 2020-01-01\n" in waiting.decode()
    assert versions(waiting) == ["2020-01-01-aa"]
    made = with_release(waiting, "2020-02-02-bb", "2020-02-02", ":", ["Two."])
    assert (
        f"## 2020-02-02\n\nVersion `2020-02-02-bb`:\n\n- Two.\n\n{text}\n## 2020-01-01\n"
        in made.decode()
    )


def test_a_folder_without_a_changelog_gets_one() -> None:
    made = with_release(b"", "2020-01-01-aa", "2020-01-01", ":", ["One."]).decode()
    assert made.startswith("# Changelog of the data\n")
    assert "\n## 2020-01-01\n\nVersion `2020-01-01-aa`:\n\n- One.\n" in made
    assert "## Next release\n\n- `A`" in with_correction(b"", "A", {"b": ("c", "d")}, "e").decode()
