"""PDF files made by hand for the tests: text in a Chinese font that every reader knows, rules, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_COLLECTION = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1[250]2 94 500]"
_METRICS = "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"


@dataclass
class Page:
    """A page under construction; distances in points from the top left corner."""

    operators: list[str] = field(default_factory=list)
    extra: str = ""

    def text(self, x: float, y: float, text: str, size: float = 12) -> Page:
        """Writes a line whose baseline is at `y`."""
        code = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{code}> Tj ET")
        return self

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> Page:
        self.operators.append(f"{x1} {HEIGHT - y1} m {x2} {HEIGHT - y2} l S")
        return self

    def box(self, x1: float, y1: float, x2: float, y2: float) -> Page:
        self.operators.append(f"{x1} {HEIGHT - y2} {x2 - x1} {y2 - y1} re S")
        return self

    def table(
        self,
        x: Sequence[float],
        y: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        top: bool = True,
        bottom: bool = True,
    ) -> Page:
        """A table with rules at these places; `top`, `bottom`: whether its first and last rule are drawn."""
        for number, at in enumerate(y):
            if (top or number) and (bottom or number < len(y) - 1):
                self.rule(x[0], at, x[-1], at)
        for at in x:
            self.rule(at, y[0], at, y[-1])
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell:
                    self.text(x[column] + 3, (y[row] + y[row + 1]) / 2 + 3, cell, 9)
        return self


def pdf(*pages: Page) -> bytes:
    """The file; the font is not embedded, its encoding is Unicode (ISO 32000-1, 9.7.5.2, UniGB-UCS2-H)."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * number} 0 R' for number in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R{_COLLECTION}>>",
        f"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]{_METRICS}>>",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.operators)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {7 + 2 * number} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>{page.extra}>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return assemble(objects)


def assemble(objects: Sequence[str]) -> bytes:
    """Numbered objects, the first the catalogue, as a file."""
    file = b"%PDF-1.7\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return file + end.encode() + f"startxref\n{len(file)}\n%%EOF\n".encode()
