"""What a person did when a text is not YAML: from the parser's complaint to the sentence that helps."""

from __future__ import annotations

from typing import Any, NamedTuple

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nodes import Node, Scalar
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span

_LISTED = 20
_CONFLICTS = ("<<<<<<< ", ">>>>>>> ")
_WRITE_COLON = Phrase(
    '键后面用半角冒号加一个空格，例如 名称: 测试；值里有逗号就加引号，例如 "1,000.5"',
    'write a half-width colon and a blank after a key, as in name: test; put a value with a comma in quotes, as in "1,000.5"',
)


class Broken(NamedTuple):
    """Where and why a parser gave up. Places are (line, column) from 1; the words are the parser's, to be told apart and never shown."""

    context: str
    problem: str
    started: tuple[int, int]
    stopped: tuple[int, int]
    #: Where the innermost open collection began.
    opened: tuple[int, int]

    @classmethod
    def of(cls, error: Exception, parser: Any, collection: Any) -> Broken:
        """From what a parser raised, while which collection was open."""
        stopped = _place(getattr(error, "problem_mark", None)) or _place(parser) or (1, 1)
        started = _place(getattr(error, "context_mark", None)) or stopped
        opened = _place(getattr(collection, "start_mark", None)) or started
        context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or ""
        # The Python parser lets two numbers through to Python: that of a character escape, and that of a version in a directive.
        if isinstance(error, OverflowError) or str(error).startswith("chr()"):
            problem = "invalid Unicode character escape"
        elif isinstance(error, ValueError):
            context = "directive"
        return cls(context, problem, started, stopped, opened)


def _place(mark: Any) -> tuple[int, int] | None:
    line, column = getattr(mark, "line", None), getattr(mark, "column", None)
    return (line + 1, column + 1) if isinstance(line, int) and isinstance(column, int) else None


def line_count(text: str) -> int:
    """The number of lines of a text, whichever line ends it has."""
    return text.count("\n") + text.count("\r") - text.count("\r\n") + 1


def written_mistakes(source: Source) -> tuple[Diagnostic, ...]:
    """What would only confuse a parser, or parse differently with each: tabs outside of comments, and the marks of a merge conflict."""
    text = source.text
    has_tab, has_conflict = "\t" in text, _CONFLICTS[0] in text or _CONFLICTS[1] in text
    if not has_tab and not has_conflict:
        return ()
    found: list[Diagnostic] = []
    others: Span | None = None
    number_of_others = 0
    for number in range(1, line_count(text) + 1):
        line = source.line(number)
        is_conflict = has_conflict and line.startswith(_CONFLICTS)
        column = 1 if is_conflict else _tab(line) if has_tab else 0
        if column and len(found) < _LISTED:
            span = Span(source, number, column, number, column + (7 if is_conflict else 1))
            found.append(_conflict(span) if is_conflict else _tab_found(span))
        elif column:
            others = others or Span(source, number, column, number, column + 1)
            number_of_others += 1
    if others:
        says = Phrase(f"还有 {number_of_others} 行有同样的问题", f"and {number_of_others} more such lines")
        found.append(Diagnostic("more-lines", says, others))
    return tuple(found)


def _tab(line: str) -> int:
    """The column of the first tab that is in no comment, or 0."""
    index = line.find("\t")
    if index < 0:
        return 0
    before = line[:index]
    return 0 if before.lstrip(" ").startswith("#") or " #" in before else index + 1


def _tab_found(span: Span) -> Diagnostic:
    return Diagnostic(
        "tab-character",
        Phrase("这里有制表符（Tab）", "there is a tab here"),
        span,
        Phrase("请改用空格；可在编辑器中把制表符全部替换为空格", "use blanks; most editors replace all tabs by blanks in one step"),
    )


def _conflict(span: Span) -> Diagnostic:
    return Diagnostic(
        "merge-conflict",
        Phrase("文件中留有版本合并冲突的标记", "the file still holds the mark of a merge conflict"),
        span,
        Phrase(
            "请在两份内容中选定一份，并删去 <<<<<<<、=======、>>>>>>> 各行",
            "choose one of both versions and delete the lines <<<<<<<, ======= and >>>>>>>",
        ),
    )


def unread_root(source: Source, documents: list[Node]) -> list[Diagnostic]:
    """A text with nothing in it, or one whose keys were not understood to be keys."""
    if not documents:
        return [_empty(Span(source, 1, 1, 1, 1))]
    found = []
    for root in documents:
        if isinstance(root, Scalar) and root.plain:
            problem = _empty(root.span) if not root.text else _unread_key(source, root.span.line, root.span.end_line)
            found += [problem] if problem else []
    return found


def _empty(span: Span) -> Diagnostic:
    return Diagnostic("empty-file", Phrase(f"{span.source.name} 中没有内容", f"there is nothing in {span.source.name}"), span)


def quote_needed(span: Span) -> Diagnostic:
    """What is said of a value whose first character YAML keeps for itself."""
    line = span.source.line(span.line)
    # Of a line of megabytes only the beginning is looked at: it may hold a hundred thousand of these.
    value = line[span.column - 1 : span.column - 1 + _SHOWN].rstrip()
    sign = value[:1]
    is_text = sign == "%" and span.column > 1
    code, says = (not is_text and _SIGNS.get(sign)) or ("quote-needed", Phrase(f"文字不能以 {sign} 开头", f"unquoted text cannot begin with {sign}"))
    place = Span(span.source, span.line, span.column, span.line, span.column + max(1, len(value.split(" ", 1)[0])))
    # A key ends before its colon, a value before a comment.
    example = _quoted(value.split(" #", 1)[0].split(": ", 1)[0])
    return Diagnostic(code, says, place, Phrase(f"如果是文字，请加引号：{example}", f"if it is text, put it in quotes: {example}"))


#: More of a text than this is never shown.
_SHOWN = 200

_SIGNS = {
    "&": ("anchor", Phrase("不支持锚点（以 & 开头）", "anchors (beginning with &) are not supported")),
    "*": ("alias", Phrase("不支持引用（以 * 开头）", "aliases (beginning with *) are not supported")),
    "!": ("tag", Phrase("不支持标签（以 ! 开头）", "tags (beginning with !) are not supported")),
    "%": ("directive", Phrase("不支持以 % 开头的指令", "directives (beginning with %) are not supported")),
    ">": ("quote-needed", Phrase("以 > 开头的内容会被当作多行文字的标记", "an unquoted > begins a text of several lines")),
    "|": ("quote-needed", Phrase("以 | 开头的内容会被当作多行文字的标记", "an unquoted | begins a text of several lines")),
}


def _quoted(value: str) -> str:
    text = value.rstrip()[:40]
    return "'" + text + "'" if '"' in text or "\\" in text else f'"{text}"'


def syntax_error(source: Source, broken: Broken) -> Diagnostic:
    """The diagnostic of a text that no parser gets through."""
    says = f"{broken.context} {broken.problem}"
    started, stopped = _span(source, broken.started), _span(source, broken.stopped)
    sign = source.line(stopped.line)[stopped.column - 1 : stopped.column]
    if "block scalar" in says or " alias" in says or " anchor" in says or " tag" in says:
        return quote_needed(started)
    if "directive" in says:
        return quote_needed(Span(source, started.line, 1, started.line, 2))
    if "cannot start any token" in says and sign:
        return quote_needed(stopped)
    if "quoted scalar" in says or "escape" in says:
        return _open_quote(started) if "end of stream" in says or "separator" in says else _bad_escape(source, stopped, says)
    if "mapping values are not allowed" in says:
        return _second_colon(source, stopped)
    if "could not find expected ':'" in says:
        return _unread_key(source, started.line, started.line) or _no_colon(started)
    if "flow" in says:
        return _missing_item(stopped) if "flow node" in says and sign else _open_bracket(_span(source, broken.opened), stopped)
    if "unexpected ':'" in says:
        return _no_blank(stopped)
    if "document start" in says:
        return _after_the_end(stopped)
    return _misplaced(source, stopped)


def _span(source: Source, place: tuple[int, int]) -> Span:
    """A place of a parser inside of the text: the end of a text without a last line end is given one line too late."""
    line, column = place
    while line > 1 and not source.line(line):
        line, column = line - 1, len(source.line(line - 1)) + 1
    column = min(column, len(source.line(line)) + 1)
    return Span(source, line, column, line, column + 1)


def _open_quote(span: Span) -> Diagnostic:
    return Diagnostic(
        "quote-not-closed",
        Phrase("这里的引号没有配对的另一半", "this quote is never closed"),
        span,
        Phrase(
            "请在文字末尾补上同样的半角引号；单引号内的单引号要写两个",
            "put the same quote at the end of the text; inside of '…' a ' is written twice",
        ),
    )


def _bad_escape(source: Source, span: Span, complaint: str) -> Diagnostic:
    # One parser points at the backslash, the other behind it.
    back = source.line(span.line).rfind("\\", 0, span.column) + 1 or span.column
    span = Span(source, span.line, back, span.line, back + 1)
    if "Unicode" in complaint:
        says = Phrase("这个转义码不代表任何字符", "this escape stands for no character")
        return Diagnostic("bad-escape", says, span, Phrase("请直接写出这个字", "write the character itself"))
    return Diagnostic(
        "bad-escape",
        Phrase("双引号内反斜杠（\\）的写法不正确", "this is no way to use a backslash (\\) in double quotes"),
        span,
        Phrase("文字中有反斜杠时请改用单引号", "use single quotes for a text with backslashes"),
    )


def _second_colon(source: Source, colon: Span) -> Diagnostic:
    """A colon where there can be none: a second one in its line, or one below a line that was not understood to be a key."""
    before = source.line(colon.line)[: colon.column - 1]
    key_end = before.find(": ")
    if key_end < 0:
        return _unread_key(source, _line_above(source, colon.line), colon.line) or _misplaced(source, _first_of_line(source, colon.line))
    begin = key_end + 1 + len(before[key_end + 1 :]) - len(before[key_end + 1 :].lstrip(" "))
    value = source.line(colon.line)[begin:].rstrip()
    span = Span(source, colon.line, begin + 1, colon.line, begin + 1 + len(value))
    example = _quoted(value.split(" #", 1)[0])
    if value[:1] in ("“", "”", "‘", "’", "＂", "＇", "「"):
        return Diagnostic(
            "full-width-quote",
            Phrase(
                "中文引号不起引号作用，其中的冒号被当成了键的标记",
                "Chinese quotation marks do not quote: the colon inside was taken for that of a key",
            ),
            span,
            Phrase(f"请在外面再加半角引号：{example}", f"put half-width quotes around it: {example}"),
        )
    return Diagnostic(
        "colon-in-text",
        Phrase("文字中有“冒号加空格”，会被当成又一个键", "a colon and a blank inside of a text make it look like another key"),
        span,
        Phrase(
            f"请给这段文字加引号：{example}；如果是两个键，请分两行写",
            f"put the text in quotes: {example}; write two keys on two lines",
        ),
    )


def _line_above(source: Source, number: int) -> int:
    above = number - 1
    while above > 1 and (not source.line(above).strip() or source.line(above).lstrip().startswith("#")):
        above -= 1
    return max(1, above)


def _first_of_line(source: Source, number: int) -> Span:
    line = source.line(number)
    column = len(line) - len(line.lstrip(" ")) + 1
    return Span(source, number, column, number, max(column + 1, len(line.rstrip()) + 1))


def _unread_key(source: Source, first: int, last: int) -> Diagnostic | None:
    """The first line among some whose key was not understood to be one, for the width of its colon or for what follows it."""
    for number in range(first, last + 1):
        line = source.line(number)
        if ": " in line or line.rstrip().endswith(":"):
            continue
        wide, narrow = line.find("："), line.find(":")
        if wide > 0:
            return _full_width_colon(Span(source, number, wide + 1, number, wide + 2))
        if narrow > 0 and not line.startswith("://", narrow):
            return _no_blank(Span(source, number, narrow + 1, number, narrow + 2))
    return None


def unread_entry(key: Scalar) -> Diagnostic | None:
    """What is said of a key without a value: most often its colon is full-width, or lacks the blank, and so became part of it."""
    line, column = key.span.line, key.span.column
    wide, narrow = (key.text.find("："), key.text.find(":")) if key.plain else (-1, -1)
    if wide > 0:
        return _full_width_colon(Span(key.span.source, line, column + wide, line, column + wide + 1))
    if narrow > 0:
        return _no_blank(Span(key.span.source, line, column + narrow, line, column + narrow + 1))
    if key.plain and not key.text:
        return None
    return Diagnostic("missing-colon", Phrase("这个键后面没有冒号", "this key has no colon after it"), key.span, _WRITE_COLON)


def joined_colon(key: Scalar) -> Diagnostic:
    """What is said of `{a:[1]}`: only some parsers see a key there."""
    end = key.span.end_column
    return _no_blank(Span(key.span.source, key.span.end_line, end, key.span.end_line, end + 1))


def _full_width_colon(span: Span) -> Diagnostic:
    says = Phrase("这里的冒号是全角的“：”，不能作键的标记", "this colon is the full-width ：, which does not mark a key")
    return Diagnostic("full-width-colon", says, span, _WRITE_COLON)


def empty_key(span: Span) -> Diagnostic:
    """What is said of a colon with nothing before it."""
    return Diagnostic("empty-key", Phrase("冒号前面没有键", "there is no key before the colon"), span)


def _no_blank(span: Span) -> Diagnostic:
    return Diagnostic("missing-blank", Phrase("冒号后面缺一个空格", "there is no blank after this colon"), span, _WRITE_COLON)


def _no_colon(span: Span) -> Diagnostic:
    return Diagnostic(
        "missing-colon", Phrase("这一行没有冒号，读不出键和值", "this line has no colon, so it is no key and value"), span, _WRITE_COLON
    )


def _open_bracket(opened: Span, stopped: Span) -> Diagnostic:
    return Diagnostic(
        "bracket-not-closed",
        Phrase("括号内到这里缺少逗号或右括号", "a comma or the closing bracket is missing here"),
        stopped,
        Phrase("各项之间用半角逗号，末尾用 ] 或 } 收尾", "put half-width commas between the items and ] or } at the end"),
        more=((Phrase("括号从这里开始", "the bracket opens here"), opened),),
    )


def _missing_item(span: Span) -> Diagnostic:
    return Diagnostic(
        "missing-item",
        Phrase("这里缺一项内容，可能多写了逗号", "an item is missing here; perhaps there is a comma too many"),
        span,
        Phrase("请删去多余的逗号；有意留空时写成 ''", "delete the comma, or write '' for an empty text"),
    )


def _after_the_end(span: Span) -> Diagnostic:
    return Diagnostic(
        "text-after-end",
        Phrase("内容到此已经结束，后面不应再有文字", "the content ends before this, and nothing may follow"),
        span,
        Phrase("请检查前面的引号或括号是否提前结束，再删去多余部分", "see whether a quote or bracket ends too early, or delete what is too much"),
    )


def _misplaced(source: Source, span: Span) -> Diagnostic:
    before = source.line(span.line)[: span.column - 1].rstrip()
    if not before and source.line(span.line).startswith(":", span.column - 1):
        return empty_key(span)
    if before.endswith(("'", '"')):
        says = Phrase("引号结束后不应再有文字", "nothing may follow the closing quote")
        return Diagnostic("text-after-quote", says, span, Phrase("请用引号把整段文字括起来", "put the quotes around the whole text"))
    if before.endswith(":") and source.line(span.line).startswith("-", span.column - 1):
        says = Phrase("列表的“-”不能与键写在同一行", "the - of a list cannot stand on the line of its key")
        return Diagnostic("dash-after-key", says, span, Phrase("请另起一行并缩进；是文字请加引号", "begin a new, indented line; put text in quotes"))
    return Diagnostic(
        "indentation",
        Phrase("这一行的缩进与上文不一致，不知道归属哪一层", "the indentation of this line fits nothing above it"),
        span,
        Phrase("同一层的键（或“-”）要左对齐，缩进只用空格", "align the keys (or dashes) of one level; indent by blanks only"),
    )
