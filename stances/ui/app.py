"""What Streamlit runs for every visitor, anew at each change: see `live.py`."""

from stances.ui import live

live.main()
