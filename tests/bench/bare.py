"""What `streamlit run` opens for the bare page: the script beside it, and the outlines."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tests.bench.peers import GEOMETRY

_OUTLINES = Mount("/geometry", StaticFiles(directory=GEOMETRY))
app = st.App(Path(__file__).with_name("peers.py"), routes=[_OUTLINES])
