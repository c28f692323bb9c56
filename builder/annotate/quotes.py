"""Words in quotation marks and who said them."""

from __future__ import annotations


def quotations(article, page, ready, hits):
    return ()
