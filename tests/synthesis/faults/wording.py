"""Words that are wrong: doubled, unpaired, miswritten, left over, not for publication, another body's, missing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from synthesis.author import BUREAUS
from synthesis.draft import Draft, Heading, Paragraph, Title
from synthesis.faults.fault import PROSE, Fault, Maker
from synthesis.faults.text import edited, inserted

_WORDS = (
    "发布",
    "工作",
    "信息",
    "要求",
    "办理",
    "审核",
    "栏目",
    "制度",
    "网站",
    "公开",
    "落实",
    "规范",
    "加强",
    "完善",
)


def _word_doubled(draft: Draft, rng: random.Random) -> Fault | None:
    return edited(draft, rng, {word: word * 2 for word in _WORDS}, frozenset({"W01"}), PROSE)


def _bracket_lost(draft: Draft, rng: random.Random) -> Fault | None:
    return edited(draft, rng, {"）": "", "》": "", "（": "", "《": ""}, frozenset({"W03"}), frozenset({"W02"}))


def _quote_lost(draft: Draft, rng: random.Random) -> Fault | None:
    return edited(draft, rng, {"”": "", "“": ""}, frozenset({"W02"}))


def _miswritten(draft: Draft, rng: random.Random) -> Fault | None:
    edits = {
        "政府信息": "攻府信息",
        "人民共和国": "人民共合国",
        "国务院": "国务员",
        "行政复议": "行政复仪",
        "行政诉讼": "行政诉松",
    }
    return edited(draft, rng, edits, frozenset({"W04"}), PROSE | {"S14", "S10", "S02", "S09"})


def _placeholder(draft: Draft, rng: random.Random) -> Fault | None:
    edits = {"。": rng.choice(("【待补充】。", "（待核实）。", "，共XX件。", "，涉及××部门。", "TODO。"))}
    return edited(draft, rng, edits, frozenset({"W05"}), PROSE)


def _identity(rng: random.Random) -> str:
    """A number that follows GB 11643: area, birth date, sequence, check digit (MOD 11-2)."""
    born = f"19{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"{rng.choice(('110105', '320102', '510104'))}{born}{rng.randint(0, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _card(rng: random.Random) -> str:
    """A bank card number that passes the check of Luhn."""
    body = rng.choice(("622202", "622848", "621700")) + "".join(str(rng.randint(0, 9)) for _ in range(12))
    total = 0
    for index, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def _personal(draft: Draft, rng: random.Random) -> Fault | None:
    number, rule, sentence = rng.choice(
        (
            (identity := _identity(rng), "D01", f"申请人张某（身份证号{identity}）已收到答复。"),
            (
                mobile := f"1{rng.choice('3578')}{rng.randint(0, 9)}{rng.randint(10000000, 99999999)}",
                "D02",
                f"联系人李老师，手机{mobile}。",
            ),
            (card := _card(rng), "D03", f"款项存入银行卡{card}。"),
        )
    )
    return inserted(draft, sentence, frozenset({rule}), rng, number)


def _secret(draft: Draft, rng: random.Random) -> Fault | None:
    text = rng.choice(("秘密★1年", "内部资料 注意保存", "（征求意见稿）", "内部资料，不得外传", "机密★长期"))
    made = replace(draft, blocks=(Paragraph(text), *draft.blocks))
    return Fault(
        draft=made,
        rules=frozenset({"D04"}),
        paths=("",),
        near=text.replace(" ", ""),
        beside=frozenset({"S13", "S14"}),
    )


def _foreign(draft: Draft, rng: random.Random) -> Fault | None:
    """Another body's name in the sign-off."""
    signed = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "signature"]
    if not signed:
        return None
    others = [f"{place}{bureau}" for place in ("桐岭县", "砚山湖区") for bureau in BUREAUS[:6]]
    name = rng.choice([other for other in others if other[-3:] not in draft.agency])
    changed = draft.with_block(signed[0], replace(signed[0], text=name))
    return Fault(draft=changed, rules=frozenset({"S14"}), paths=("",), near=name)


def _title_other(draft: Draft, rng: random.Random) -> Fault | None:
    title = next(block for block in draft.blocks if isinstance(block, Title) and "报告" in block.text)
    words = rng.choice(("政府信息公开年度工作报告", "政务信息公开年度报告", "政府信息公开年度报告"))
    text = title.text.replace("政府信息公开工作年度报告", words)
    if text == title.text:
        return None
    return Fault(
        draft=draft.with_block(title, replace(title, text=text)),
        rules=frozenset({"S13"}),
        paths=("",),
        near=words,
    )


def _fee_gone(draft: Draft, _rng: random.Random) -> Fault | None:
    fees = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "fee"]
    if not fees:
        return None
    changed = draft.with_block(fees[0], Paragraph("无其他需要报告的事项。"))
    for block in [block for block in changed.blocks if isinstance(block, Heading) and "信息处理费" in block.text]:
        changed = changed.with_block(block, replace(block, text="（二）其他事项"))
    return Fault(draft=changed, rules=frozenset({"S09"}), paths=("",))


def _unaccounted(draft: Draft, _rng: random.Random) -> Fault | None:
    told = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "accountability"]
    governs = draft.kind in ("government", "township") and "街道" not in draft.agency
    if not told or draft.edition == "2014" or not governs:
        return None
    return Fault(draft=draft.with_block(told[0]), rules=frozenset({"S10"}), paths=("",))


MAKERS: Mapping[str, Maker] = {
    "word doubled": _word_doubled,
    "bracket lost": _bracket_lost,
    "quote lost": _quote_lost,
    "name miswritten": _miswritten,
    "placeholder left": _placeholder,
    "personal data": _personal,
    "secrecy mark": _secret,
    "another body's name": _foreign,
    "title nonstandard": _title_other,
    "fee not stated": _fee_gone,
    "accountability not stated": _unaccounted,
}
