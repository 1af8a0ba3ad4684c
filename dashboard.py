"""What `streamlit run dashboard.py` opens: the pages of the dashboard and the HTTP routes."""

from pathlib import Path

import streamlit as st

from stances.routes import routes

app = st.App(Path(__file__).parent / "stances" / "ui" / "app.py", routes=routes())
