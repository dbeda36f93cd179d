"""The largest integer every quantity can hold: within 64 bits, or refused, never wrapped."""

import pytest
from packs import compiled, faults, pack_text

LARGEST = 2**63 - 1
PRODUCT = """
    facts: {{x: {{TWO, unit: đồng{most}}}}}
    define: {{v: {{TWO, SAID, times: [x, {times}]}}}}
"""


def test_every_quantity_knows_its_bounds() -> None:
    """From the bounds of the facts on; a fact without `max` holds 10^12 steps, 10^15 đồng."""
    graph = compiled(
        pack_text("""
            facts:
              x: {TWO, unit: head}
              y: {TWO, unit: head, min: 2 head, max: 5 head}
              z: {TWO, unit: đồng}
            define: {v: {TWO, less: [y, x]}}
        """)
    )
    [v] = graph.main.definitions
    bounds = [graph.nodes[i][-2:] for i in (0, 1, 2, v.node)]

    assert bounds == [(0, 10**12), (2, 5), (0, 10**15), (2 - 10**12, 5)]
    assert graph.facts[0].limit == 10**12
    assert graph.facts[0].most is None


@pytest.mark.parametrize(
    ("most", "times", "fits"),
    [
        ("", "9_223", True),  # 9.223 * 10^18 is within 2^63 - 1
        ("", "9_224", False),
        ("", "-9_223", True),
        ("", "-9_224", False),
        (", max: 1_000 đồng", "9_223_372_036_854_775", True),
        (", max: 1_000 đồng", "9_223_372_036_854_776", False),
    ],
)
def test_beyond_64_bits_is_refused(most: str, times: str, fits: bool) -> None:
    """The fault names what overflows, how far, and the remedy."""
    found = faults(
        pack_text(PRODUCT.format(most=most, times=times).replace("SAID", "cite: {TWO}, quote: q"))
    )

    assert (found == []) is fits
    if not fits:
        [fault] = found
        assert "`v` can grow past 64 bits" in fault
        assert "give its facts a `max`" in fault


def test_a_ratio_is_multiplied_out_within_64_bits() -> None:
    """Both sides of the comparison are looked at, not the ratio alone."""
    [fault] = faults(
        pack_text("""
            facts: {x: {TWO, unit: head}, y: {TWO, unit: person}}
            provisions:
              "1": {SAID, require: {ratio: {of: x, per: y}, at_least: 12345678.9 head/person}}
        """)
    )

    assert "past 64 bits" in fault
    assert str(LARGEST)[:3] not in fault


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ("{times: [area, 9_223_372], at_least: 1}", True),  # of 10^12 steps at most
        ("{times: [area, 9_223_373], at_least: 1}", False),
        ("{ratio: {of: part, per: area}, at_least: 33.33 %}", True),
        ("{ratio: {of: part, per: area}, at_least: 33.33333333 %}", False),
    ],
)
def test_what_a_member_is_asked_keeps_within_64_bits(where: str, fits: bool) -> None:
    """A condition over the members of a list as any other: columns of them wrap too."""
    found = faults(
        pack_text(f"""
            facts:
              plots:
                vi: v
                en: e
                kind: list
                fields: {{area: {{TWO, unit: item}}, part: {{TWO, unit: item}}}}
            define: {{n: {{TWO, SAID, count: plots, where: {{require: {where}}}}}}}
        """)
    )

    assert (found == []) is fits
    assert fits or "`n` can grow past 64 bits" in found[0]


def test_every_overflow_of_a_pack_is_shown() -> None:
    """Not the first alone."""
    found = faults(
        pack_text("""
            facts: {x: {TWO, unit: đồng}, y: {TWO, unit: đồng}}
            define:
              v: {TWO, cite: {TWO}, quote: q, times: [x, 100_000]}
              w: {TWO, cite: {TWO}, quote: q, times: [y, 100_000]}
        """)
    )

    assert [fault.split("`")[1] for fault in found] == ["v", "w"]
