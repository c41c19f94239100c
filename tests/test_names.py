"""Which names are one body's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.text.names import borne, plain, same, stands_for, within


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("青禾市人民政府", "青禾市"),
        ("青禾市政府", "青禾市人民政府"),
        ("青禾市人民政府办公室", "青禾市政府办公室"),
        ("青禾市 水务局", "青禾市水务局"),
        ("云川县发展和改革委员会", "云川县发展改革委"),
        ("云川经济开发区管理委员会", "云川经济开发区"),
        ("城东街道办事处", "城东街道"),
        ("柳溪镇人民政府", "柳溪镇"),
        ("宁夏回族自治区水利厅", "自治区水利厅"),
        ("宁夏水利厅", "自治区水利厅"),
        ("自治区人民政府外事办公室", "自治区外事办公室"),
        ("云川县政府办", "云川县人民政府办公室"),
        ("青禾市卫生健康委员会", "青禾市卫健委"),
        ("青禾市人民政府国有资产监督管理委员会", "青禾市国资委"),
        ("青禾市人力资源和社会保障局", "青禾市人社局"),
        ("青禾苗族侗族自治州水务局", "青禾州水务局"),
        ("青禾哈萨克自治县", "青禾自治县人民政府"),
    ],
)
def test_one_body_under_two_names_has_one_key(name, other):
    assert plain(name) == plain(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("青禾市人民政府", "青禾市人民政府办公室"),
        ("云川县水务局", "青禾市水务局"),
        ("青禾市政务服务中心", "青禾市政府采购中心"),
        ("云川经济开发区管委会", "云川经济开发区管委会办公室"),
        ("柳溪镇", "柳溪乡"),
        ("云川自治县水务局", "石桥自治县水务局"),
        ("青禾自治区水务局", "自治区水务局"),
    ],
)
def test_different_bodies_have_different_keys(name, other):
    assert plain(name) != plain(other)


NAMES = st.builds(
    "{}{}".format,
    st.sampled_from(["青禾市", "云川县", "宁夏回族自治区", "内蒙古自治区", "自治区", "柳溪镇"]),
    st.sampled_from(
        ["", "人民政府", "人民政府办公室", "水务局", "发展和改革委员会", "人力资源和社会保障厅", "政府采购中心"]
    ),
)


@given(NAMES)
def test_a_key_is_its_own_key(name):
    assert plain(plain(name)) == plain(name)


@given(NAMES, st.data())
def test_spaces_and_brackets_in_a_name_do_not_matter(name, data):
    at = data.draw(st.integers(0, len(name)))
    mark = data.draw(st.sampled_from([" ", "\u3000", "（", "）", "·"]))
    assert plain(name[:at] + mark + name[at:]) == plain(name)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("水务局", "青禾市水务局"),
        ("市发展改革委", "青禾市发展和改革委员会"),
        ("县政府", "云川县"),
        ("县政府", "青禾市云川县人民政府"),
        ("县政府办", "云川县人民政府办公室"),
        ("街道办事处", "城东街道"),
        ("管委会", "云川经济开发区管理委员会"),
    ],
)
def test_a_name_without_its_place_stands_for_the_whole(name, full):
    assert stands_for(name, full)
    assert same(full, name)
    assert stands_for(full, name) == (plain(name) == plain(full))


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("县政府办", "云川县"),
        ("市政府", "青禾市水务局"),
        ("青禾市政府", "青禾市政府采购中心"),
        ("县水务局", "青禾市水务局"),
        ("中心", "青禾市政务服务中心"),
        ("宁夏回族自治区水利厅", "广西壮族自治区水利厅"),
        ("", "青禾市水务局"),
    ],
)
def test_another_body_is_not_the_same(name, full):
    assert not same(name, full)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾市", "青禾市水务局"),
        ("青禾市水务局", "青禾市水务局（盖章）"),
        ("云川县人民政府办公室", "云川县政府"),
        ("云川省人民政府办公厅", "云川省人民政府办公室"),
        ("云川开发区党工委、管委会", "云川开发区管理委员会"),
    ],
)
def test_a_signature_may_say_more_or_less(one, other):
    assert within(one, other)
    assert within(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾市人民政府", "青禾市水务局"),
        ("云川县板桥镇人民政府", "云川县石桥镇人民政府"),
        ("宁夏回族自治区水利厅", "广西壮族自治区水利厅"),
        ("云川自治县水务局", "石桥自治县水务局"),
    ],
)
def test_a_signature_may_not_be_another_body_s(one, other):
    assert not within(one, other)
    assert not same(one, other)


def test_a_body_goes_by_two_names_and_its_office_by_the_body_s():
    assert {"云川县教育局", "云川县体育局"} <= set(borne("云川县教育局（云川县体育局）"))
    assert any(same("云川县人民政府", name) for name in borne("云川县人民政府办公室"))
    assert not any(same("云川县人民政府办公室", name) for name in borne("云川县人民政府"))
