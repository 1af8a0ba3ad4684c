"""A component of Streamlit whose script is a file.

Leans on `register_from_manifest`, as for an installed package: a script that is given as text is
imported from a `blob:`, which the policy of the pages refuses. Called within a script's run.
"""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

# Any version: it is required, and used nowhere here.
_VERSION = "2"


# A registration is of the whole process, and every run of every visitor asks for it.
@cache
def component(name: str, folder: Path, script: str) -> Any:
    """Return what shows a component, registered once for all runs; `script`: a file in a folder of
    which all files are served.
    """
    served_folder = ComponentConfig(name, folder.name)
    manifest = ComponentManifest("stances", _VERSION, [served_folder])
    get_bidi_component_manager().register_from_manifest(manifest, folder.parent)
    return st.components.v2.component(f"stances.{name}", js=script, isolate_styles=False)
