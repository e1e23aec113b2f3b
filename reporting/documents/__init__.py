"""A report on paper and in files: one frozen content, many formats."""
