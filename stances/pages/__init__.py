"""The pages as data: what each says, in which order; `render` gives it its markup."""
