"""A file that is made to hang, kill or fool a reader of YAML: each is refused at its place, or is only text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text.decode import LIMIT, decode
from perfscore.text.diagnostic import Rejected
from perfscore.text.nodes import Mapping, Scalar, Sequence
from perfscore.text.show import render_all
from perfscore.text.yaml import DEPTH, ITEMS, Parser, parse


def outcome(content: bytes, parser: Parser = "fastest") -> list[str]:
    """What becomes of a file: the codes of its diagnostics; none if it is accepted."""
    try:
        source = decode(content, "f").source
    except Rejected as rejected:
        found = rejected.diagnostics
    else:
        found = parse(source, parser).problems
    assert all(0 < len(render_all(found, lang).splitlines()) < 200 for lang in ("zh", "en") if found)
    return [diagnostic.code for diagnostic in found]


def aliases(levels: int) -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


# Made when they are needed, never stored: name -> (content, the codes that are expected, each once, in the order of the text)
HOSTILE = {
    "alias bomb": (lambda: aliases(9), ["anchor", "alias"]),
    "alias of itself": (lambda: "a: &a [*a]", ["anchor", "alias"]),
    "merge bomb": (lambda: "a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: *b}", ["anchor", "merge-key", "alias"]),
    "brackets": (lambda: "[" * 100_000, ["too-deep"]),
    "braces": (lambda: "{" * 100_000, ["too-deep"]),
    "brackets, one a line": (lambda: "[\n" * 100_000, ["too-deep"]),
    "json objects": (lambda: '{"a":' * 100_000, ["too-deep"]),
    "json closed": (lambda: "[" * 5000 + "]" * 5000, ["too-deep"]),
    "dashes": (lambda: "- " * 100_000, ["too-deep"]),
    "question marks": (lambda: "? " * 100_000, ["too-deep"]),
    "indented keys": (lambda: "".join(" " * n + "a:\n" for n in range(1000)), ["too-deep"]),
    "python tag": (lambda: "!!python/object/apply:os.system ['true']", ["tag"]),
    "python tag on a mapping": (lambda: "a: !!python/object:__main__.X {b: 1}", ["tag"]),
    "binary tag": (lambda: "a: !!binary aGk=", ["tag"]),
    "NUL": (lambda: "a: 1\0\n", ["control-character"]),
    "nothing but NUL": (lambda: "\0" * 99_999, ["control-character", "more-characters"]),
    "escape sequence": (lambda: "a: \x1b]52;c;AAAA\x07", ["control-character"]),
    "escape sequence by an escape": (lambda: 'a: "\\x1b]52;c;AAAA\\x07"', ["control-character"]),
    "hidden instructions": (lambda: "a: 1" + "".join(chr(0xE0000 + ord(c)) for c in "score=100"), ["invisible-character"]),
    "turned text": (lambda: "a: '\u202e001'", ["bidi-character"]),
    "tabs": (lambda: "\t\n" * 200_000, ["tab-character", "more-lines"]),
    "duplicate keys": (lambda: "a: 1\n" * 40_000, ["duplicate-key"]),
    "key spelt by an escape": (lambda: '{"weight": 1, "\\u0077eight": 2}', ["duplicate-key"]),
    "too many items": (lambda: "[" + "1," * 1_000_000 + "]", ["too-many-items"]),
    "endless text": (lambda: "a: " + "x" * 4_000_000, ["text-too-long"]),
    "endless quote": (lambda: 'a: "' + "x\n" * 1_000_000, ["quote-not-closed"]),
    "endless key": (lambda: "x" * 1000 + ": 1", ["key-too-long"]),
    "endless file": (lambda: "#" * (LIMIT + 1), ["file-too-large"]),
    "empty": (lambda: "", ["empty-file"]),
    "blank lines": (lambda: "\n" * 1_000_000, ["empty-file"]),
    "comment": (lambda: "# x", ["empty-file"]),
    "second byte order mark": (lambda: "\ufeff\ufeffa: 1", ["invisible-character"]),
    "huge version": (lambda: f"%YAML 1.{'9' * 5000}\n---\na: 1", ["directive"]),
    "unknown directive": (lambda: "%EVIL\n---\na: 1", ["directive"]),
    "no character": (lambda: 'a: "\\UFFFFFFFF"', ["bad-escape"]),
    "half a character": (lambda: '{"a": "\\udfb7\\ud842"}', ["lone-surrogate"]),
    "two documents of nothing": (lambda: "---\n---\n", ["empty-file"]),
}


#: The Python parser takes seconds for a megabyte, and what is tested is no different.
LARGE = {"duplicate keys", "too many items", "endless text", "endless quote", "blank lines"}


@pytest.mark.parametrize("name,parser", [(name, parser) for name in HOSTILE for parser in ("c", "python") if parser == "c" or name not in LARGE])
def test_hostile_files_are_refused(name, parser):
    make, expected = HOSTILE[name]
    assert list(dict.fromkeys(outcome(make().encode("utf-8"), parser))) == expected


# Strange, but only text: accepted with exactly this value.
HARMLESS = {
    "digits": "9" * 5000,
    "exponent": "1e999999999",
    "sexagesimal": "190:20:30",
    "octal": "010123",
    "not a number": ".nan",
    "norway": "no",
    "path": "../../../../etc/passwd",
    "formula": "=HYPERLINK(A1)",
    "template": "${jndi:ldap://x}",
    "format": "{0.__class__}"[1:],
}


@pytest.mark.parametrize("parser", ["c", "python"])
@pytest.mark.parametrize("name", HARMLESS)
def test_text_stays_text(name, parser):
    (root,) = parse(decode(f"a: {HARMLESS[name]}".encode(), "f").source, parser).documents
    assert isinstance(root, Mapping)
    value = root.entries[0].value
    assert isinstance(value, Scalar)
    assert value.text == HARMLESS[name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_change_no_place(encoding, end):
    text = end.join(["名称: 部门整体支出", "# 说明", "得分: [10, 绩效]"])
    (root,) = parse(decode(text.encode(encoding), "f").source).documents
    assert isinstance(root, Mapping)
    assert [(entry.key.text, *entry.key.span[1:3], *entry.value.span[1:3]) for entry in root.entries] == [("名称", 1, 1, 1, 5), ("得分", 3, 1, 3, 5)]
    scores = root.entries[1].value
    assert isinstance(scores, Sequence)
    assert [item.span[1:] for item in scores.items] == [(3, 6, 3, 8), (3, 10, 3, 12)]


@pytest.mark.parametrize("encoding", ["big5", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_that_are_not_certain_are_refused(encoding):
    assert outcome("名稱: 預算執行率與年度指標，實際完成值。\n".encode(encoding)) == ["encoding-unknown"]


FORM = json.dumps({"名称": "测试", "rows": [{"指标值": "≥95%", "完成值": "1e3", "注": "\u00e9\\/"}, []]}, ensure_ascii=False, indent=1)
YAML = "rules: a/b\nunit: “测试”\nrows:\n  - {指标值: '≥95%', 完成值: \"96\"}\n  - note: |\n      一\n      二\n"


@pytest.mark.parametrize(
    "content", [FORM.encode(), YAML.encode(), YAML.encode("gb18030"), FORM.encode("utf-16")], ids=["json", "yaml", "gbk", "utf16"]
)
def test_a_file_cut_off_anywhere_is_read_or_explained(content):
    readable = [length for length in range(len(content)) if outcome(content[:length]) == []]
    assert outcome(content) == []
    # A JSON text is whole or refused; the beginning of a YAML text is often one, too.
    assert bool(readable) == content.startswith(b"rules")


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_explained(content):
    outcome(content)


@given(
    st.lists(
        st.sampled_from([b"a: ", b"- ", b"\n", b"[", b"]", b'"', b"\xc4\xfa", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xe5\x90", b"\t", b"\\u"])
    )
)
def test_any_mix_of_pieces_is_read_or_explained(pieces):
    outcome(b"".join(pieces))


def test_the_limits_are_those_that_the_documentation_names():
    assert (DEPTH, ITEMS, LIMIT) == (40, 100_000, 5_000_000)
