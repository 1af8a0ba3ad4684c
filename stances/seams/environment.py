"""Settings of Streamlit from the environment and from beside the dashboard, as `streamlit run`
takes them.

Leans on: `streamlit.config.get_config_options`, and of each option its `env_var`, its `type` and
  whether it is `multiple`, or `sensitive`, which Streamlit itself reads; on `set_option` taking
  any of them; on `streamlit.config._main_script_path`, beside which it looks for `.streamlit`.
Fails: under `python -m stances serve` a base path of the environment is not known; started in
  another folder than that of the dashboard it has the settings and the look of Streamlit.
Then: look in `streamlit/web/cli.py` for what reads the environment, or write a config file.
"""

import os
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.config_option import ConfigOption

from stances.dataset.faults import BadInput, inline, of_parameter

_YES = ("1", "true", "yes", "on")


def take_settings_of(script: Path) -> None:
    """Have the settings that lie beside a script taken, from whatever folder it is started."""
    config._main_script_path = str(script)


def take_environment() -> None:
    """Give each option of Streamlit that the environment names its value. Another server than
    Streamlit's own command, whose flags come first, does not. Raises BadParameter.
    """
    for name, option in config.get_config_options().items():
        text = os.environ.get(option.env_var)
        if text is not None and not option.sensitive:
            with of_parameter(option.env_var):
                config.set_option(name, _value(option, text), option.env_var)


def _value(option: ConfigOption, text: str) -> Any:
    if option.multiple:
        return text.split()
    if option.type is bool:
        return text.lower() in _YES
    try:
        return option.type(text)
    except ValueError:
        raise BadInput(f"{inline(text)} is not a number") from None
