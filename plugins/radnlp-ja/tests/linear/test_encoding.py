"""How a report becomes features: hashed, and the same for every way to write the same characters."""

import numpy as np
import pytest
from radnlp_ja.cues import shipped_cues
from radnlp_ja.linear.encoding import BLOCKS, BUCKETS, Views, encode, facts, features
from radnlp_ja.linear.structure import EDGES
from radnlp_ja.training.reports import report_of, view_of


def encoded(*sentences, views=None):
    views = views or Views()
    return encode(view_of(report_of("r", sentences)), shipped_cues(), views)


def test_half_width_kana_wide_digits_and_references_change_nothing():
    plain = encoded("右肺上葉にスリガラス影を認めます。", "大きさは5mmです。")
    other = encoded("右肺上葉にｽﾘｶﾞﾗｽ影を認めます。", "大きさは７ｍｍです[#1-2]。")
    for block in BLOCKS:
        for one, two in zip(plain.blocks[block.name], other.blocks[block.name], strict=True):
            np.testing.assert_array_equal(one, two)


def test_a_sentence_is_described_by_its_neighbours_and_alone_when_asked():
    one = encoded("結節を認めます。", "辺縁は不整です。")
    two = encoded("胸水を認めます。", "辺縁は不整です。")

    def second(report, context):
        row = features(report, context=context, with_facts=False)
        return set(row.buckets[row.sentence[row.group] == 1].tolist())

    assert second(one, True) != second(two, True)
    assert second(one, False) == second(two, False)


def test_facts_say_whether_a_sentence_stays_with_the_organ_before():
    stays = encoded("肝臓に結節を認めます。", "肝臓の結節は増大しています。")
    leaves = encoded("肝臓に結節を認めます。", "脾臓の結節は増大しています。")
    same, new = EDGES.index("same_organ"), EDGES.index("new_organ")
    assert (stays.edges[1, same] > 0, stays.edges[1, new] > 0) == (True, False)
    assert (leaves.edges[1, same] > 0, leaves.edges[1, new] > 0) == (False, True)


def test_without_mentions_terms_say_nothing():
    def facts_of(sentence, views):
        return encoded(sentence, views=views).blocks["facts"][0].tolist()

    quiet = Views(mentions=False)
    assert facts_of("結節を認めます。", quiet) == facts_of("腫瘤を認めます。", quiet)
    assert facts_of("結節を認めます。", Views()) != facts_of("腫瘤を認めます。", Views())


def test_wordings_that_say_the_same_are_one_sign():
    cues = shipped_cues()
    assert cues.plain("結節を認めます") == cues.plain("結節がみられる")
    assert cues.plain("肺癌を疑います") == cues.plain("肺癌と考えられる")
    assert cues.plain("異常を認めません") == cues.plain("異常なし")
    assert cues.plain("結節を認めます") != cues.plain("結節を認めません")


def test_each_row_has_the_length_of_its_block_whatever_the_sentence():
    row = features(encoded("右肺上葉に結節を認めます。", "胸水はありません。"), context=True, with_facts=True)
    known = np.ones(len(row.buckets), dtype=bool)
    values = row.values(known, np.full(len(row.buckets), 2.0))
    lengths = np.sqrt(np.bincount(row.group, weights=values**2))
    filled = np.bincount(row.group) > 0
    np.testing.assert_allclose(lengths[filled], row.length[: len(lengths)][filled])


@pytest.mark.parametrize("sentences", [(), ("",), ("", "。", "  "), ("！？#＊",), ("あ" * 5000,), ("\ud800",)])
def test_every_text_has_features_in_range(sentences):
    found = encoded(*sentences)
    for row in (features(found, context=True, with_facts=True), facts(found)):
        assert ((row.buckets >= 0) & (row.buckets < BUCKETS)).all()
        assert len(row.sentence) == 0 or row.sentence.max() == len(sentences) - 1
