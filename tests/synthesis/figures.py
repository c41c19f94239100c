"""Figures that satisfy every relation of a form, and the relations themselves, written out anew.

Nothing here reads the editions of the linter: a relation lost there is a miss here.
Sources: the printed forms (国办发〔2014〕32号, 国办公开办函〔2019〕60号, 〔2021〕30号).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from synthesis.draft import Edition, Kind, Number

APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other")
REFUSED = ("secret", "forbidden", "safety", "third_party", "internal", "process", "enforcement", "query")
UNABLE = ("not_held", "needs_making", "unclear")
DECLINED = ("petition", "repeated", "publication", "excessive", "reissue")
OTHERWISE = ("not_corrected", "unpaid", "rest")
OUTCOMES = {
    edition: (
        "handled.granted",
        "handled.partial",
        *(f"handled.refused.{name}" for name in REFUSED),
        *(f"handled.unable.{name}" for name in UNABLE),
        *(f"handled.declined.{name}" for name in DECLINED),
        *(("handled.other",) if edition == "2019" else tuple(f"handled.other.{name}" for name in OTHERWISE)),
    )
    for edition in ("2019", "2021")
}
ENDS = ("upheld", "corrected", "other", "pending")
CASES = ("review", "direct", "after_review")
CHANNELS = ("gazette", "website", "microblog", "wechat", "other")
RECEIVED = ("in_person", "fax", "online", "letter")
CONCLUDED = ("on_time", "extended")
ANSWERED = ("disclosed", "granted", "partial", "refused", "not_ours", "nonexistent", "amendment", "elsewhere")
REFUSED_2014 = ("secret", "trade_secret", "privacy", "safety", "not_information", "other")
JUDGED = ("upheld", "corrected", "other")
TITLES_2014 = ("disclosure", "channels", "responses", "responses.channels", "applications", "resources", "training")

_SCALE: Mapping[Kind, int] = {"government": 900, "office": 240, "department": 60, "township": 12}


@dataclass(frozen=True, slots=True)
class Law:
    """A relation: the sum of some cells compared with the sum of others. `rule`: what says so when it breaks."""

    rule: str
    left: tuple[str, ...]
    relation: Literal["==", ">="]
    right: tuple[str, ...]
    weak: bool = False
    """An honest report may break it: it warns and proves nothing."""

    @property
    def cells(self) -> tuple[str, ...]:
        return self.left + self.right

    def holds(self, figures: Mapping[str, Number]) -> bool:
        left, right = (sum(float(figures[path]) for path in side) for side in (self.left, self.right))
        return abs(left - right) < 1e-9 if self.relation == "==" else left >= right - 1e-9


def laws(edition: Edition) -> tuple[Law, ...]:
    """Every relation of the edition's forms that an honest report keeps."""
    return tuple(_statistics_laws() if edition == "2014" else (*_tables_laws(edition), *_disclosure_laws(edition)))


def _tables_laws(edition: Edition) -> Iterator[Law]:
    for column in (*APPLICANTS, "total"):
        at = {row: f"applications/{row}/{column}" for row in ("new", "carried_in", "handled.total", "carried_out")}
        yield Law("C01", (at["new"], at["carried_in"]), "==", (at["handled.total"], at["carried_out"]))
        parts = tuple(f"applications/{row}/{column}" for row in OUTCOMES[edition])
        yield Law("C02", (at["handled.total"],), "==", parts)
    for row in ("new", "carried_in", *OUTCOMES[edition], "handled.total", "carried_out"):
        parts = tuple(f"applications/{row}/{column}" for column in APPLICANTS)
        yield Law("C03", (f"applications/{row}/total",), "==", parts)
    for case in CASES:
        parts = tuple(f"litigation/{case}/{end}" for end in ENDS)
        yield Law("C04", (f"litigation/{case}/total",), "==", parts)


def _disclosure_laws(edition: Edition) -> Iterator[Law]:
    if edition == "2021":
        for row in ("regulations", "normative"):
            yield Law("C11", (f"disclosure/{row}/valid",), ">=", (f"disclosure/{row}/made",))
        return
    for row in ("regulations", "normative"):
        yield Law("C10", (f"disclosure/{row}/public_total",), ">=", (f"disclosure/{row}/published",))
    for row in ("permits", "services", "penalties", "coercion", "fees"):
        yield Law("C10", (f"disclosure/{row}/items", f"disclosure/{row}/change"), ">=", ())


def _statistics_laws() -> Iterator[Law]:
    def at(*rows: str) -> tuple[str, ...]:
        return tuple(f"statistics/{row}/count" for row in rows)

    channels = tuple(f"channels.{name}" for name in CHANNELS)
    responses = ("briefings", "interviews", "interpretations", "social", "other")
    yield Law("C05", at(*channels), ">=", at("disclosed"))
    for channel in channels:
        yield Law("C06", at("disclosed"), ">=", at(channel))
    yield Law("C05", at(*(f"responses.{name}" for name in responses)), ">=", at("responses"))
    for name in ("social", "other"):
        yield Law("C06", at("responses"), ">=", at(f"responses.{name}"))
    yield Law("C10", at("disclosed"), ">=", at("disclosed.normative"))
    yield Law("C10", at("normative.made"), ">=", at("disclosed.normative"))
    for name in ("briefings", "interviews"):
        yield Law("C10", at(f"responses.{name}"), ">=", at(f"responses.{name}.led"))
    for total, parts in (
        ("received", RECEIVED), ("concluded", CONCLUDED), ("answered", ANSWERED),
        ("answered.refused", REFUSED_2014), ("reviews", JUDGED), ("lawsuits", JUDGED),
        ("staff", ("full_time", "part_time")),
    ):  # fmt: skip
        yield Law("C08", at(total), "==", at(*(f"{total}.{part}" for part in parts)), weak=total == "answered.refused")


# ---------------------------------------------------------------- drawing


def draw(
    rng: random.Random, edition: Edition, kind: Kind, inherited: Mapping[str, int] | None = None
) -> dict[str, Number]:
    """Figures of every cell. `inherited`: what last year's report hands on (cells of this year that it fixes)."""
    if edition == "2014":
        return _statistics(rng, kind)
    figures = _disclosure(rng, edition, kind, inherited or {})
    figures |= _applications(rng, edition, kind, inherited or {})
    figures |= _litigation(rng, int(figures["applications/handled.total/total"]))
    return figures


def _size(rng: random.Random, most: int) -> int:
    """A count between 0 and `most`, small ones more often; nothing at all in three of ten."""
    return 0 if rng.random() < 0.3 else int(most * rng.random() ** 2.5) + 1


def _parts(rng: random.Random, total: int, weights: Sequence[float]) -> list[int]:
    """The total over so many kinds, by weight."""
    counts = [0] * len(weights)
    for chosen in rng.choices(range(len(weights)), weights, k=total):
        counts[chosen] += 1
    return counts


def _applications(rng: random.Random, edition: Edition, kind: Kind, inherited: Mapping[str, int]) -> dict[str, Number]:
    outcomes = OUTCOMES[edition]
    new = _parts(rng, _size(rng, _SCALE[kind]), (40, 6, 0.3, 0.3, 1.5, 1))
    carried = _parts(rng, _size(rng, _SCALE[kind] // 10) if sum(new) else 0, (40, 6, 0.3, 0.3, 1.5, 1))
    weights = [16.0, 6, *(rng.random() ** 4 * 5 for _ in outcomes[2:])]
    table: dict[str, list[int]] = {row: [] for row in ("new", "carried_in", *outcomes, "handled.total", "carried_out")}
    for index, column in enumerate(APPLICANTS):
        before = inherited.get(f"applications/carried_in/{column}", carried[index])
        inbound = new[index] + before
        out = min(inbound, sum(rng.random() < 0.06 for _ in range(inbound)))
        found = _parts(rng, inbound - out, weights)
        for row, value in zip(table, (new[index], before, *found, inbound - out, out), strict=True):
            table[row].append(value)
    return {
        f"applications/{row}/{column}": value
        for row, values in table.items()
        for column, value in zip((*APPLICANTS, "total"), (*values, sum(values)), strict=True)
    }


def _litigation(rng: random.Random, handled: int) -> dict[str, Number]:
    figures: dict[str, Number] = {}
    for case, share in zip(CASES, (0.12, 0.05, 0.04), strict=True):
        ends = _parts(rng, sum(rng.random() < share for _ in range(handled)), (6, 1.5, 2, 1))
        for end, value in zip((*ENDS, "total"), (*ends, sum(ends)), strict=True):
            figures[f"litigation/{case}/{end}"] = value
    return figures


def _disclosure(rng: random.Random, edition: Edition, kind: Kind, inherited: Mapping[str, int]) -> dict[str, Number]:
    scale = _SCALE[kind]
    figures: dict[str, Number] = {}

    def put(row: str, **values: Number) -> None:
        figures.update({f"disclosure/{row}/{column}": value for column, value in values.items()})

    made = _size(rng, max(scale // 12, 3))
    if edition == "2021":
        put("regulations", made=0, repealed=0, valid=inherited.get("disclosure/regulations/valid", 0))
        before = inherited.get("disclosure/normative/valid", _size(rng, scale))
        repealed = rng.randint(0, min(before, made + 2))
        put("normative", made=made, repealed=repealed, valid=before + made - repealed)
        put("permits", decisions=_size(rng, scale * 40))
        put("penalties", decisions=_size(rng, scale * 9))
        put("coercion", decisions=_size(rng, scale * 2))
        put("fees", amount=_money(rng, scale))
        return figures
    put("regulations", made=0, published=0, public_total=0)
    put("normative", made=made, published=made, public_total=made + _size(rng, scale))
    for row in ("permits", "services", "penalties", "coercion"):
        items = _size(rng, scale)
        change = rng.choice((0, 0, rng.randint(0, 9), -rng.randint(0, min(items, 9))))
        put(row, items=items, change=f"+{change}" if change > 0 and rng.random() < 0.4 else change)
        put(row, decisions=_size(rng, scale * 20))
    put("fees", items=(items := _size(rng, 20)), change=-rng.randint(0, min(items, 2)))
    put("procurement", projects=_size(rng, scale), amount=_money(rng, scale))
    return figures


def _money(rng: random.Random, scale: int) -> str:
    """万元 as printed: whole, or with up to four decimals."""
    whole = _size(rng, scale * 8)
    return str(whole) if not whole or rng.random() < 0.5 else f"{whole}.{rng.randint(1, 9999):04}"[: -rng.randint(1, 3)]


def _statistics(rng: random.Random, kind: Kind) -> dict[str, Number]:
    scale = _SCALE[kind]
    found: dict[str, Number] = dict.fromkeys((f"title.{name}" for name in TITLES_2014), "——")
    channels = [_size(rng, scale // 4), _size(rng, scale * 12) + 3, *(_size(rng, scale * 3) for _ in range(3))]
    found["disclosed"] = rng.choice((sum(channels), sum(channels), rng.randint(max(channels), sum(channels))))
    found["disclosed.normative"] = normative = rng.randint(0, min(int(found["disclosed"]), max(scale // 10, 2)))
    found["normative.made"] = normative + rng.randint(0, 3)
    found |= {f"channels.{name}": value for name, value in zip(CHANNELS, channels, strict=True)}
    social, other = _size(rng, 12), _size(rng, 8)
    found["responses.briefings"] = briefings = _size(rng, max(scale // 40, 2))
    found["responses.interviews"] = interviews = _size(rng, 6)
    found["responses.interpretations"] = pieces = _size(rng, max(scale // 12, 4))
    found["responses.briefings.led"] = rng.randint(0, briefings)
    found["responses.interviews.led"] = rng.randint(0, interviews)
    found |= {"responses.social": social, "responses.other": other}
    found["responses"] = rng.randint(max(social, other), max(social, other, briefings + interviews + pieces))
    received = _parts(rng, _size(rng, scale), (2, 0.5, 8, 3))
    found["received"] = sum(received)
    found |= {f"received.{name}": value for name, value in zip(RECEIVED, received, strict=True)}
    concluded = _parts(rng, sum(received), (12, 1))
    found["concluded"] = sum(concluded)
    found |= {f"concluded.{name}": value for name, value in zip(CONCLUDED, concluded, strict=True)}
    answered = _parts(rng, sum(concluded), (5, 6, 1, 2, 2, 2, 0.2, 1))
    found["answered"] = sum(answered)
    found |= {f"answered.{name}": value for name, value in zip(ANSWERED, answered, strict=True)}
    refused = _parts(rng, int(found["answered.refused"]), (0.3, 1, 1, 0.3, 2, 1))
    found |= {f"answered.refused.{name}": value for name, value in zip(REFUSED_2014, refused, strict=True)}
    for total in ("reviews", "lawsuits"):
        judged = _parts(rng, sum(rng.random() < 0.08 for _ in range(sum(answered))), (6, 1, 2))
        found[total] = sum(judged)
        found |= {f"{total}.{name}": value for name, value in zip(JUDGED, judged, strict=True)}
    full, part = rng.randint(0, max(scale // 20, 2)), rng.randint(1, max(scale // 8, 3))
    found |= {"complaints": 0, "fees": rng.choice(("0", "0", "0", "0.12", "1.5")) if sum(answered) else "0"}
    found |= {"offices": rng.randint(0, 1), "reading_points": _size(rng, max(scale // 20, 3))}
    found |= {"staff": full + part, "staff.full_time": full, "staff.part_time": part, "budget": _money(rng, 2)}
    found |= {"meetings": rng.randint(1, 9), "trainings": rng.randint(0, 4), "trainees": _size(rng, scale)}
    return {f"statistics/{row}/count": value for row, value in found.items()}
