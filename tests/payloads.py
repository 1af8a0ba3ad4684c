"""Texts that want to be more than texts, wherever they arrive."""

from __future__ import annotations

EMOJI = (
    ":smile:", ":+1: x", ":-1:", ":smile::smile:", "x:+1:y", ":a:b:", ":e-mail:", "[a]:smile:",
    "12:30:45", "a:b:c",
)  # fmt: skip
DIRECTIVES = (
    ":material/home:", "a :material/home: b", ":material_home:", ":streamlit:", ":red[d]",
    ":red-background[d]", ":blue-badge[x]", ":small[x]", ":a[b]{c}", "a:b[c]", ":::note", "::a",
)  # fmt: skip
MATHS = ("$$x$$", "$x$", "$5 and $6", "\\alpha", "a\\b", "\\(x\\)", "\\[x\\]", "\\", "a\\", "\\*")
MARKUP = (
    "<b>e</b>", "<script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "a < b > c",
    "&lt;b&gt;", "&amp;", "&#58;", "<!-- c -->", "\"'><svg onload=window.hit=1>",
    "<style>*{display:none}</style>", "</p><p>", "{{x}}", "%{y}", "${y}",
)  # fmt: skip
LINKS = (
    "[x](javascript:window.hit=1)", "![x](http://evil.example/x.png)", "[x]", "[x][y]", "[^1]",
    "<https://a.example>", "https://a.example/b", "www.a.example", "a@b.example",
)  # fmt: skip
MARKDOWN = (
    "**b**", "*i*", "_i_", "__b__", "a_b_c", "~~s~~", "H~2~O", "`c`", "``` c", "# h", "## h",
    "- item", "+ item", "* item", "1. one", "1) one", "> q", "---", "***", "===", "| a | b |",
    "- [ ] t", "a -- b", "->", "<-", "a <-> b", "-->", "a >= b", "a <= b ~= c",
)  # fmt: skip
HEBREW = "\u05d0\u05d1\u05d2"
BIDI = (
    HEBREW, f"{HEBREW} :smile: \u05d3", f"{HEBREW} \\ \u05d3", f"{HEBREW}: :red[x] $y$",
    "\u0645\u0635\u0631 (a) *b*", "a\u200fb", "a\u061cb",
)  # fmt: skip
UNSEEN = (
    "a\u200bb", "a\u200db", "a\u00adb", "a\u2060b", "a\ufeffb", "a \U0001f468\u200d\U0001f467",
)  # fmt: skip
TYPST = (
    '#panic("hit")', "#import \"x.typ\": y", "$ x $ #x", "@label <label>", "= h", "/ term: t",
    "#sys.inputs", "\\u{41} \\# \\", "[a] {b} (c)", "-- --- ...",
    "'single' \"double\"", "`raw` ~ *",
)  # fmt: skip
PAYLOADS = (*EMOJI, *DIRECTIVES, *MATHS, *MARKUP, *LINKS, *MARKDOWN, *BIDI, *UNSEEN)
