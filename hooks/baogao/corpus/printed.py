"""Values of a row -> what is printed of them, in a table, in CSV, in JSON."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

BETWEEN = "；"  # the items of a list in a cell


def csv_line(cells: Iterable[str]) -> str:
    """Cells as a line of CSV (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def plain(value: Any) -> Any:
    """A value without the noughts at its end; days as written, lists value by value."""
    if isinstance(value, Decimal):
        return value.normalize() if value % 1 else value.to_integral_value()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def said(value: Any) -> str:
    """A value in a cell; of a list each item, parted by BETWEEN."""
    shown = plain(value)
    if shown is None:
        return ""
    if isinstance(shown, bool):
        return str(shown).lower()
    if isinstance(shown, Decimal):
        return f"{shown:f}"
    return BETWEEN.join(map(said, shown)) if isinstance(shown, list) else str(shown)
