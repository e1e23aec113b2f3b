"""A report on paper: one frozen content, four formats."""
