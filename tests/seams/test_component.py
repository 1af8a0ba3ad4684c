"""A component whose script is a file: what Streamlit promises to nobody, and does."""

from __future__ import annotations

from pathlib import Path

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from stances.ui import live


def test_a_manifest_makes_files_of_a_folder_a_component() -> None:
    manager = BidiComponentManager()
    assets: Path = live._ASSETS
    manifest = ComponentManifest("stances", "2", [ComponentConfig("piece", assets.name)])
    manager.register_from_manifest(manifest, assets.parent)
    made = manager.build_definition_with_validation(
        component_key="stances.piece", html=None, css=None, js="piece.js"
    )
    assert made.js_content is None and made.js_url == "piece.js"
    assert manager.get_component_path("stances.piece") == str(assets)


def test_the_folder_has_nothing_but_scripts() -> None:
    assert [file.suffix for file in live._ASSETS.iterdir()] == [".js"]
