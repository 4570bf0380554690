"""How a file of bytes becomes a source text that can be trusted to look like what it is."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.show import UNSAFE
from perfscore.text.source import Source, Span

#: The largest file that is read, in bytes. Real rule files and forms are a hundred times smaller.
LIMIT = 5_000_000
_LISTED = 20
_REFUSED = f"[{UNSAFE}]"
# Line ends and the wide space are no printable characters and stand in every form.
_USUAL = "\t\n\r\u3000\xa0"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_UTF16 = Phrase("是没有字节顺序标记（BOM）的 UTF-16 编码", "is UTF-16 without a byte order mark")
_SAVE_AS_UTF8 = Phrase(
    "用“记事本”打开，选“文件”→“另存为”，在“编码”处选 UTF-8 后保存，再试一次",
    "open it in Notepad, choose File > Save as, pick UTF-8 under Encoding, save and try again",
)


class Decoded(NamedTuple):
    """A source and what its reader should know about how it was read (`warning` diagnostics; usually none)."""

    source: Source
    notes: tuple[Diagnostic, ...] = ()


def read(path: str) -> Decoded:
    """
    The text of a regular file of at most `LIMIT` bytes; the path is also the name shown to people.

    Raises `Rejected` for whatever cannot be opened, is not a regular file, is too large, or cannot be decoded.
    """
    handle = opened(path)
    try:
        content = b"" if (large := os.fstat(handle).st_size > LIMIT) else _content(handle)
    except OSError:
        raise Rejected([_unreadable(path)]) from None
    finally:
        os.close(handle)
    if large:
        raise Rejected([_too_large(path)])
    return decode(content, path)


def opened(path: str) -> int:
    """A handle of a regular file, for bytes to be read from; raises `Rejected` for whatever is none or cannot be opened."""
    # Without O_NONBLOCK the opening of a FIFO waits for a writer; what was opened is then looked at, so nothing can be swapped between.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise Rejected([_unopened(path, error)]) from None
    # The file type bits of st_mode; the stat module would be imported for this alone.
    if os.fstat(handle).st_mode & 0o170000 != 0o100000:
        os.close(handle)
        raise Rejected([_not_a_file(path)])
    return handle


def _content(handle: int) -> bytes:
    """The bytes of a file, one more than the limit at most: a file of /proc, or one that grows, has more to give than its size says."""
    chunks: list[bytes] = []
    size = 0
    while size <= LIMIT and (chunk := os.read(handle, LIMIT + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def _unopened(path: str, error: Exception) -> Diagnostic:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return Diagnostic(
            "file-not-found",
            Phrase(f"找不到文件 {path}", f"there is no file {path}"),
            hint=Phrase("请核对文件名、扩展名和所在文件夹", "check the name, its extension and the folder"),
        )
    if os.path.isdir(path):
        return _not_a_file(path)
    return _unreadable(path)


def _unreadable(path: str) -> Diagnostic:
    return Diagnostic(
        "not-readable",
        Phrase(f"无法读取文件 {path}", f"cannot read {path}"),
        hint=Phrase("请确认有读取权限，且文件没有被其他程序独占", "check that you may read it and that no other program has locked it"),
    )


def _not_a_file(path: str) -> Diagnostic:
    if os.path.isdir(path):
        return Diagnostic("not-a-file", Phrase(f"{path} 是文件夹，不是文件", f"{path} is a folder, not a file"))
    return Diagnostic("not-a-file", Phrase(f"{path} 不是普通文件（是管道或设备）", f"{path} is not a regular file (it is a pipe or a device)"))


def _too_large(name: str) -> Diagnostic:
    return Diagnostic(
        "file-too-large",
        Phrase(f"文件 {name} 超过 {LIMIT // 1_000_000} MB 的上限", f"{name} is larger than the limit of {LIMIT // 1_000_000} MB"),
        hint=Phrase("请确认选对了文件；内容确实很多时请拆成几个文件", "check that it is the right file; split it if it really holds that much"),
    )


def decode(content: bytes, name: str) -> Decoded:
    """
    The text of bytes: by its byte order mark (which is no part of the text), else UTF-8, else GB18030 if it reads as Chinese.

    `Source.content` keeps the bytes as they were. Raises `Rejected` when no encoding is certain, and for characters that are invisible,
    that change the direction of writing, or that programs disagree on (each with its place; the first 20, and how many more).
    """
    if len(content) > LIMIT:
        raise Rejected([_too_large(name)])
    text, notes = text_of(content, name)
    source = Source(name, text, content)
    if refused := refused_characters(source):
        raise Rejected(refused)
    return Decoded(source, notes)


def notes(source: Source) -> tuple[Diagnostic, ...]:
    """What its reader should know about how a source was read, for those who have nothing but the source; see `Decoded`."""
    return text_of(source.content, source.name)[1]


def encoded(text: str, like: bytes) -> bytes:
    """The bytes of a text in the encoding in which other bytes were read, with their byte order mark."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if like.startswith(mark):
            return mark + text.encode(encoding)
    try:
        like.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("gb18030")
    return text.encode("utf-8")


def text_of(content: bytes, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of bytes and what is to be known of their encoding; see `decode`, which also looks at the characters."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise Rejected([_unknown(name, Phrase("是 UTF-32 编码", "is encoded in UTF-32"))])
    for mark, encoding, title in ((b"\xef\xbb\xbf", "utf-8", "UTF-8"), (b"\xff\xfe", "utf-16-le", "UTF-16"), (b"\xfe\xff", "utf-16-be", "UTF-16")):
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise Rejected([_damaged(name, title, content, error.start + len(mark))]) from None
    # Before UTF-8, because English letters in UTF-16 are also UTF-8, with a NUL after each; and Chinese alone only after it, because
    # English letters in pairs are also Chinese in UTF-16.
    if b"\0" in content and _is_utf16(content):
        raise Rejected([_unknown(name, _UTF16)])
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if _is_utf16(content):
            raise Rejected([_unknown(name, _UTF16)]) from None
        if (chinese := _as_chinese(content)) is not None:
            return chinese, (_was_gb18030(name),)
        raise Rejected([_unknown(name, _first_bad_byte(content, error.start))]) from None


def _is_utf16(content: bytes) -> bool:
    if not content or len(content) % 2:
        return False
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(map(_is_everyday, text)):
            return True
    return False


def _is_everyday(character: str) -> bool:
    """A character of an ordinary Chinese or English text: what other encodings, read as UTF-16, do not consist of."""
    return " " <= character <= "~" or "\u4e00" <= character <= "\u9fff" or "\u3000" <= character <= "\u303f" or character in "\r\n\t，：；（）“”"


def _as_chinese(content: bytes) -> str | None:
    """The bytes as GB18030, if they are that and nothing else: mostly Han, and Han that people use."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if character > "\x7f"]
    number = len(foreign)
    # Latin-1, Big5 and Korean are often valid GB18030, too, but of rare and private characters.
    private = sum("\ue000" <= character <= "\uf8ff" for character in foreign)
    is_chinese = 3 * sum(map(_is_han, foreign)) >= 2 * number and 2 * sum(map(_is_usual, foreign)) > number and 50 * private <= number
    return text if is_chinese else None


def _is_han(character: str) -> bool:
    """Han, CJK punctuation, or a full-width form; and the quotation marks, dashes and ellipsis that Chinese shares with others."""
    point = ord(character)
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or 0x20000 <= point <= 0x323AF
        or 0x3000 <= point <= 0x303F
        or 0xFF00 <= point <= 0xFFEF
        or character in "“”‘’—…·"
    )


def _is_usual(character: str) -> bool:
    """Level 1 of GB 2312 (the 3,755 characters in daily use), its signs, or a four-byte character, which does not come about by chance."""
    try:
        return character.encode("gb2312") < b"\xd8"
    except UnicodeEncodeError:
        return len(character.encode("gb18030")) == 4


def _was_gb18030(name: str) -> Diagnostic:
    return Diagnostic(
        "encoding-gb18030",
        Phrase(f"文件 {name} 不是 UTF-8，已按 GB18030（GBK）编码读取", f"{name} is not UTF-8 and was read as GB18030 (GBK)"),
        hint=Phrase(f"如有乱码或为免误读：{_SAVE_AS_UTF8.zh}", f"to leave no doubt: {_SAVE_AS_UTF8.en}"),
        severity="warning",
    )


def _first_bad_byte(content: bytes, offset: int) -> Phrase:
    line = content.count(b"\n", 0, offset) + 1
    return Phrase(
        f"既不是 UTF-8（第 {line} 行起有误），也不像 GB18030（GBK）编码的中文", f"is neither UTF-8 (see line {line}) nor Chinese in GB18030 (GBK)"
    )


def _unknown(name: str, what: Phrase) -> Diagnostic:
    return Diagnostic(
        "encoding-unknown", Phrase(f"无法确定编码：文件 {name} {what.zh}", f"encoding not certain: {name} {what.en}"), hint=_SAVE_AS_UTF8
    )


def _damaged(name: str, title: str, content: bytes, offset: int) -> Diagnostic:
    line = content.count(b"\n", 0, offset) + 1
    return Diagnostic(
        "encoding-damaged",
        Phrase(f"文件 {name} 标明是 {title} 编码，但第 {line} 行起的内容不是", f"{name} is marked as {title}, but from line {line} on it is not"),
        hint=Phrase(f"文件可能没有传完整，请重新获取；或{_SAVE_AS_UTF8.zh}", f"it may have been cut off: get it again, or {_SAVE_AS_UTF8.en}"),
    )


def refused_characters(source: Source) -> tuple[Diagnostic, ...]:
    """A diagnostic for each of the first 20 characters of a text that no text may hold, and one for the number of the others."""
    text = source.text
    found: list[Diagnostic] = []
    rest = text
    for usual in _USUAL:
        rest = rest.replace(usual, "")
    if rest.isprintable():
        return ()
    for match in re.finditer(_REFUSED, text):
        if len(found) == _LISTED:
            number = len(text) - len(re.sub(_REFUSED, "", text)) - _LISTED
            says = Phrase(f"还有 {number} 处这样的字符", f"and {number} more such characters")
            found.append(Diagnostic("more-characters", says, span=_place(source, match.start())))
            break
        found.append(refused_character(match[0], _place(source, match.start())))
    return tuple(found)


def refused_character(character: str, span: Span) -> Diagnostic:
    """What is said of one character that no text may hold."""
    point = f"U+{ord(character):04X}"
    code, name = _kind(character)
    return Diagnostic(
        code,
        Phrase(f"文本中有{name.zh} {point}", f"the text holds {name.en}, {point}"),
        span,
        Phrase(
            "请删去后重新输入这一处；这类字符多由复制粘贴带入，肉眼看不见",
            "delete it and type the place anew; such characters come unseen with a paste",
        ),
    )


def first_refused(text: str) -> str | None:
    """The first character of a text that no text may hold."""
    match = None if text.isprintable() else re.search(_REFUSED, text)
    return match[0] if match else None


def _kind(character: str) -> tuple[str, Phrase]:
    if character in _BIDI:
        return "bidi-character", Phrase("改变书写方向的控制字符", "a character that changes the direction of writing")
    if character in "\x85\u2028\u2029":
        return "line-separator", Phrase("各程序解读不一的换行字符", "a line separator that programs disagree on")
    if "\ud800" <= character <= "\udfff":
        return "lone-surrogate", Phrase("不完整的字符（单独的代理码）", "half a character (a lone surrogate)")
    if character < "\xa0" or character in "\ufffe\uffff":
        return "control-character", Phrase("控制字符", "a control character")
    return "invisible-character", Phrase("看不见的字符", "an invisible character")


def _place(source: Source, offset: int) -> Span:
    text = source.text
    # A CR LF counts once; a LF whose CR stands before the offset is the one case where the three counts overlap.
    line = text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset) + 1
    column = offset - max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    return Span(source, line, column, line, column + 1)
