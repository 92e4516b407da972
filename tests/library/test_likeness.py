"""Tunes like a tune: the same in other keys, notations and ornaments; reasons that are true."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import numpy as np
import pytest

from abc_tools.analyse.line import Material
from abc_tools.edit import double_values, transpose_to
from abc_tools.parse import parse, parse_tune
from abc_tools.text import apply
from abc_tools.theory import Key
from abc_tools.tune import Tune
from library import Query
from library.align import agreeing, align, best_shift, best_shifts, likeness, longest_run
from library.catalogue import Library
from library.chance import CLOSE, Table, table
from library.melody import Melody, melody_of, note_shingles, pack, shingles, unpack
from library.reasons import SENTENCES, part, say
from tests.library.conftest import TUNES

OWN = parse(TUNES).tunes


def _moved(tune: Tune) -> str:
    return apply(tune.source, transpose_to(tune, Key("E", -1, tune.key.mode)))[tune.span.start :]


def _doubled(tune: Tune) -> str:
    return apply(tune.source, double_values(tune))[tune.span.start :]


def _without_title(tune: Tune) -> str:
    return re.sub(r"(?m)^[TRCO]:.*\n", "", tune.text)


def _cut(tune: Tune) -> str:
    head, _, body = tune.text.partition("|:")
    return head + body[: len(body) * 2 // 3] if body else tune.text


VERSIONS: dict[str, Callable[[Tune], str]] = {
    "moved": lambda t: _without_title(parse_tune(_moved(t))),
    "doubled": lambda t: _without_title(parse_tune(_doubled(t))),
    "nameless": _without_title,
    "cut": lambda t: _without_title(parse_tune(_cut(t))),
}


@pytest.mark.parametrize("how", VERSIONS)
def test_versions_are_found_first(library: Library, how: str) -> None:
    for tune in OWN:
        found = library.similar(VERSIONS[how](tune), 3)
        assert found[0].title == tune.title, (how, tune.title, found[0].title)


def test_scores_fall_and_are_shares(library: Library) -> None:
    found = library.similar(OWN[0], 7)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True) and scores[0] == 1.0 and min(scores) >= 0
    assert [f.title for f in found[:2]] == ["The Copper Kettle", "The Kettle at Home"]
    assert len({one.id for one in found}) == 7


def test_only_what_fits_is_given(library: Library) -> None:
    found = library.similar(OWN[0], 5, Query(meter="4/4"))
    assert {library.get(f.id).meter for f in found} == {"4/4"} and len(found) == 3
    assert all("same meter" not in f.reason("en") for f in found)
    assert library.similar(OWN[0], 1, same=False)[0].title == "The Kettle at Home"
    assert library.similar(OWN[0], 5, Query(words="月光"))[0].title == "月光小路"


def test_reasons_of_a_version_are_true(library: Library) -> None:
    first = library.similar(VERSIONS["moved"](OWN[0]), 1)[0]
    assert first.reason("en").startswith(
        "100 % of the melody's notes agree when it is moved by -4 semitones"
    )
    assert "46 notes in a row are alike" in first.reason("en") or "notes in a row" in first.reason(
        "en"
    )
    assert "same mode (major)" in first.reason("en") and "调式相同（大调）" in first.reason("zh")
    assert library.similar(OWN[2], 1)[0].reason("zh").startswith("音符完全相同，标题相同")


def test_the_closest_known_tune_and_its_run(library: Library) -> None:
    stolen = "X:1\nM:6/8\nL:1/8\nK:A\nE|Ace aec|dBG Ace|fdB ecA|BGE A2E|EEE FFF|GGG AAA|\n"
    best = library.closest(stolen)
    assert best is not None and best.found.title == "The Copper Kettle"
    # the first three bars and the pickup are a tone higher, then the tunes part
    own = [n.midi + 2 for n in Material(OWN[0]).notes]
    theirs = [n.midi for n in Material(parse_tune(stolen)).notes]
    alike = next(i for i, (a, b) in enumerate(zip(own, theirs, strict=False)) if a != b)
    assert (best.run, best.at) == (alike, 0)
    assert 0.3 < best.share < 0.9 and f"{best.run} notes in a row" in best.sentence("en")
    assert "《The Copper Kettle》" in best.sentence("zh")


def test_a_tune_without_notes_is_told(library: Library) -> None:
    with pytest.raises(ValueError, match="no notes"):
        library.similar("X:1\nT:Rest\nM:4/4\nL:1/4\nK:C\nz4|\n")
    with pytest.raises(ValueError, match="no tune"):
        library.similar("hello")
    with pytest.raises(ValueError, match="1 to 200"):
        library.similar(OWN[0], 0)


def test_an_empty_catalogue_has_nothing(fresh: Library) -> None:
    assert fresh.similar(OWN[0]) == [] and fresh.closest(OWN[0]) is None
    assert fresh.recommend("three jigs") == [] and fresh.search(Query(words="a")) == []


def test_new_tunes_are_compared_at_once(fresh: Library, tunebook: object, tmp_path: object) -> None:
    assert fresh.closest(OWN[0]) is None
    fresh.add([tunebook])  # type: ignore[list-item]
    assert fresh.closest(OWN[0]) is not None


# -- numbers -------------------------------------------------------------------------------------------------


def melody(pitches: list[int], lengths: list[int] | None = None) -> Melody:
    sizes = np.array(lengths or [96] * len(pitches))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return Melody(np.array(pitches), sizes, starts, 192, 0, False)


def test_packing_keeps_a_melody() -> None:
    for tune in OWN:
        one = melody_of(Material(tune))
        two = unpack(pack(one))
        for name in ("pitches", "lengths", "starts"):
            assert (getattr(one, name) == getattr(two, name)).all()
        assert (one.beat, one.pickup, one.thirds) == (two.beat, two.pickup, two.thirds)


def test_shingles_know_no_key_and_no_note_value() -> None:
    one = melody_of(Material(OWN[0]))
    other = Melody(one.pitches + 5, one.lengths, one.starts, one.beat, one.pickup, one.thirds)
    assert (shingles(one) == shingles(other)).all()
    doubled = Melody(
        one.pitches, one.lengths * 2, one.starts * 2, one.beat, one.pickup * 2, one.thirds
    )
    assert (note_shingles(one) == note_shingles(doubled)).all()
    changed = Melody(one.pitches[::-1], one.lengths, one.starts, one.beat, one.pickup, one.thirds)
    assert len(np.intersect1d(shingles(one), shingles(changed))) < len(shingles(one)) / 4


def test_alignment_beside_a_plain_computation() -> None:
    """The table of Smith and Waterman cell by cell, against the one made by whole rows."""
    rng = random.Random(7)
    for _ in range(20):
        a = melody([rng.randrange(60, 72) for _ in range(rng.randrange(2, 14))])
        b = melody([rng.randrange(60, 72) for _ in range(rng.randrange(2, 14))])
        table = np.zeros((len(a) + 1, len(b) + 1))
        for i in range(1, len(a) + 1):
            for j in range(1, len(b) + 1):
                apart = abs(int(a.pitches[i - 1] - b.pitches[j - 1]))
                pair = {0: 1.0, 1: -0.3, 2: -0.4}.get(apart, -0.9)
                table[i, j] = max(
                    0, table[i - 1, j - 1] + pair, table[i - 1, j] - 0.5, table[i, j - 1] - 0.5
                )
        assert align(a, [b], [0])[0] == pytest.approx(table.max(), abs=1e-3)


def test_alignment_of_known_melodies() -> None:
    one = melody([60, 62, 64, 65, 67, 69, 71, 72])
    same, moved = melody([60, 62, 64, 65, 67, 69, 71, 72]), melody([67, 69, 71, 72, 74, 76, 78, 79])
    assert best_shift(one, moved) == -7
    scores = align(one, [same, moved], [0, -7])
    assert scores[0] == scores[1] == pytest.approx(8.0)
    assert agreeing(one, moved, -7) == (8, 0)
    assert likeness(8.0, 8, 8) < likeness(80.0, 80, 80) <= 1.0
    added = melody([60, 62, 64, 90, 65, 67, 69, 71, 72])
    assert agreeing(one, added, 0)[0] == 8
    assert longest_run(one, added) == (5, 3)
    assert longest_run(one, melody([60])) == (0, 0)


def test_every_reason_is_said_in_both_languages() -> None:
    names = re.compile(r"\$(\w+)", re.ASCII)
    terms = {
        "key": "D dorian",
        "mode": "dorian",
        "style": "jig",
        "third": "minor",
        "region": "China",
    }
    for kind, (english, chinese) in SENTENCES.items():
        assert set(names.findall(english)) == set(names.findall(chinese)), kind
        one = part(kind, **{name: terms.get(name, 3) for name in names.findall(english)})
        assert "$" not in say((one,), "en") + say((one,), "zh")
        assert not re.search(r"[\u4e00-\u9fff]", say((one,), "en"))
        assert re.search(r"[\u4e00-\u9fff]", say((one,), "zh")), kind
    with pytest.raises(ValueError, match="fr"):
        say((), "fr")
    with pytest.raises(ValueError, match="luck"):
        part("luck")


def test_many_at_once_are_what_each_is_alone() -> None:
    rng = np.random.default_rng(5)
    asked = melody(rng.integers(55, 80, 40).tolist())
    others = [melody(rng.integers(55, 80, int(size)).tolist()) for size in rng.integers(2, 90, 70)]
    others.append(Melody(asked.pitches + 5, asked.lengths, asked.starts, 192, 0, False))
    shifts = best_shifts(asked, others)
    assert shifts == [best_shift(asked, other) for other in others] and shifts[-1] == -5
    scores = align(asked, others, shifts)
    alone = [align(asked, [other], [shift])[0] for other, shift in zip(others, shifts, strict=True)]
    assert np.allclose(scores, alone, atol=1e-3) and scores.argmax() == len(others) - 1


def test_what_is_more_than_chance_is_judged_by_length_and_by_how_many_are_known() -> None:
    table = Table((20, 40), (0.5, 0.9), ((0.7, 0.9), (0.5, 0.7)), ((8, 12), (6, 10)), 100,
                  {"nearness": 0.02, "run": 2.0})  # fmt: skip
    assert table.rarer_than(19, 1.0, 19) is None, "too short to be told from chance"
    assert table.rarer_than(20, 0.69, 8) == 0.0 and table.rarer_than(20, 0.71, 0) == 0.5
    assert table.rarer_than(20, 0.0, 13) == 0.9 and table.rarer_than(400, 0.71, 0) == 0.9
    assert table.rarer_than(28, 0.8, 0) == 0.5 < table.rarer_than(29, 0.81, 0)  # type: ignore[operator]
    assert table.rarer_than(40, 0.71, 0, 50) == 0.9, "fewer known tunes are no excuse"
    assert table.rarer_than(40, 0.71, 0, 200) == 0.5, "more of them bring more by chance"


def test_the_measured_limits_fall_with_length_and_rise_with_the_level() -> None:
    measured = table()
    assert measured.levels[-1] == CLOSE and measured.known > 10_000
    assert list(measured.knots) == sorted(measured.knots)
    for rows in (measured.nearness, measured.run):
        assert len(rows) == len(measured.knots)
        assert all(list(row) == sorted(row) and len(row) == len(measured.levels) for row in rows)
    assert measured.nearness[0][-1] > measured.nearness[-1][-1]


def test_a_copy_is_said_to_be_close_and_a_made_up_tune_is_not(library: Library) -> None:
    copy = library.closest(_moved(OWN[0]))
    assert copy is not None and copy.close and copy.rarer == CLOSE
    assert "at least 99 of 100 unrelated tunes" in copy.sentence()
    assert "至少有99首" in copy.sentence("zh")
    rng = random.Random(4)
    names = "CDEFGABcdefg"
    notes = "|".join("".join(rng.choice(names) for _ in range(8)) for _ in range(8))
    made = library.closest(f"X:1\nM:4/4\nL:1/8\nK:C\n{notes}|]\n")
    assert made is None or (not made.close and "chance" in made.sentence())
    short = library.closest("\n".join(OWN[0].text.split("\n")[:-1]).split("|")[0] + "GABc|]\n")
    assert short is None or short.rarer is None or short.notes >= 20
