"""The files of a data folder as checked, typed tables."""
