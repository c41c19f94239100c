"""An invented publisher and his habits: names, years, small numbers, the turns of phrase he chooses among."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from synthesis.draft import Edition, Kind, Number, mark

PLACES = (
    ("云川县", "县"), ("青禾市", "市"), ("岚溪区", "区"), ("澄湖区", "区"), ("麓野县", "县"), ("汀南市", "市"),
    ("苇塘县", "县"),
)  # fmt: skip
BUREAUS = (
    "水务局", "教育局", "财政局", "民政局", "卫生健康委员会", "农业农村局", "交通运输局", "自然资源局",
    "机关事务管理局",
    "市场监督管理局", "文化和旅游局", "住房和城乡建设局", "发展和改革委员会", "应急管理局", "医疗保障局",
)  # fmt: skip
TOWNS = ("石桥镇", "柳泉镇", "望江街道", "杏园街道", "双井乡", "白鹭洲镇")
SEATS = {
    "县": ("县委、县政府", "全县", "我县"),
    "市": ("市委、市政府", "全市", "我市"),
    "区": ("区委、区政府", "全区", "我区"),
}
YEARS: Mapping[Edition, tuple[int, ...]] = {
    "2014": (2014, 2015, 2016, 2017, 2018),
    "2019": (2019, 2020),
    "2021": (2021, 2022, 2023, 2024, 2025),
}


@dataclass(frozen=True, slots=True)
class Author:
    """`name`: as in the title; `full`: as the sign-off has it; `us`, `all`, `above`: how his sentences begin."""

    rng: random.Random
    edition: Edition
    kind: Kind
    year: int
    name: str
    full: str
    place: str
    us: str
    all: str
    above: str
    figures: Mapping[str, Number]
    traits: set[str] = field(default_factory=set)

    def choose(self, *options: str) -> str:
        return self.rng.choice(options)

    def some(self, options: Sequence[str], low: int, high: int) -> list[str]:
        """Some of the options, in their order."""
        count = min(self.rng.randint(low, high), len(options))
        kept = sorted(self.rng.sample(range(len(options)), count))
        return [options[index] for index in kept]

    def chance(self, share: float, trait: str = "") -> bool:
        """Whether he does it; a trait is noted when he does."""
        done = self.rng.random() < share
        if done and trait:
            self.traits.add(trait)
        return done

    def few(self, low: int = 2, high: int = 60) -> int:
        return self.rng.randint(low, high)

    def at(self, path: str) -> int:
        """The count in a cell; a path with ``*`` at its row's end adds up the rows that begin so."""
        form, row, column = path.split("/")
        if not row.endswith("*"):
            return int(self.figures[path])
        prefix = f"{form}/{row[:-1]}"
        return sum(
            int(value) for key, value in self.figures.items() if key.startswith(prefix) and key.endswith(f"/{column}")
        )

    def told(self, value: Number, *readings: Number) -> str:
        """A figure that the tables have too; `readings`: what else the same words may honestly mean."""
        return mark(f"table:{'|'.join(str(item) for item in (value, *readings))}", value)


def names(rng: random.Random, kind: Kind) -> tuple[str, str, str, str, str, str]:
    """Name, full name, place, us, all, above."""
    place, rank = rng.choice(PLACES)
    above, everyone, we = SEATS[rank]
    if kind == "government":
        return rng.choice((place, f"{place}人民政府")), f"{place}人民政府", place, we, everyone, above
    if kind == "office":
        name = f"{place}人民政府办公室"
        return name, name, place, rng.choice((f"{rank}政府办公室", "我办")), everyone, above
    if kind == "department":
        bureau = rng.choice(BUREAUS)
        name = f"{place}{bureau}"
        return name, name, place, "我委" if bureau.endswith("委员会") else "我局", everyone, above
    town = rng.choice(TOWNS)
    office = {"镇": "人民政府", "乡": "人民政府", "道": "办事处"}[town[-1]]
    us = "本街道" if town.endswith("街道") else f"我{town[-1]}"
    full = f"{place}{town}{office}"
    return rng.choice((full, f"{place}{town}")), full, place, us, us, above
