"""Formula text to a checked formula: an allow-list of node types, known names, bounded size, exact literals."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from unicodedata import normalize

from perfscore.model.formula import Formula, Kind, Read
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

#: Function names and how many arguments each takes, least and most.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "min": (2, 32), "max": (2, 32), "abs": (1, 1), "round_half_up": (2, 2), "sum": (1, 32), "mean": (1, 32), "count": (1, 32), "days": (2, 2),
    "ln": (2, 2), "geomean": (3, 32),
}  # fmt: skip
#: Those that take one list fact instead of their numbers, and those whose last argument is how many places are kept.
OF_LISTS = frozenset(("sum", "mean", "count", "min", "max", "geomean"))
WITH_PLACES = frozenset(("round_half_up", "ln", "geomean"))
MAX_LENGTH, MAX_NODES, MAX_DEPTH, MAX_DIGITS, MAX_PLACES = 1000, 300, 32, 34, 15

# One character for one, so that columns stay what they are.
FULL_WIDTH = str.maketrans("×÷（）＋－＊／，＜＞．\u3000０１２３４５６７８９", "*/()+-*/,<>. 0123456789")
_ALLOWED = Phrase(
    f"可用：+ - * / ( )、比较、and or not、{' '.join(FUNCTIONS)}、甲 if 条件 else 乙",
    f"allowed: + - * / ( ), comparisons, and or not, {' '.join(FUNCTIONS)}, a if condition else b",
)
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)

#: What the measure of a row from the form may read besides facts.
ROW_NAMES: dict[str, Kind] = dict.fromkeys(("实际", "目标", "完成率", "actual", "target", "achievement"), "number")
_UNDECLARED = Phrase("先在 facts（数据）里声明", "declare it under facts first")
_KINDS: dict[Kind, Phrase] = {
    "number": Phrase("数", "a number"),
    "truth": Phrase("判断", "a condition"),
    "list": Phrase("清单", "a list"),
    "date": Phrase("日期", "a date"),
}
_LIST = Phrase("清单要先算成一个数，如 sum(名)、mean(名)、count(名)", "a list is made one number first, like sum(name), mean(name), count(name)")
_ALONE = Phrase("清单要单独作参数，不与别的数并列", "a list stands alone in a function, not among numbers")
_DATE = Phrase("日期只能写在 days(甲, 乙) 里：从甲日到乙日的天数", "a date stands in days(a, b) only: the days from a to b")
_DATES = Phrase("days 的两个参数都要是日期类的数据（类型: 日期）", "both arguments of days are facts that are dates (kind: date)")
_ROWS_ONLY = Phrase("只有由表填报的行（rows: from-form）才有它", "only rows from the form have it (rows: from-form)")

#: The kind of a fact by its name; `None` if there is no such fact.
Names = Mapping[str, Kind]
Report = Callable[[Diagnostic], None]


class _Refused(Exception):
    def __init__(self, code: str, says: Phrase, start: int, end: int, hint: Phrase | None = None) -> None:
        super().__init__(code)
        self.code, self.says, self.start, self.end, self.hint = code, says, start, end, hint


def read_formula(text: str, span: Span, names: Names, wanted: Kind | None, report: Report) -> Formula | None:
    """The checked formula, or `None` after a report that points into the text; `names` are the facts it may read, `wanted` of None takes either kind."""
    if len(text) > MAX_LENGTH:
        says = Phrase(f"公式长 {len(text)} 个字符，最多 {MAX_LENGTH}", f"the formula has {len(text)} characters, {MAX_LENGTH} at most")
        report(Diagnostic("formula-too-large", says, span))
        return None
    padded = text.translate(FULL_WIDTH)
    plain = padded.lstrip()
    # Python reads no indented expression; places count from the start of the text all the same.
    lead = len(padded) - len(plain)
    try:
        body = _parse(plain)
        checked = _Check(plain, names)
        kind = checked.kind(body, 0)
        if kind not in ("number", "truth"):
            raise checked.unwanted(wanted or "number", kind, body)
        if wanted is not None and kind != wanted:
            says = Phrase("这里要的是判断（如 a > 0），公式算出的是数", "a condition is wanted here (like a > 0), the formula gives a number")
            if wanted == "number":
                says = Phrase("这里要的是数，公式算出的是判断", "a number is wanted here, the formula gives a condition")
            raise _Refused("formula-kind", says, 0, len(plain))
    except _Refused as refused:
        report(Diagnostic(refused.code, refused.says, inside(span, text, refused.start + lead, refused.end + lead), refused.hint))
        return None
    reads = tuple(Read(read.name, read.start + lead, read.end + lead) for read in sorted(set(checked.reads), key=lambda r: r.start))
    starts, ends = [read.start for read in reads], [read.end for read in reads]
    between = tuple(_signs(text[start:end]) for start, end in zip([0, *ends], [*starts, len(text)], strict=True))
    return Formula(text, span, body, reads, kind, checked.plain, _quotient(body), between)


def _signs(text: str) -> str:
    return text.replace("*", "×").replace("/", "÷").replace("<=", "≤").replace(">=", "≥").replace("!=", "≠").replace("==", "=")


def _quotient(tree: ast.expr) -> tuple[str, str] | None:
    if not isinstance(tree, ast.BinOp) or not isinstance(tree.op, ast.Div):
        return None
    top, bottom = name_of(tree.left), name_of(tree.right)
    return None if top is None or bottom is None else (top, bottom)


def inside(span: Span, text: str, start: int, end: int) -> Span:
    """The part of a one-line scalar's span that characters `start` to `end` of its text take; the whole span if it cannot be told."""
    width = span.end_column - span.column
    if span.line != span.end_line or width not in (len(text), len(text) + 2):
        return span
    first = span.column + (width - len(text)) // 2
    return span._replace(column=first + start, end_column=first + max(end, start + 1))


def _parse(text: str) -> ast.expr:
    _balanced(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        start = max((error.offset or 1) - 1, 0)
        says = Phrase("公式写法不对：从这里读不下去", "the formula cannot be read from here on")
        raise _Refused("formula-syntax", says, min(start, len(text)), len(text), _ALLOWED) from None
    except (MemoryError, RecursionError, ValueError):
        raise _Refused("formula-too-large", Phrase("公式嵌套太深", "the formula is nested too deeply"), 0, len(text)) from None


def _balanced(text: str) -> None:
    # Before the parser sees it: a thousand brackets or signs must not reach Python's own limits.
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > MAX_DEPTH:
            raise _Refused("formula-too-large", Phrase(f"括号嵌套超过 {MAX_DEPTH} 层", f"brackets are nested more than {MAX_DEPTH} deep"), at, at + 1)
        if character in "'\"[]{}`@:;\\\n\r#=" and not (character == "=" and (text[at - 1 : at] in tuple("=<>!") or text[at + 1 : at + 2] == "=")):
            says = Phrase(f"公式里不能用 {character!r}", f"{character!r} cannot be used in a formula")
            hint = Phrase("判断相等写作 ==", "equality is written ==") if character == "=" else _ALLOWED
            raise _Refused("formula-not-allowed", says, at, at + 1, hint)


class _Check:
    """One walk over one tree: kinds, names, literals, limits."""

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names = text, names
        self.nodes = 0
        self.plain = True
        self.reads: list[Read] = []
        self._ascii = text.isascii()

    def place(self, node: ast.expr) -> tuple[int, int]:
        # Columns of Python's syntax tree count UTF-8 bytes.
        start, end = node.col_offset, node.end_col_offset or node.col_offset + 1
        if self._ascii:
            return start, end
        encoded = self.text.encode()
        return len(encoded[:start].decode(errors="ignore")), len(encoded[:end].decode(errors="ignore"))

    def refuse(self, code: str, says: Phrase, node: ast.expr, hint: Phrase | None = None) -> _Refused:
        return _Refused(code, says, *self.place(node), hint)

    def kind(self, node: ast.expr, depth: int) -> Kind:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise self.refuse(
                "formula-too-large", Phrase(f"公式超过 {MAX_NODES} 项或 {MAX_DEPTH} 层", f"more than {MAX_NODES} terms or {MAX_DEPTH} levels"), node
            )
        match node:
            case ast.Constant():
                self._literal(node)
                return "number"
            case ast.Name() | ast.Attribute():
                return self._name(node)
            case ast.BinOp(op=op, left=left, right=right) if isinstance(op, _ARITHMETIC):
                self._want("number", depth, left, right)
                return "number"
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                self._want("number", depth, operand)
                return "number"
            case ast.Compare(left=left, ops=ops, comparators=right) if all(isinstance(op, _COMPARISONS) for op in ops):
                self._want("number", depth, left, *right)
                return "truth"
        self.plain = False
        return self._condition(node, depth)

    def _condition(self, node: ast.expr, depth: int) -> Kind:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self._want("truth", depth, operand)
                return "truth"
            case ast.BoolOp(values=values):
                self._want("truth", depth, *values)
                return "truth"
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._want("truth", depth, test)
                self._want("number", depth, body, orelse)
                return "number"
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                self._call(node, name, arguments, depth)
                return "number"
            case ast.Call(func=ast.Name(id=name)) if name not in FUNCTIONS:
                hint = Phrase("可用的函数：" + "、".join(FUNCTIONS), "known functions: " + ", ".join(FUNCTIONS))
                raise self.refuse("unknown-function", Phrase(f"没有名为 {name} 的函数", f"there is no function {name}"), node, hint)
        raise self.refuse("formula-not-allowed", Phrase("公式里不能用这种写法", "this is not allowed in a formula"), node, _ALLOWED)

    def _call(self, node: ast.Call, name: str, arguments: list[ast.expr], depth: int) -> None:
        least, most = FUNCTIONS[name]
        operands = arguments[:-1] if name in WITH_PLACES else arguments
        listed = name in OF_LISTS and len(operands) == 1 and self.names.get(name_of(operands[0]) or "") == "list"
        if not listed and not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            hint = None
            if name in OF_LISTS:
                places = ", 位数" if name in WITH_PLACES else ""
                hint = Phrase(f"或者只给一个清单：{name}(名{places})", f"or one list: {name}(name{', places' if places else ''})")
            says = Phrase(f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} argument{'' if wanted == '1' else 's'}")
            raise self.refuse("formula-arguments", says, node, hint)
        self._want("list" if listed else "date" if name == "days" else "number", depth, *operands, hint=_ALONE if name in OF_LISTS else None)
        if name in WITH_PLACES:
            self._want("number", depth, arguments[-1])
            self._places(arguments[-1])

    def _places(self, node: ast.expr) -> None:
        # Places that a form could choose would be a power of ten that a form could choose.
        if not isinstance(node, ast.Constant) or node.value not in range(MAX_PLACES + 1):
            says = Phrase(
                f"保留的位数要直接写成 0 到 {MAX_PLACES} 的整数", f"the number of places is written as a whole number from 0 to {MAX_PLACES}"
            )
            raise self.refuse("formula-arguments", says, node)

    def _want(self, wanted: Kind, depth: int, *nodes: ast.expr, hint: Phrase | None = None) -> None:
        for node in nodes:
            kind = self.kind(node, depth + 1)
            if kind != wanted:
                raise self.unwanted(wanted, kind, node, hint)

    def unwanted(self, wanted: Kind, kind: Kind, node: ast.expr, alone: Phrase | None = None) -> _Refused:
        """One kind stands where another is wanted; `alone` is what to say of a list that may stand there, but not among numbers."""
        says = Phrase(f"这里要的是{_KINDS[wanted].zh}，不是{_KINDS[kind].zh}", f"{_KINDS[wanted].en} is wanted here, not {_KINDS[kind].en}")
        hint = _DATES if wanted == "date" else (alone or _LIST) if kind == "list" else _DATE if kind == "date" else None
        return self.refuse("formula-kind", says, node, hint)

    def _literal(self, node: ast.Constant) -> None:
        start, end = self.place(node)
        written = self.text[start:end]
        digits = written.replace(".", "", 1)
        if isinstance(node.value, bool | str | bytes) or not digits.isdecimal() or not digits.isascii():
            raise self.refuse("formula-not-allowed", Phrase(f"{written} 不是普通的十进制数", f"{written} is not a plain decimal number"), node)
        if len(digits) > MAX_DIGITS:
            raise self.refuse("formula-too-large", Phrase(f"数字超过 {MAX_DIGITS} 位", f"a number has more than {MAX_DIGITS} digits"), node)
        # Exact from what is written: 0.1 is a tenth.
        node.value = Fraction(written)  # type: ignore[assignment]

    def _name(self, node: ast.expr) -> Kind:
        start, end = self.place(node)
        written = self.text[start:end]
        name = name_of(node)
        if (
            name is None
            or name != written.replace(" ", "")
            or normalize("NFKC", written) != written
            or any(part.startswith("_") for part in name.split("."))
        ):
            raise self.refuse("formula-not-allowed", Phrase(f"{written} 不能作为数据名", f"{written} cannot be the name of a fact"), node)
        kind = self.names.get(name)
        if kind is None:
            near = None if name in ROW_NAMES else nearest(name, self.names)
            hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else _ROWS_ONLY if name in ROW_NAMES else _UNDECLARED
            raise self.refuse("unknown-name", Phrase(f"没有名为 {name} 的数据", f"there is no fact named {name}"), node, hint)
        self.reads.append(Read(name, start, end))
        return kind


def name_of(node: ast.expr) -> str | None:
    """`三公经费.本年预算` is one name; it is never looked up as an attribute of anything."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = name_of(node.value)
        return None if base is None else f"{base}.{node.attr}"
    return None
