"""Rule files and forms are typed by people: what they meant must be read exactly, and what they mistyped must be said in their words."""

import json
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfscore.text import yaml
from perfscore.text.nodes import Mapping, Node, Scalar, Sequence
from perfscore.text.show import render_all
from perfscore.text.source import Source
from perfscore.text.yaml import Parsed, parse

PARSERS = ["c", "python"]
both = pytest.mark.parametrize("parser", PARSERS)


def parsed(text: str, parser: yaml.Parser = "fastest") -> Parsed:
    return parse(Source("f.yaml", text), parser)


def values(node: Node) -> object:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [values(item) for item in node.items]
        case Mapping():
            return {entry.key.text: values(entry.value) for entry in node.entries}


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in scalars(item)]
        case Mapping():
            return [scalar for entry in node.entries for scalar in (entry.key, *scalars(entry.value))]


def whole(node: Node) -> object:
    """Everything that a node says, so that two readings can be compared."""
    place = tuple(node.span[1:])
    match node:
        case Scalar():
            return place, node.text, node.plain
        case Sequence():
            return place, [whole(item) for item in node.items]
        case Mapping():
            return place, [(whole(entry.key), whole(entry.value)) for entry in node.entries]


def places(result: Parsed) -> str:
    """The code and place of every problem, in their order."""
    return " ".join(f"{problem.code}:{str(problem.span).removeprefix('f.yaml:')}" for problem in result.problems)


def only(text: str, parser: yaml.Parser) -> Node:
    result = parsed(text, parser)
    assert result.problems == ()
    (root,) = result.documents
    return root


RULES = """\
ruleset: hunan/department   # 注释
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: '[80,90)'}
indicators:
- id: execution
  points: 10
  note: |
    第一行
    第二行
  basis:
"""


@both
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_rule_file(parser, end):
    root = only(RULES.replace("\n", end), parser)
    assert values(root) == {
        "ruleset": "hunan/department",
        "grades": [{"label": "优", "range": "[90,100]"}, {"label": "良", "range": "[80,90)"}],
        "indicators": [{"id": "execution", "points": "10", "note": "第一行\n第二行\n", "basis": ""}],
    }
    assert [(s.text, s.plain) for s in scalars(root) if not s.plain] == [("[90,100]", False), ("[80,90)", False), ("第一行\n第二行\n", False)]


@both
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_count_characters_whatever_the_line_ends(parser, end):
    root = only(f"𠮷名: 合格率 # é{end}k: '𠮷' {end}- {end}".replace(f"- {end}", f"z:{end}"), parser)
    assert [(s.text, *s.span[1:]) for s in scalars(root)] == [
        ("𠮷名", 1, 1, 1, 3),
        ("合格率", 1, 5, 1, 8),
        ("k", 2, 1, 2, 2),
        ("𠮷", 2, 4, 2, 7),
        ("z", 3, 1, 3, 2),
        ("", 3, 3, 3, 3),
    ]


@both
@pytest.mark.parametrize(
    "text,place",
    [
        ("a: {b: 1}  # c\n\n# d\nz: 2", (1, 4, 1, 10)),
        ("a:\n  b: 1\n  c:\n    - x  \n\n# c\nz: 2\n", (2, 3, 4, 8)),
        ("a:\n- x\n- y\nz: 2", (2, 1, 3, 4)),
        ("a: [x,\n  y]\nz: 2", (1, 4, 2, 5)),
        ("a: >\n  x\n  y", (1, 4, 3, 4)),
        ('a: "x\n  y"', (1, 4, 2, 5)),
        ("a: x\n  y", (1, 4, 2, 4)),
    ],
)
def test_a_value_ends_where_its_last_character_ends(parser, text, place):
    root = only(text, parser)
    assert isinstance(root, Mapping)
    assert root.entries[0].value.span[1:] == place


@both
@pytest.mark.parametrize(
    "written",
    ["yes", "no", "on", "~", "null", "true", "010123", "0x1F", "12:30", "1_000", "1e3", "1e999999999", "2024-12-01", ".inf", "1.10", "9" * 5000],
)
def test_nothing_is_converted(parser, written):
    assert values(only(f"a: {written}\n", parser)) == {"a": written}


@both
@pytest.mark.parametrize("text", ["a:\nb: 1", "a:   # 注释\nb: 1", "{a: , b: 1}", "{a: ,b: 1}", "a:\n\n\nb: 1"])
def test_an_absent_value_stands_behind_its_colon(parser, text):
    first = scalars(only(text, parser))[1]
    assert (first.text, first.plain) == ("", True)
    column = text.index(":") + 2
    assert first.span[1:] == (1, column, 1, column)


JSON = {"名称": "𠮷野家", "weight": ["1", {"a/b": 'x"y\\z\n\t'}], "é": "é", "": ""}


@both
@pytest.mark.parametrize("form", [{}, {"ensure_ascii": False}, {"indent": 2}, {"separators": (",", ":")}])
def test_json_is_the_same_tree(parser, form):
    assert values(only(json.dumps(JSON, **form), parser)) == JSON


@both
def test_escapes_in_json_are_read_before_keys_are_compared(parser):
    result = parsed('{"weight": 1,\n "\\u0077eight": 2, "\\/": 3}', parser)
    assert places(result) == "duplicate-key:2:2"
    assert values(result.documents[0]) == {"weight": "1", "/": "3"}


@both
def test_two_escaped_halves_are_one_character_at_the_right_place(parser):
    root = only('{"\\ud842\\udfb7": "\\ud83d\\ude00", "b": 1}', parser)
    assert [(s.text, s.span.column) for s in scalars(root)] == [("𠮷", 2), ("😀", 18), ("b", 34), ("1", 39)]


@both
def test_documents_are_kept_apart(parser):
    result = parsed("a: 1\n---\n- b\n...\n---\n'c'\n", parser)
    assert [values(document) for document in result.documents] == [{"a": "1"}, ["b"], "c"]
    assert result.problems == ()


# text, then code:line:column of every problem in the order of the text
REFUSED = [
    ("", "empty-file:1:1"),
    ("# 只有注释\n", "empty-file:1:1"),
    ("---\n", "empty-file:2:1"),
    ("名称：测试", "full-width-colon:1:3"),
    ("名称：测试\n分值: 10", "full-width-colon:1:3"),
    ("a: 1\n名称：测试\nc: 3", "full-width-colon:2:3"),
    ("x:\n  名称：测试\n  分值: 10", "full-width-colon:2:5"),
    ("x: {名称：测试}", "full-width-colon:1:7"),
    ("分值:10", "missing-blank:1:3"),
    ("a: 1\n分值:10\nc: 3", "missing-blank:2:3"),
    ("x: {a:1, b: 2}", "missing-blank:1:6"),
    ("x: {a:}", "missing-blank:1:6"),
    ("x: {a:[1]}", "missing-blank:1:6"),
    ("a: 1\n分值\nc: 3", "missing-colon:2:1"),
    ("x: {a, b: 1}", "missing-colon:1:5"),
    ('{"a"}', "missing-colon:1:2"),
    ("a:\n\tb: 1\n", "tab-character:2:1"),
    ("a:\tb # 注释\t中可以\n# 也可以\t\n", "tab-character:1:3"),
    ('a: "x\ty"', "tab-character:1:6"),
    ("完成值: >=95%", "quote-needed:1:6"),
    ("完成值: > 95", "quote-needed:1:6"),
    (">=95%", "quote-needed:1:1"),
    ("a: |x|", "quote-needed:1:4"),
    ("a: |# 注释\n  x", "quote-needed:1:4"),
    ("a: %x", "quote-needed:1:4"),
    ("a: @x", "quote-needed:1:4"),
    ("a: `x", "quote-needed:1:4"),
    ("a: *x", "alias:1:4"),
    ("a: *优", "alias:1:4"),
    ("*x : 1", "alias:1:1"),
    ("a: &x 1", "anchor:1:4"),
    ("a: &优 1", "anchor:1:4"),
    ("&x a: 1", "anchor:1:1"),
    ("a: &x {b: 1}", "anchor:1:4"),
    ("a: &x\n- b", "anchor:1:4"),
    ("a: !x 1", "tag:1:4"),
    ("a: !优 1", "tag:1:4"),
    ("a: !!int 1", "tag:1:4"),
    ("a: !!python/object:os.system {b: 1}", "tag:1:4"),
    ("a: ! 1", "tag:1:4"),
    ("!!set {a: 1}", "tag:1:1"),
    ("<<: {a: 1}", "merge-key:1:1"),
    ("%YAML 1.1\n---\na: 1", "directive:1:1"),
    ("%TAG ! tag:x\n---\na: 1", "directive:1:1"),
    ("%FOO\n---\na: 1", "directive:1:1"),
    ("a: 1\nb: 2\na: 3\na: 4", "duplicate-key:3:1 duplicate-key:4:1"),
    ("x: {a: 1, 'a': 2}", "duplicate-key:1:11"),
    ("\u00e9: 1\ne\u0301: 2", "duplicate-key:2:1"),
    ("[a]: 1", "complex-key:1:1"),
    ("? {a: 1}\n: 1", "complex-key:1:3"),
    (": 1", "empty-key:1:1"),
    ("k" * 201 + ": 1", "key-too-long:1:1"),
    ("a: b: c", "colon-in-text:1:4"),
    ("a: “预算: 决算”", "full-width-quote:1:4"),
    ("a: 1\n  b: 2", "indentation:2:3"),
    ("a:\n  - x\n - y\n", "indentation:3:2"),
    ("- 1\n - 2\n", "indentation:2:2"),
    ("- a\nb: c", "indentation:2:1"),
    ("a: - b", "dash-after-key:1:4"),
    ("a: 'x' y", "text-after-quote:1:8"),
    ("a: 'x", "quote-not-closed:1:4"),
    ('a: "x\nb: 1\n', "quote-not-closed:1:4"),
    ('a: "C:\\dir"', "bad-escape:1:7"),
    ('a: "\\U00110000"', "bad-escape:1:5"),
    ('a: "\\ud842"', "lone-surrogate:1:4"),
    ('a: "\\u0000"', "control-character:1:4"),
    ('a: "\\e[31m"', "control-character:1:4"),
    ('a: "\\u202e"', "bidi-character:1:4"),
    ('a: "\\u200b"', "invisible-character:1:4"),
    ("a: [1, 2", "bracket-not-closed:1:9"),
    ("a: {x: 1\nb: 3", "bracket-not-closed:2:2"),
    ('{"a": [1, 2}', "bracket-not-closed:1:12"),
    ("[a, , b]", "missing-item:1:5"),
    ('{"a": 1}}', "text-after-end:1:9"),
    ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", "merge-conflict:1:1 merge-conflict:5:1"),
    ("a: 1\u200b", "invisible-character:1:5"),
    ("a: 1\x85b: 2", "line-separator:1:5"),
    ("a: 1\na: 2\nb: &x 1\nc: [", "duplicate-key:2:1 anchor:3:4 bracket-not-closed:4:5"),
]


@both
@pytest.mark.parametrize("text,expected", REFUSED, ids=[repr(text)[:40] for text, _ in REFUSED])
def test_refused_with_its_place_by_both_parsers(parser, text, expected):
    result = parsed(text, parser)
    assert places(result) == expected


def test_the_second_key_names_the_place_of_the_first():
    (problem,) = parsed("a: 1\nb: 2\na: 3").problems
    ((_, first),) = problem.more
    assert first[1:] == (1, 1, 1, 2)


def test_the_hint_writes_the_quotes_for_the_reader():
    problems = parsed("完成值: >=95%  # 目标").problems
    assert '">=95%"' in render_all(problems, "zh")
    assert '">=95%"' in render_all(problems, "en")


@pytest.mark.parametrize("text", [text for text, _ in REFUSED])
def test_no_parser_message_reaches_the_reader(text):
    # The words of the parsers' own messages; a Chinese reader would see them as noise.
    shown = render_all(parsed(text).problems, "zh") + render_all(parsed(text, "python").problems, "zh")
    for word in ("while ", "found ", "expected", "token", "scalar", "mapping", "not allowed", "indicator"):
        assert word not in shown


@pytest.mark.parametrize(
    "text", ["'<<': 1", "a: <<", "a: 1 # x\ty", "'>=95%': '*x'", '"": 1', "a: http://x.cn:80/", "a: 12:30", "a: 预算：决算", "a: x&y*z!"]
)
def test_what_only_resembles_a_mistake_is_accepted(text):
    assert parsed(text, "c").problems == parsed(text, "python").problems == ()


@both
@pytest.mark.parametrize("depth,refused", [(yaml.DEPTH, False), (yaml.DEPTH + 1, True)])
@pytest.mark.parametrize("brackets", ["[]", "{a: }"])
def test_the_limit_of_depth(parser, depth, refused, brackets):
    text = brackets[:-1] * depth + brackets[-1] * depth
    assert [d.code for d in parsed(text, parser).problems] == ["too-deep"] * refused


@pytest.mark.parametrize("number,refused", [(yaml.ITEMS - 1, False), (yaml.ITEMS, True)])
def test_the_limit_of_items(number, refused):
    # The list itself is one, too.
    assert [d.code for d in parsed("- 1\n" * number).problems] == ["too-many-items"] * refused


@both
@pytest.mark.parametrize("number,refused", [(yaml.SCALAR, False), (yaml.SCALAR + 1, True)])
@pytest.mark.parametrize("form", ["a: {}", 'a: "{}"', "a: |\n  {}"])
def test_the_limit_of_a_text(parser, number, refused, form):
    text = form.format("合" * number)
    assert [d.code for d in parsed(text, parser).problems] == ["text-too-long"] * refused


def test_the_parser_is_chosen_by_what_is_installed_and_not_by_the_environment(monkeypatch):
    import yaml as package

    used = []
    events = yaml._events

    def watched(text: str, parser: yaml.Parser) -> object:
        used.append(parser)
        return events(text, parser)

    monkeypatch.setattr(yaml, "_events", watched)
    for is_compiled in (True, False):
        monkeypatch.setattr(package, "__with_libyaml__", is_compiled)
        parsed("a: 1")
    assert used == ["c", "python"]


TOKENS = [
    *["a", "b", "名称", "𠮷", "1", "10.5%", "<<", "~", "null", "“", "”", "：", "\\n", "\\u0041"],
    *[":", ": ", "- ", "-", ", ", ",", "[", "]", "{", "}", "'", '"', '"x"', "'y'", "#", " # c", " ", "  "],
    *["\n", "\n", "\n  ", "\n    ", "\r\n", "\r", "\n---\n", "\n...\n", "|\n  ", "> ", "? ", "&a", "*a", "!t", "%", "@", "`"],
]
soup = st.lists(st.sampled_from(TOKENS), max_size=14).map("".join)


@settings(max_examples=400)
@given(soup)
def test_texts_that_both_parsers_accept_are_one_tree(text):
    c, python = parsed(text, "c"), parsed(text, "python")
    if not c.problems and not python.problems:
        assert [whole(document) for document in c.documents] == [whole(document) for document in python.documents]


@settings(max_examples=400)
@given(soup, st.sampled_from(PARSERS))
@example("a: 'b' \n", "c")
def test_a_plain_scalar_of_one_line_is_what_stands_at_its_place(text, parser):
    result = parsed(text, parser)
    for document in () if result.problems else result.documents:
        for scalar in scalars(document):
            source, line, column, end_line, end_column = scalar.span
            if scalar.plain and line == end_line:
                assert source.line(line)[column - 1 : end_column - 1] == scalar.text


@settings(max_examples=300)
@given(st.one_of(st.text(), soup, st.text(alphabet="a:-[]{}\"'\\\n \t#&*!|>%@`,?~<\ud800\x00\u2028")), st.sampled_from(PARSERS))
def test_any_text_is_parsed_or_explained(text, parser):
    result = parsed(text, parser)
    assert result.problems or result.documents
    for problem in result.problems:
        assert problem.severity == "error"
        assert problem.span is not None
        assert problem.span.line >= 1
        assert problem.span.column >= 1
    found = [problem.span[1:3] for problem in result.problems if problem.span]
    assert found == sorted(found)
    assert bool(render_all(result.problems, "zh")) == bool(render_all(result.problems, "en")) == bool(result.problems)


@given(st.dictionaries(st.text(alphabet="ab名é\u0301", min_size=1, max_size=4), st.text(alphabet='ab\\"\n名 :#', max_size=6), max_size=5))
def test_keys_are_unique_by_their_composed_form(entries):
    result = parsed(json.dumps(entries))
    composed = {unicodedata.normalize("NFC", key) for key in entries}
    assert len([d for d in result.problems if d.code == "duplicate-key"]) == len(entries) - len(composed)
    if not result.problems:
        assert values(result.documents[0]) == entries


def steps(text: str) -> int:
    """How many lines of the package run while a text is parsed: a clock would measure the machine."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if "perfscore" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parsed(text, "c")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    ["a: 1\n", "k{}: 1\n", "k{}:\n", "- x\n", "- |\n  x\n", "- &a x\n", "- *a\n", "# c\n", "\t\n", "\n", "- {{a: 1, a: 2}}\n", '- "\\u200b"\n'],
)
def test_the_work_grows_with_the_text(unit):
    small, large = ("".join(unit.format(i) for i in range(n)) for n in (300, 600))
    assert steps(large) < 2.2 * steps(small) + 200
