"""The forms of names, codes and addresses, as `forms.toml` declares them."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple


class Form(NamedTuple):
    """A form of texts: the pattern of a whole one, and the form in words."""

    pattern: str
    words: str

    def fits(self, text: str) -> bool:
        """Say whether the whole of a text has this form."""
        return re.fullmatch(self.pattern, text) is not None


_FILE = Path(__file__).with_name("forms.toml")
FORMS = {k: Form(**of) for k, of in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}
