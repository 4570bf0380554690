"""Typed values as texts: exactly, and as somebody would have printed them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from perfscore.bulk.values import cell_text, texts

pa = pytest.importorskip("pyarrow")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("001", "001"),
        ("NA", "NA"),
        (True, "是"),
        (False, "否"),
        (12345678901234567890, "12345678901234567890"),
        (Decimal("100.00"), "100.00"),
        (Decimal("1E+3"), "1000"),
        (0.1, "0.1"),
        (100.0, "100"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (float("nan"), "nan"),
        (date(2024, 6, 20), "2024-06-20"),
        (datetime(2024, 6, 20), "2024-06-20"),  # noqa: DTZ001 - as a file without time zones has it
        (datetime(2024, 6, 20, 9, 30), "2024-06-20 09:30:00"),  # noqa: DTZ001 - as above
        (["85", 90, Decimal("1.5")], '["85", "90", "1.5"]'),
        (b"abc\xff", "abc\\xff"),
    ],
)
def test_the_text_of_a_value(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_the_texts_of_columns() -> None:
    assert texts(pa.array([0.1, None, 3], pa.float32())) == ["0.1", "", "3"]
    assert texts(pa.array(["b", None, "a", "b"]).dictionary_encode()) == ["b", "", "a", "b"]
    assert texts(pa.array([Decimal("1.50"), None], pa.decimal128(9, 2))) == ["1.50", ""]
