"""A zip archive with some members replaced or added; every byte of every other member stays (PKWARE APPNOTE 6.3)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

_LOCAL = struct.Struct("<4s5H3I2H")
"""Signature, version, flags, method, time, date, checksum, packed, unpacked, lengths of name and extra field."""
_CENTRAL = struct.Struct("<4s6H3I5H2I")
"""Signature, made by, version, flags, method, time, date, checksum, packed, unpacked, lengths of name, extra field and
comment, disk, internal and external attributes, offset."""
_END = struct.Struct("<4s4H2IH")
"""Signature, two disks, members here and in all, size and offset of the directory, length of the comment."""

_VERSION = 20
_DESCRIPTOR_FOLLOWS = 0x8
_UTF8_NAME = 0x800
_FIRST_DATE = 0x21
"""1 January 1980, the earliest day a zip knows: an added member has no date of its own."""


@dataclass(frozen=True, slots=True)
class _Content:
    """A member's content, deflated. `sizes`: checksum, packed, unpacked, as both headers state them."""

    packed: bytes
    sizes: tuple[int, int, int]


def splice(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with `parts` (contents by member name) replaced, in place and with their dates, or added at the end.

    Raises `zipfile.BadZipFile` if `archive` is no zip.
    """
    with zipfile.ZipFile(BytesIO(archive)) as source:
        members, directory, comment = source.infolist(), source.start_dir, source.comment
    contents = {name: _content(part) for name, part in parts.items()}
    starts = sorted({member.header_offset for member in members})
    ends = dict(zip(starts, [*starts[1:], directory], strict=False))
    body = bytearray(archive[: starts[0] if starts else directory])
    moved: dict[int, int] = {}
    for member in sorted(members, key=lambda item: item.header_offset):
        start = member.header_offset
        moved[start] = len(body)
        content = contents.get(member.filename)
        body += archive[start : ends[start]] if content is None else _replaced_member(archive, start, content)
    entries: list[bytes] = []
    at = directory
    for member in members:
        entry = _entry_at(archive, at)
        at += len(entry)
        entries.append(_moved_entry(entry, moved[member.header_offset], contents.get(member.filename)))
    for name in sorted(contents.keys() - {member.filename for member in members}):
        entries.append(_new_entry(name, contents[name], len(body)))
        body += _new_member(name, contents[name])
    size = sum(map(len, entries))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), size, len(body), len(comment))
    return b"".join((body, *entries, end, comment))


def _content(part: bytes) -> _Content:
    packed = zlib.compress(part, 6, -zlib.MAX_WBITS)
    return _Content(packed, (zlib.crc32(part), len(packed), len(part)))


def _replaced_member(archive: bytes, start: int, content: _Content) -> bytes:
    """A member with another content: name and date stay, the extra field (it may repeat the sizes) goes."""
    _, _, flags, _, time, date, *_, name_length, _ = _LOCAL.unpack_from(archive, start)
    name = archive[start + _LOCAL.size : start + _LOCAL.size + name_length]
    return _member(flags & ~_DESCRIPTOR_FOLLOWS, (time, date), name, content)


def _new_member(name: str, content: _Content) -> bytes:
    return _member(_UTF8_NAME, (0, _FIRST_DATE), name.encode(), content)


def _member(flags: int, when: tuple[int, int], name: bytes, content: _Content) -> bytes:
    head = _LOCAL.pack(b"PK\x03\x04", _VERSION, flags, zipfile.ZIP_DEFLATED, *when, *content.sizes, len(name), 0)
    return head + name + content.packed


def _entry_at(archive: bytes, at: int) -> bytes:
    """The directory's entry at this offset, with name, extra field and comment."""
    lengths = _CENTRAL.unpack_from(archive, at)[10:13]
    return archive[at : at + _CENTRAL.size + sum(lengths)]


def _moved_entry(entry: bytes, offset: int, content: _Content | None) -> bytes:
    """A directory's entry for a member that now stands at `offset`, with another content if there is one."""
    fields = list(_CENTRAL.unpack_from(entry))
    name_length, extra_length = fields[10], fields[11]
    tail = entry[_CENTRAL.size :]
    fields[16] = offset
    if content is not None:
        fields[2], fields[3], fields[4] = _VERSION, fields[3] & ~_DESCRIPTOR_FOLLOWS, zipfile.ZIP_DEFLATED
        fields[7:10] = content.sizes
        fields[11] = 0
        tail = tail[:name_length] + tail[name_length + extra_length :]
    return _CENTRAL.pack(*fields) + tail


def _new_entry(name: str, content: _Content, offset: int) -> bytes:
    head = (b"PK\x01\x02", _VERSION, _VERSION, _UTF8_NAME, zipfile.ZIP_DEFLATED, 0, _FIRST_DATE)
    return _CENTRAL.pack(*head, *content.sizes, len(name.encode()), 0, 0, 0, 0, 0, offset) + name.encode()
