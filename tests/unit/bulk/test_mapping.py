"""The file of columns: what it may say, and what is told of one that says otherwise."""

from pathlib import Path

import pytest

from perfscore.bulk.mapping import read_mapping
from perfscore.text.diagnostic import Rejected


def test_a_file_of_columns(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("完成值: actual\n支出（元）: 全年执行数\n'备 注':\n", encoding="utf-8")
    assert read_mapping(str(tmp_path / "c.yaml")) == {"完成值": "actual", "支出（元）": "全年执行数", "备 注": ""}


@pytest.mark.parametrize(
    ("text", "code"), [("[完成值]", "mapping-expected"), ("完成值: [actual]", "mapping-expected"), ("a: b\na: c\n", "duplicate-key")]
)
def test_another_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as rejected:
        read_mapping(str(tmp_path / "c.yaml"))
    assert [one.code for one in rejected.value.diagnostics] == [code]
