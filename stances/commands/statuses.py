"""Exit statuses: promises, like the names of the columns."""

OK, INVALID_DATA, BAD_USAGE = 0, 1, 2
