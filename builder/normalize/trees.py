"""Decision trees, four steps deep, asked about many lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def summed(trees: Sequence[Any], rows: Sequence[Sequence[float]], totals: Sequence[float]) -> list[float]:
    """For each row of measures its total and, in the order of the trees, the leaf that it comes to in each.

    A page takes thousands of ways down a tree: with a tree's forks in names of their own, and all rows asked before the
    next one, they take half the time that they take line by line. A fork is its measure `m`, the limit `t` and what
    follows up to the limit and above it, `l` and `h`; the two behind fork 4 are 8 and 9.
    """
    sums = list(totals)
    for tree in trees:
        m1, t1, (m2, t2, fork4, fork5), (m3, t3, fork6, fork7) = tree
        m4, t4, (m8, t8, l8, h8), (m9, t9, l9, h9) = fork4
        m5, t5, (m10, t10, l10, h10), (m11, t11, l11, h11) = fork5
        m6, t6, (m12, t12, l12, h12), (m13, t13, l13, h13) = fork6
        m7, t7, (m14, t14, l14, h14), (m15, t15, l15, h15) = fork7
        before, sums = sums, []
        for row, total in zip(rows, before, strict=True):
            if row[m1] <= t1:
                if row[m2] <= t2:
                    leaf = (l8 if row[m8] <= t8 else h8) if row[m4] <= t4 else (l9 if row[m9] <= t9 else h9)
                else:
                    leaf = (l10 if row[m10] <= t10 else h10) if row[m5] <= t5 else (l11 if row[m11] <= t11 else h11)
            elif row[m3] <= t3:
                leaf = (l12 if row[m12] <= t12 else h12) if row[m6] <= t6 else (l13 if row[m13] <= t13 else h13)
            else:
                leaf = (l14 if row[m14] <= t14 else h14) if row[m7] <= t7 else (l15 if row[m15] <= t15 else h15)
            sums.append(total + leaf)
    return sums
