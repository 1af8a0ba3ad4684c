import streamlit as st

st.write("trends")
