"""The codes of countries by which tables of others name them, so that these can be joined.

`countries.csv` beside this module has the codes of ISO 3166-1 as of 2025. Those of UN M49 are its
numbers, but for a territory that M49 does not list.
"""

from functools import cache
from pathlib import Path

import pandas as pd

_FILE = Path(__file__).with_name("countries.csv")
# What each code is called in a table that is handed out, by its heading in the file.
CODES = {"alpha_2": "iso_alpha_2", "numeric": "iso_numeric", "m49": "un_m49"}


def with_codes(actors: pd.DataFrame) -> pd.DataFrame:
    """Return actors with the codes of countries beside theirs, as texts; empty: none."""
    columns = _countries().reindex(actors["actor"].astype("str"), fill_value="")
    return actors.assign(**{CODES[str(name)]: cells.to_numpy() for name, cells in columns.items()})


@cache
def by_two_letters() -> dict[str, str]:
    """Return the code of every country by that of ISO 3166-1 with two letters, in lower case."""
    return {str(short).casefold(): str(code) for code, short in _countries()["alpha_2"].items()}


@cache
def _countries() -> pd.DataFrame:
    # Numbers begin with zeros, and one country has the letters that stand for what is missing.
    return pd.read_csv(_FILE, dtype="str", keep_default_na=False).set_index("alpha_3")
