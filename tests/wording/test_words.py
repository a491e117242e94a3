"""The words of the interface as they are put together."""

from __future__ import annotations

import pytest
from baogao.wording.words import Words


@pytest.mark.parametrize(
    ("key", "n", "said"),
    [
        ("published_early", 1, "published January 31, 2024, 1 day early"),
        ("published_early", 61, "published January 31, 2024, 61 days early"),
        ("published_late", 1, "published January 31, 2024, 1 day late"),
    ],
)
def test_one_day_is_no_days(key, n, said):
    assert Words("en").count(key, n, day="January 31, 2024") == said
