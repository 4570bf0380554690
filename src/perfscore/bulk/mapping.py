"""The file in which a person says what the columns of a table are: from YAML, `完成值: actual`, to a mapping of columns to what they mean."""

from __future__ import annotations

from perfscore.text import decode, yaml
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nodes import Mapping, Node, Scalar
from perfscore.text.phrase import Phrase


def read_mapping(path: str) -> dict[str, str]:
    """What single columns mean: a key of the form file in either language, the name of a fact, or nothing for a column that is not to be read."""
    parsed = yaml.parse(decode.read(path).source)
    if parsed.problems:
        raise Rejected(parsed.problems)
    found: dict[str, str] = {}
    for document in parsed.documents:
        if not isinstance(document, Mapping):
            raise Rejected([_wrong(document)])
        for key, value in document.entries:
            if not isinstance(value, Scalar):
                raise Rejected([_wrong(value)])
            found[key.text] = value.text.strip()
    return found


def _wrong(node: Node) -> Diagnostic:
    says = Phrase("列名对照应写成“列名: 含义”", "a file of columns says “column: meaning” on each line")
    return Diagnostic("mapping-expected", says, node.span, Phrase("如 完成值: actual", "like 完成值: actual"))
