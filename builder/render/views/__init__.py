"""All that a page shows, as plain frozen data, one type a kind of page; a template gets nothing else."""
