"""An Office file as a zip that may be hostile: bounded in size, number and depth, no DTD, nothing fetched.

The container is Open Packaging Conventions (ECMA-376 part 2, ISO/IEC 29500-2): parts by name, compared without regard
to case, joined by relationships. Member names are only ever compared, never used as paths on a disk.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from linter.model.document import Unreadable

PART_LIMIT = 64 << 20
"""Bytes that one part may have when unpacked."""
TOTAL_LIMIT = 256 << 20
"""Bytes that the archive, packed or unpacked, may have."""
MEMBER_LIMIT = 10_000
"""Members that the archive may have."""
RATIO_LIMIT = 500
"""How far a member may unpack; deflate ends at about 1030, the forms as Word writes them reach 50."""
RATIO_FLOOR = 1 << 20
"""Bytes below which the ratio says nothing."""
MARK_LIMIT = 500_000
"""Tags and attributes of a part: each costs memory far beyond its bytes. The blank form of 2021 has 10 128 tags."""
DEPTH_LIMIT = 200
"""How deep elements may nest: readers recurse. A text box inside five nested tables is 40 deep."""

_CENTRAL_HEADER = b"PK\x01\x02"
_OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 0x1
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAID_ENCODING = re.compile(rb"""\A(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*["'][^"'>]{0,40}["']""")
_LONG_NAMESPACE = re.compile(rb"""\sxmlns(?::[^\s"'<>=]*+)?+\s*+=\s*+["'][^"'<>]{128}""")
"""A namespace longer than any in use: the parser copies it once for every name."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The namespaces of Strict documents (ISO/IEC 29500-1) and of Transitional ones (29500-4), which all others are."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError, OSError,
    RuntimeError,
)  # fmt: skip
"""What `zipfile` raises over a damaged archive."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part's link to another: `kind` the last word of its type (``styles``), `target` the other part's name."""

    kind: str
    target: str


class Package:
    """The parts of an Office file by name (``word/document.xml``).

    Raises `Unreadable`: ``not-a-zip``, ``encrypted`` (a password: an OLE file holds the real one), ``zip-bomb``,
    ``too-large``, ``damaged`` (also: two members of one name, of which each program would read another).
    """

    def __init__(self, data: bytes) -> None:
        _check_container(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise Unreadable("damaged", str(error)) from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in self._zip.infolist():
            if self._members.setdefault(member.filename.lower(), member) is not member:
                raise Unreadable("damaged", member.filename)
        _check_sizes(self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises `Unreadable` ``damaged`` if it is not there or its checksum is wrong."""
        member = self._members.get(name.lower())
        if member is None:
            raise Unreadable("damaged", name)
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise Unreadable("encrypted", name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("damaged", name)
        if member.file_size > PART_LIMIT:
            raise Unreadable("too-large", name)
        try:
            with self._zip.open(member) as stream:
                return stream.read(PART_LIMIT + 1)
        except _BROKEN as error:
            raise Unreadable("damaged", name) from error

    def name(self, part: str) -> str:
        """A part's name as the archive spells it; as given where there is none."""
        member = self._members.get(part.lower())
        return member.filename if member else part

    def xml(self, name: str, trim: Callable[[bytes], bytes] = bytes) -> ET.Element:
        """The root of an XML part, Strict namespaces as Transitional ones. Raises as `read` and `parse_xml` do.

        `trim`: drops from the bytes what the caller has no use for, before they are parsed.
        """
        data = trim(self.read(name))
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        return parse_xml(data, name)

    def related(self, part: str = "") -> Iterator[Relationship]:
        """The parts that `part` (the package itself: "") links to; what lies outside the file is left out."""
        links, folder = links_of(part), posixpath.dirname(part)
        if links not in self:
            return
        for link in self.xml(links).iter(_RELATIONSHIP):
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
                yield Relationship(link.get("Type", "").rpartition("/")[2], target.lstrip("/"))

    def document(self) -> str:
        """The part named as the document, which Word Online calls ``document2.xml``; else Word's usual one.

        Raises `Unreadable` ``not-word``.
        """
        linked = [link.target for link in self.related() if link.kind == "officeDocument"]
        for name in (*linked, "word/document.xml"):
            if name in self:
                return name
        raise Unreadable("not-word")


def links_of(part: str) -> str:
    """The part that holds the relationships of `part` (the package itself: "")."""
    folder, _, base = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")


def utf8(data: bytes) -> bytes:
    """An XML part in UTF-8: one in UTF-16, all else that OPC allows, turned into it and no longer said to be that."""
    if not data.startswith(_UTF16_MARKS):
        return data
    return _SAID_ENCODING.sub(rb"\1", data.decode("utf-16", "replace").encode(), count=1)


def parse_xml(data: bytes, name: str) -> ET.Element:
    """The root element of an XML part in UTF-8 or UTF-16 (all that OPC allows), in bounded time, memory and depth.

    Raises `Unreadable`: ``dtd`` (an Office part never has one; entities grow and fetch), ``too-large``, ``damaged``.
    """
    data = utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable("dtd", name)
    if data.count(b"<") > MARK_LIMIT or data.count(b"=") > MARK_LIMIT:
        raise Unreadable("too-large", name)
    if _LONG_NAMESPACE.search(data):
        raise Unreadable("damaged", name)
    try:
        root = ET.fromstring(data, ET.XMLParser(encoding="utf-8"))  # noqa: S314 - DTDs are refused above
    except (ET.ParseError, ValueError) as error:
        raise Unreadable("damaged", f"{name}: {error}") from error
    _check_depth(root, name)
    return root


def _check_container(data: bytes) -> None:
    if data.startswith(_OLE_HEADER):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("encrypted" if locked else "not-a-zip", "" if locked else "OLE")
    if not data.startswith(b"PK"):
        raise Unreadable("not-a-zip")
    if len(data) > TOTAL_LIMIT or data.count(_CENTRAL_HEADER) > MEMBER_LIMIT:
        raise Unreadable("too-large")


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked; what the archive says of a size is also all that is read of it."""
    for member in members:
        if member.file_size > max(RATIO_FLOOR, RATIO_LIMIT * member.compress_size):
            raise Unreadable("zip-bomb", member.filename)
    if sum(member.file_size for member in members) > TOTAL_LIMIT:
        raise Unreadable("too-large")


def _check_depth(root: ET.Element, name: str) -> None:
    level = [root]
    for _ in range(DEPTH_LIMIT):
        level = [child for element in level for child in element]
        if not level:
            return
    raise Unreadable("damaged", name)
