"""`perfscore explain FORM INDICATOR`: by id, by label, and what is said where there is none or more than one; `perfscore explain CODE`."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from perfscore.cli import DONE, REJECTED, explain, main
from perfscore.cli.pages import codes, page
from perfscore.text.diagnostic import Rejected

FORM = str(Path(__file__).resolve().parents[3] / "examples" / "huaihua-2024.yaml")


def run(indicator, form=FORM, **more):
    given = {
        "forms": [form],
        "indicator": indicator,
        "rules": None,
        "format": "terminal",
        "lang": "zh",
        "color": "never",
        "output": None,
        "force": False,
    }
    return explain.run(SimpleNamespace(**{**given, **more}))


@pytest.mark.parametrize("indicator", ["execution", "预算执行率", " 预算执行率 "])
def test_an_indicator_is_asked_for_by_id_or_label(indicator, capsys):
    assert run(indicator) == DONE
    out = capsys.readouterr().out
    assert "7.95 / 10" in out
    assert "1403.23" in out
    # Only what was asked for.
    assert "满意度" not in out


def test_the_answer_can_be_a_file(tmp_path):
    assert run("execution", output=str(tmp_path / "why.md"), format="markdown") == DONE
    assert "7.95" in (tmp_path / "why.md").read_text("utf-8")


def refused(indicator, **more):
    with pytest.raises(Rejected) as caught:
        run(indicator, **more)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def test_a_slip_gets_a_question():
    found = refused("预算执行律")
    assert found.code == "unknown-indicator"
    assert found.hint.zh == "是否想写 预算执行率？"


def test_what_is_like_nothing_gets_the_list():
    found = refused("qqqqqqqqqqqq")
    assert "预算执行率" in found.hint.zh


def test_a_label_of_two_is_asked_for_by_id(tmp_path):
    rows = "".join(f"  - {{level1: 产出指标, level2: 数量指标, level3: 同名, target: 1个, actual: {n}个, points: 5}}\n" for n in range(2))
    (tmp_path / "f.yaml").write_text(f"rules: hunan/department@2024\nunit: 甲\nindicators:\n{rows}", encoding="utf-8")
    found = refused("同名", form=str(tmp_path / "f.yaml"))
    assert found.code == "ambiguous-indicator"
    assert found.hint.zh.count("、") == 1


def test_a_form_that_cannot_be_read_is_refused():
    assert refused("execution", form="none.yaml").code == "file-not-found"


def test_a_form_in_gbk_is_explained_with_a_warning(tmp_path, capsys):
    (tmp_path / "f.yaml").write_bytes(Path(FORM).read_text("utf-8").replace("㎡", "平方米").encode("gbk"))
    assert run("execution", form=str(tmp_path / "f.yaml")) == DONE
    assert "encoding-gb18030" in capsys.readouterr().err


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained_alone(code, lang, capsys):
    assert run(None, form=code, lang=lang) == DONE
    out = capsys.readouterr().out
    assert out.startswith(code)
    found = page(code)
    assert found is not None
    assert all("".join(said.text(lang).split()) in "".join(out.split()) for said in (found.what, found.why, found.fix))
    # Pieces of files speak the language of the page.
    assert "indicators:" not in out or lang == "en"


def test_a_code_is_explained_as_markdown_and_into_a_file(tmp_path):
    assert run(None, form="not-monotone", format="markdown", output=str(tmp_path / "why.md")) == DONE
    assert (tmp_path / "why.md").read_text("utf-8").startswith("# not-monotone：")


@pytest.mark.parametrize(("code", "hint"), [("not-monoton", "是否想写 not-monotone？"), ("qqqqqqqqqqqqqqqq", "not-monotone")])
def test_a_code_that_is_none_gets_a_question_or_the_list(code, hint):
    found = refused(None, form=code)
    assert found.code == "unknown-code"
    assert hint in found.hint.zh


# Who forgets the indicator is not told that there is no such code.
@pytest.mark.parametrize("form", [FORM, "none.yaml", "-"])
def test_a_form_needs_an_indicator(form, capsys):
    assert main(["explain", form, "--lang", "zh"]) == REJECTED
    assert "缺少参数：INDICATOR" in capsys.readouterr().err
