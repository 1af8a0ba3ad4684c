"""Files of a data folder read into checked, typed tables; rows added and corrected; releases."""
