# ruff: noqa: E501 -- a sentence stays on one line
"""What an honest report says: the wordings that published reports use, with other names and figures.

Sentences mirror the tables only in readings that are legitimate somewhere; whatever else is counted (letters, hotline
calls, proposals, visits, files) is free of them. Percentages are rounded as printed, lists that claim to be complete add up.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from synthesis import asides
from synthesis.author import Author
from synthesis.draft import Block, Heading, Paragraph, Title, mark

NUMERALS = "一二三四五六七八九十"


def percent(part: int, whole: int, places: int) -> str:
    """A share in per cent, rounded half up."""
    exact = Decimal(part * 100) / Decimal(whole)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def share(part: int, places: int, whole: int, *wholes: int) -> str:
    """A share as printed; `wholes`: what else it may honestly be a share of."""
    readings = {percent(part, one, places) for one in (whole, *wholes) if one}
    return mark(f"percent:{'|'.join(sorted(readings))}", percent(part, whole, places))


def listed(items: list[str], by: str = "、") -> str:
    return by.join(items)


def points(sentences: list[str]) -> str:
    """The sentences as a list in running text: 一是…二是…."""
    return "".join(f"{NUMERALS[index]}是{sentence}" for index, sentence in enumerate(sentences))


def spread(a: Author, sentences: list[str]) -> str:
    """Some of the sentences, counted or not."""
    chosen = a.some(sentences, 2, 4)
    return points(chosen) if a.chance(0.6) else "".join(chosen)


# ---------------------------------------------------------------- front


def title(a: Author) -> list[Block]:
    year = f"{a.year}年"
    text = a.choose(
        f"{a.name}{year}政府信息公开工作年度报告",
        f"{a.name}{year}政府信息公开工作年度报告",
        f"{a.name}{year}度政府信息公开工作年度报告",
        f"{year}{a.name}政府信息公开工作年度报告",
    )
    if a.chance(0.15, "two-line title"):
        return [Title(a.name), Title(f"{year}政府信息公开工作年度报告")]
    blocks: list[Block] = [Title(text)]
    if a.chance(0.12, "publication line"):
        day = f"{a.year + 1}-01-{a.rng.randint(10, 29)}"
        blocks.append(
            Paragraph(
                a.choose(
                    f"发布日期：{day}",
                    f"发布时间：{day} 来源：{a.full}",
                    f"索引号：0144{a.few(10, 99)}330/{a.year + 1}-00{a.few(100, 999)} 发布日期：{day}",
                )
            )
        )
    return blocks


def period(a: Author) -> str:
    y = a.year
    data = a.choose(
        "本报告中所列数据的统计期限", "本报告所列数据的统计期限", "报告中所列数据统计期限", "本报告数据统计时限"
    )
    return a.choose(
        f"{data}自{y}年1月1日起，至{y}年12月31日止。",
        f"{data}自{y}年1月1日起至{y}年12月31日止。",
        f"{data}为{y}年1月1日至{y}年12月31日。",
        f"{data}为{y}年1月1日至12月31日。",
        f"{data}从{y}年1月1日到{y}年12月31日。",
        f"本报告统计数据从{y}年1月1日起，到{y}年12月31日止。",
        f"{data}自 {y} 年 1 月 1 日起至 {y} 年 12 月 31 日止。",
    )


def preamble(a: Author) -> list[Block]:
    law = "《中华人民共和国政府信息公开条例》"
    short = a.choose("（以下简称《条例》）", "（以下简称“《条例》”）", "")
    form = {
        "2014": "",
        "2019": a.choose("", "和《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）"),
        "2021": a.choose("", "和《中华人民共和国政府信息公开工作年度报告格式》", "和国办公开办函〔2021〕30号文件"),
    }[a.edition]  # fmt: skip
    opening = a.choose(
        f"根据{law}{short}{form}要求，{a.full}编制了本报告。",
        f"本报告根据{law}{short}{form}的规定编制。",
        f"按照{law}{short}{form}有关规定，现公布{a.full}{a.year}年政府信息公开工作年度报告。",
    )
    if a.edition != "2014" and a.chance(0.3, "outline"):
        opening += "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。"
    stated = [period(a)] if a.chance(0.85, "period") else []
    if a.kind == "government" and a.chance(0.4):
        opening += a.choose(
            f"本报告由{a.all}各部门、各乡镇（街道）的年度报告汇总而成。", "报告数据由各单位报送的数据汇总而成。"
        )
    contact = contacts(a) if a.chance(0.6, "contact") else ""
    if a.chance(0.3):
        return [
            Paragraph(opening),
            *(Paragraph(text, "period") for text in stated),
            *([Paragraph(contact)] if contact else []),
        ]
    return [Paragraph(opening + "".join(stated) + contact, "period" if stated else "")]


def contacts(a: Author) -> str:
    number = f"0{a.rng.randint(310, 999)}{a.choose('-', '—')}{a.rng.randint(2000000, 8999999)}"
    post = f"{a.rng.randint(100, 899)}{a.rng.randint(0, 9)}00"
    office = a.choose("办公室", "政务公开办公室", "综合科")
    return a.choose(
        f"如对本报告有疑问，请与{a.full}{office}联系（地址：{a.place}府前路{a.few()}号；邮编：{post}；联系电话：{number}）。",
        f"本报告电子版可在{a.place}人民政府门户网站（http://www.example.gov.cn/xxgk/）下载。联系电话：{number}，传真：{number}。",
        f"如有疑问或意见建议，请与{office}联系，电话：{number}，电子邮箱：xxgk@example.gov.cn。",
    )


# ---------------------------------------------------------------- 总体情况


def lead(a: Author) -> str:
    thought = "习近平新时代中国特色社会主义思想" if a.year >= 2018 else "党的十八大精神"
    return a.choose(
        f"{a.year}年，{a.us}坚持以{thought}为指导，认真贯彻落实{a.above}关于政务公开的决策部署，扎实推进政府信息公开各项工作，取得了新的成效。",
        f"{a.year}年，{a.full}严格执行《条例》各项规定，坚持以公开为常态、不公开为例外，着力提升公开质量，切实保障公众的知情权、参与权和监督权。",
        f"{a.year}年以来，在{a.above}的正确领导下，{a.us}围绕中心、服务大局，把政府信息公开作为转变职能、改进作风的重要抓手，常抓不懈。",
    )


def disclosure_prose(a: Author) -> str:
    made, valid = _normative(a)
    said = []
    if a.edition != "2014" and made and a.chance(0.6):
        told = a.told(made)
        said.append(
            a.choose(
                f"全年制发行政规范性文件{told}件，均按程序公开。",
                f"全年制定出台规范性文件{told}件，并同步在政府网站发布。",
            )
        )
    if a.edition == "2021" and valid and a.chance(0.4):
        said.append(f"集中展示现行有效的行政规范性文件{a.told(valid)}件。")
    if a.chance(0.4):
        said.append(channels(a))
    said += a.some(asides.disclosure(a), 2, 5)
    a.rng.shuffle(said)
    return "".join(said)


def _normative(a: Author) -> tuple[int, int]:
    if a.edition == "2014":
        return a.at("statistics/normative.made/count"), 0
    valid = a.at("disclosure/normative/valid") if a.edition == "2021" else 0
    return a.at("disclosure/normative/made"), valid


def channels(a: Author) -> str:
    """A list that claims to be complete: its parts add up to its whole."""
    parts = [a.few(3, 300) for _ in range(3)]
    kinds = a.choose("机构职能类 规划计划类 其他类", "政策解读类 公示公告类 其他类", "预算决算 专项资金 其他").split()
    whole, places = sum(parts), a.rng.choice((0, 1, 2))
    shares = [f"，占{share(part, places, whole)}%" for part in parts] if a.chance(0.4) else [""] * 3
    items = [f"{kind}{mark('part', part)}条{rate}" for kind, part, rate in zip(kinds, parts, shares, strict=True)]
    return (
        f"全年公开财政信息{mark('whole', whole)}条，其中{listed(items, '；' if shares[0] else a.choose('、', '，'))}。"
    )


def application_prose(a: Author) -> str:
    return _applications_2014(a) if a.edition == "2014" else _applications(a)


def _applications(a: Author) -> str:
    new, before = a.at("applications/new/total"), a.at("applications/carried_in/total")
    handled, after = a.at("applications/handled.total/total"), a.at("applications/carried_out/total")
    answered = a.at("applications/handled.granted/total") + a.at("applications/handled.partial/total")
    answered += a.at("applications/handled.refused.*/total") + a.at("applications/handled.unable.*/total")
    done = (new, both := new + before, answered, answered + a.at("applications/handled.declined.*/total"))
    rules = a.choose(
        "健全依申请公开登记、审核、办理、答复、归档等工作制度，规范答复文书格式。",
        "畅通信函、网络、当面等受理渠道，加强部门会商，依法依规答复申请人。",
        "进一步优化依申请公开办理流程，严把时限关、法律关和保密关。",
    )
    if not new and not before:
        a.traits.add("no applications")
        none = a.choose(
            f"{a.year}年，{a.us}未收到政府信息公开申请。",
            f"全年{a.us}未收到依申请公开政府信息的申请。",
            f"{a.year}年度没有收到公民、法人或其他组织提出的政府信息公开申请。",
        )
        return rules + mark("none", none)
    said = [
        a.choose(
            f"{a.year}年，{a.us}共收到政府信息公开申请{a.told(new, both)}件，上年结转{a.told(before)}件。",
            f"{a.year}年，{a.us}新收政府信息公开申请{a.told(new, both)}件，上年度结转{a.told(before)}件，办结{a.told(handled, *done)}件，结转下年度继续办理{a.told(after)}件。",
            f"全年受理政府信息公开申请{a.told(both, new, handled)}件（含上年结转{a.told(before)}件），办结申请{a.told(handled, *done)}件，结转下年度{a.told(after)}件。",
            f"全年共收到政府信息公开申请{a.told(new, both)}件，均按规定登记办理。",
            f"全年答复政府信息公开申请{a.told(handled, *done)}件。",
            f"{a.year}年度，{a.us}收到政府信息公开申请{a.told(new, both)}件，同比{'增加' if a.chance(0.5) else '减少'}{a.few(1, 9)}件；依法办理答复{a.told(handled, *done)}件。",
            f"全年共收办政府信息公开申请{a.told(both, new, handled)}件，其中新收{a.told(new, both)}件，上年结转{a.told(before)}件。",
            f"{a.year}年共接收政府信息公开申请{a.told(new, both)}件，加上上年结转{a.told(before)}件，共办理{a.told(both, new, handled)}件。",
            f"共收到公民、法人和其他组织提交的政府信息公开申请{a.told(new, both)}件，答复申请{a.told(handled, *done)}件。",
        )
    ]
    if handled and a.chance(0.5):
        said.append(_outcomes(a, handled))
    if new and a.chance(0.3):
        said.append(_applicants(a, new))
    if a.chance(0.25):
        said.append(_trend(a, new))
    said += a.some(asides.applications(a), 0, 3)
    return rules + "".join(said)


def _outcomes(a: Author, handled: int) -> str:
    counts = {
        "予以公开": a.at("applications/handled.granted/total"),
        "部分公开": a.at("applications/handled.partial/total"),
        "不予公开": a.at("applications/handled.refused.*/total"),
        "无法提供": a.at("applications/handled.unable.*/total"),
        "不予处理": a.at("applications/handled.declined.*/total"),
        "其他处理": a.at("applications/handled.other*/total"),
    }
    kept = {word: count for word, count in counts.items() if count or a.chance(0.4)}
    shares = a.chance(0.4)
    new, before = a.at("applications/new/total"), a.at("applications/carried_in/total")
    wholes = (new, new + before)
    places = a.rng.choice((1, 2))
    items = [
        f"{word}{a.told(count)}件" + (f"，占{share(count, places, handled, *wholes)}%" if shares else "")
        for word, count in kept.items()
    ]
    lead_in = a.choose(
        "在答复的政府信息公开申请中，",
        f"全年办结政府信息公开申请{a.told(handled, *wholes)}件，其中",
        "从申请办理结果看，",
    )
    return lead_in + listed(items, "；" if shares else "、") + "。"


def _applicants(a: Author, new: int) -> str:
    natural = a.at("applications/new/natural")
    whole, handled = natural + a.at("applications/carried_in/natural"), a.at("applications/handled.total/natural")
    bodies = new - natural
    others = a.at("applications/new/total") + a.at("applications/carried_in/total") - whole
    rest = a.at("applications/handled.total/total") - handled
    return f"从申请人类别看，自然人申请{a.told(natural, whole, handled)}件，法人或其他组织申请{a.told(bodies, others, rest)}件。"


def _trend(a: Author, new: int) -> str:
    last = a.rng.randint(1, 2 * new + 5)
    if last == new:
        return ""
    word = "增长" if new > last else "下降"
    rate = percent(abs(new - last), last, 2)
    return f"新收申请{a.told(new, new + a.at('applications/carried_in/total'))}件，较上年的{last}件{word}{mark('percent', rate)}%。"


def _applications_2014(a: Author) -> str:
    received, answered = a.at("statistics/received/count"), a.at("statistics/answered/count")
    if not received:
        a.traits.add("no applications")
        none = a.choose(
            f"{a.year}年，{a.us}未收到政府信息公开申请。", f"{a.year}年度{a.us}没有收到要求公开政府信息的申请。"
        )
        return mark("none", none)
    ways = {"当面": "in_person", "传真": "fax", "网络": "online", "信函": "letter"}
    items = [f"{word}申请{a.told(a.at(f'statistics/received.{way}/count'))}件" for word, way in ways.items()]
    said = a.choose(
        f"{a.year}年，{a.us}共收到政府信息公开申请{a.told(received)}件，其中{listed(items)}。",
        f"全年收到政府信息公开申请{a.told(received)}件，均在规定期限内办结。",
    )
    granted, partial = a.at("statistics/answered.granted/count"), a.at("statistics/answered.partial/count")
    disclosed, refused = a.at("statistics/answered.disclosed/count"), a.at("statistics/answered.refused/count")
    if answered and a.chance(0.6):
        said += f"在答复的政府信息公开申请中，同意公开{a.told(granted, granted + disclosed)}件，同意部分公开{a.told(partial)}件，不同意公开{a.told(refused)}件。"
    return said


ACCOUNTABILITY = (
    "将政务公开纳入年度绩效考核，组织开展社会评议，评议结果良好，全年未发生责任追究情形。",
    "工作考核方面，政务公开占绩效考核分值的4%；社会评议方面，群众总体满意；全年无责任追究情况。",
    "认真组织考核和社会评议，未因政府信息公开工作追究责任。",
)
PROBLEMS = (
    ("政策解读的形式还不够丰富", "丰富解读形式，更多运用图表、视频等方式说明政策"),
    ("公开内容的针对性有待加强", "聚焦群众关切，细化重点领域公开内容"),
    ("部分工作人员业务能力有待提高", "加强学习交流，提高队伍业务水平"),
    ("栏目更新不够及时", "压实责任，定期检查，确保信息及时更新"),
    ("依申请公开答复文书还不够规范", "完善答复模板，加强会商研判，规范答复文书"),
    ("与公众互动的渠道较为单一", "拓宽互动渠道，认真听取公众意见"),
)


def overview(a: Author) -> list[Block]:
    """The five aspects: under their names, under own headings, or without any."""
    aspects = [
        (("主动公开情况", "主动公开政府信息", "强化信息主动公开"), disclosure_prose(a)),
        (("依申请公开情况", "依申请公开", "规范依申请公开办理"), application_prose(a)),
        (("政府信息管理情况", "政府信息管理", "加强政府信息管理"), spread(a, asides.management(a))),
        (("政府信息公开平台建设情况", "平台建设", "推进平台建设"), spread(a, asides.platforms(a))),
        (("监督保障情况", "监督保障", "强化监督保障"), spread(a, asides.supervision(a))),
    ]
    if a.chance(0.15, "V7 sixth item"):
        aspects.append(
            (
                ("标准化规范化建设情况", "基层政务公开标准化", "推进标准化建设"),
                "梳理公开事项标准目录，向村（社区）延伸公开内容。",
            )
        )
    blocks: list[Block] = [Paragraph(lead(a))]
    style, wording = a.rng.choice(("heads", "run-in", "plain")), a.rng.randrange(3)
    for index, (names, text) in enumerate(aspects):
        if style == "heads":
            blocks += [Heading(f"（{NUMERALS[index]}）{names[wording]}", 2), Paragraph(text)]
        elif style == "run-in":
            blocks.append(Paragraph(f"（{NUMERALS[index]}）{names[wording]}。{text}"))
        else:
            blocks.append(Paragraph(text))
    if a.kind in ("government", "township") or a.chance(0.3):
        blocks.append(Paragraph(a.choose(*ACCOUNTABILITY), "accountability"))
    return blocks


# ---------------------------------------------------------------- the other sections


def litigation_prose(a: Author) -> str:
    if a.edition == "2014":
        reviews, suits = a.at("statistics/reviews/count"), a.at("statistics/lawsuits/count")
        done_reviews, done_suits = reviews, suits
    else:
        reviews = a.at("litigation/review/total")
        suits = a.at("litigation/direct/total") + a.at("litigation/after_review/total")
        done_reviews = reviews - a.at("litigation/review/pending")
        done_suits = suits - a.at("litigation/direct/pending") - a.at("litigation/after_review/pending")
    if not reviews and not suits:
        none = a.choose(
            f"{a.year}年，{a.us}未发生因政府信息公开引发的行政复议、行政诉讼案件。",
            f"{a.us}全年没有因政府信息公开申请行政复议、提起行政诉讼的情况。",
            "全年未发生针对政府信息公开的行政复议和行政诉讼。",
        )
        return mark("no litigation", none)
    if a.edition != "2014" and a.chance(0.3):
        ends = {"维持": "upheld", "纠正": "corrected", "其他结果": "other", "尚未审结": "pending"}
        told = [f"{word}{a.at(f'litigation/review/{end}')}件" for word, end in ends.items()]
        return f"全年因政府信息公开被申请行政复议{a.told(reviews, done_reviews)}件，其中{listed(told)}；被提起行政诉讼{a.told(suits, done_suits)}件。"
    return a.choose(
        f"全年因政府信息公开被申请行政复议{a.told(reviews, done_reviews)}件、被提起行政诉讼{a.told(suits, done_suits)}件。",
        f"{a.year}年，因政府信息公开引发行政复议{a.told(reviews, done_reviews)}件，行政诉讼{a.told(suits, done_suits)}件。",
    )


def problems(a: Author) -> list[Block]:
    chosen = a.rng.sample(PROBLEMS, a.rng.randint(2, 3))
    faults = points(
        [f"{problem}。" if index == len(chosen) - 1 else f"{problem}；" for index, (problem, _) in enumerate(chosen)]
    )
    cures = points([f"{cure}。" for _, cure in chosen]) + a.choose(*asides.plans(a))
    head = a.choose(
        f"{a.year}年，{a.us}政府信息公开工作取得一定成绩，但仍存在一些不足：",
        "虽然工作取得了一定进展，但对照上级要求和群众期盼还有差距，主要表现在：",
    )
    plan = a.choose(
        f"{a.year + 1}年，{a.us}将重点做好以下工作：",
        f"下一步，{a.us}将采取以下措施加以改进：",
        f"针对上述问题，{a.year + 1}年将从以下方面改进：",
    )
    if a.chance(0.4):
        return [Paragraph(head + faults), Paragraph(plan + cures)]
    if a.chance(0.3):
        return [
            Heading("（一）存在的主要问题", 2), Paragraph(head + faults),
            Heading("（二）改进情况", 2), Paragraph(plan + cures),
        ]  # fmt: skip
    return [Paragraph(head + faults + plan + cures)]


def fee(a: Author) -> str:
    return a.choose(
        f"{a.year}年，{a.us}未收取信息处理费。",
        "本年度未产生信息处理费收取情况。" if a.chance(0.5) else "本年度无收取信息处理费情况。",
        "按照《政府信息公开信息处理费管理办法》，全年收取信息处理费0元。",
        f"{a.year}年依申请公开收取信息处理费{a.few(1, 3)}件，共计{a.few(100, 3000)}元。",
    )


def other(a: Author) -> list[Block]:
    proposals = f"承办人大代表建议{a.few()}件、政协委员提案{a.few()}件，办复率100%。"
    if a.edition == "2019":
        return [Paragraph(a.choose("无。", "无其他需要报告的事项。", "暂无其他需要报告的事项。", proposals))]
    if a.chance(0.2, "V4 sixth section in two parts"):
        return [
            Heading("（一）贯彻落实年度政务公开工作要点情况", 2), Paragraph(f"对照要点逐项分解任务，{proposals}"),
            Heading("（二）收取信息处理费情况", 2), Paragraph(fee(a), "fee"),
        ]  # fmt: skip
    if a.chance(0.3):
        return [Paragraph(proposals), Paragraph(fee(a), "fee")]
    return [Paragraph(fee(a), "fee")]


def year_in_characters(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def in_characters(number: int) -> str:
    """1 to 39: 五, 十二, 二十八."""
    tens, ones = divmod(number, 10)
    lead_in = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return lead_in + (NUMERALS[ones - 1] if ones else "")


def sign_off(a: Author) -> list[Block]:
    """The body and the date, one of them, or neither; departments by 31 January, governments by 31 March."""
    last = 1 if a.kind == "department" and a.year >= 2019 else 3
    month = a.rng.randint(1, last)
    number = a.rng.randint(4, 28)
    day = f"{a.year + 1}年{month}月{number}日"
    if a.chance(0.15, "date in characters"):
        day = f"{year_in_characters(a.year + 1)}年{in_characters(month)}月{in_characters(number)}日"
    elif a.chance(0.15):
        day = f"{a.year + 1} 年 {month} 月 {number} 日"
    signed: list[Block] = []
    if a.chance(0.6):
        signed.append(Paragraph(a.full, "signature"))
    if signed or a.chance(0.3):
        signed.append(Paragraph(day, "date"))
    return signed


# ---------------------------------------------------------------- 2014


def disclosed_2014(a: Author) -> list[Block]:
    whole, site = a.at("statistics/disclosed/count"), a.at("statistics/channels.website/count")
    everywhere = a.at("statistics/channels.*/count")
    first = f"{a.year}年，{a.us}主动公开政府信息{a.told(whole, everywhere)}条。"
    if a.chance(0.5):
        outside = site + a.at("statistics/channels.other/count")
        first += f"通过政府网站公开政府信息{a.told(site, whole, outside)}条。"
    return [Paragraph(first + disclosure_prose(a))]


def work_2014(a: Author) -> list[Block]:
    meetings, trainings = a.at("statistics/meetings/count"), a.at("statistics/trainings/count")
    said = [f"召开了{a.told(meetings)}次政府信息公开工作会议，研究部署年度任务。"] if a.chance(0.6) else []
    if trainings and a.chance(0.5):
        said.append(f"举办了{a.told(trainings)}次政府信息公开业务培训，提升业务水平。")
    spots = a.at("statistics/reading_points/count")
    if spots and a.chance(0.5):
        said.append(f"设立政府信息查阅点{a.told(spots)}个。")
    return [Paragraph(lead(a)), Paragraph("".join(said) + spread(a, asides.supervision(a) + asides.management(a)))]


def fees_2014(a: Author) -> list[Block]:
    amount = a.figures["statistics/fees/count"]
    if float(amount):
        return [
            Paragraph(f"{a.year}年，{a.us}依申请提供政府信息收取检索、复制、邮寄等成本费用{amount}万元，无减免情况。")
        ]
    return [
        Paragraph(
            a.choose(
                f"{a.us}依申请提供政府信息未收取费用，也没有减免情况。",
                f"{a.year}年没有发生政府信息公开收费及减免情况。",
            )
        )
    ]
