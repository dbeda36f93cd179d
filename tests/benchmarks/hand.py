"""Resolution 08/2019 as a patient programmer would write it: the baseline of `bench_decide`.

From validated integers (heads, trees, 0.01 m², litres, kilograms) it gives the 20 leaves with what
is possible and the shortfall, the points above them, and the review of 7.2.c. A missing fact is
anything from 0 up. Outcomes are bits: 1 met, 2 not met.
"""

from __future__ import annotations

HA = 1_000_000  # steps of 0.01 m2
SINGLE = (
    ("seedlings_per_year", 1_000_000),
    ("tissue_culture_seedlings_per_year", 500_000),
    ("medicinal_nursery_area", 1_000 * 100),
    ("sows", 100),
    ("other_livestock", 300),
    ("poultry", 1_000),
    ("vegetable_area", 2 * HA),
    ("greenhouse_vegetable_area", 1_000 * 100),
    ("industrial_crop_area", 5 * HA),
    ("perennial_crop_area", 5 * HA),
    ("fruit_tree_area", 5 * HA),
    ("forest_area", 5 * HA),
    ("medicinal_plant_area", 1 * HA),
    ("pond_area", 1 * HA),
    ("cage_volume", 1_000_000),
    ("drying_capacity", 30_000),
    ("fresh_storage_capacity", 200_000),
    ("seed_storage_capacity", 30_000),
)
LARGE = ("buffaloes", "cattle", "horses")
BREEDING = ("breeding_buffaloes", "breeding_cows")
FOUR = ("industrial_crop_area", "perennial_crop_area", "fruit_tree_area", "forest_area")


def leaf(value: int | None, threshold: int) -> tuple[int, int | None]:
    """What is possible of one quantity and its shortfall."""
    if value is None:
        return 3, None
    return (1, None) if value >= threshold else (2, threshold - value)


def summed(case: dict[str, int], facts: tuple[str, ...], threshold: int) -> tuple[int, int | None]:
    """The same of a sum."""
    total, unknown = 0, False
    for fact in facts:
        value = case.get(fact)
        if value is None:
            unknown = True
        else:
            total += value
    if total >= threshold:
        return 1, None
    return (3, None) if unknown else (2, threshold - total)


def any_of(parts: list[tuple[int, int | None]]) -> int:
    """Met where one is, open where one may be, else not met."""
    out = 2
    for truth, _ in parts:
        if truth == 1:
            return 1
        out |= truth
    return out


def hand(case: dict[str, int]) -> tuple[list[tuple[int, int | None]], tuple[int, ...]]:
    """The 20 leaves, and the points a, b, c, d, 7.2, 8.2.b and the verdict."""
    get = case.get
    one = [leaf(get(fact), threshold) for fact, threshold in SINGLE]
    large, breeding = summed(case, LARGE, 50), summed(case, BREEDING, 50)
    a = any_of(one[:3])
    b = any_of([large, *one[3:6], breeding])
    c = any_of(one[6:13])
    d = any_of(one[13:15])
    storage = any_of(one[15:])
    if c == 2:
        four = summed(case, FOUR, 5 * HA)[0]
        other = get("other_crop_area")
        if four & 1 or other is None or other >= 2 * HA:
            c = 3
    points = (a, b, c, d)
    whole = 1 if 1 in points else 3 if 3 in points else 2
    verdict = 1 if 1 in (whole, storage) else 3 if 3 in (whole, storage) else 2
    return [large, breeding, *one], (a, b, c, d, whole, storage, verdict)
