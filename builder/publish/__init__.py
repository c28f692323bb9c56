"""From outputs to a published folder: the checks, the search index, the swap, and a preview."""
