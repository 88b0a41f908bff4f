"""Small skill cards for the tests, made by plain functions."""

from decimal import Decimal

from skillcard.framework import Element, Framework, Level, LevelRule, Unit, UnitKind

RULE = LevelRule(critical_offset=0, other_offset=-1, unit_mean_offset=Decimal("-0.5"))


def an_element(code: str, *, critical: bool = False) -> Element:
    return Element(
        code=code,
        unit=code.split(".", maxsplit=1)[0],
        title={"en": code},
        critical=critical,
        descriptors={level: {"en": f"{code} done as in step {int(level)}"} for level in Level},
    )


def a_unit(code: str, *, plain: int, critical: int) -> Unit:
    elements = [an_element(f"{code}.{n + 1}", critical=n < critical) for n in range(plain + critical)]
    return Unit(code=code, title={"en": code}, kind=UnitKind.SOFT, elements=tuple(elements))


def a_framework(rule: LevelRule = RULE, levels: tuple[Level, ...] = tuple(Level)) -> Framework:
    """Two units: A with one critical element and three others, B with three others and none critical."""
    return Framework(
        code="T",
        units=(a_unit("A", plain=3, critical=1), a_unit("B", plain=3, critical=0)),
        rule=rule,
        levels=levels,
    )


def all_at(level: int, **other: int) -> dict[str, int]:
    """Every element at one level, except those named (`A_1=0` means element A.1)."""
    ratings = {element.code: level for element in a_framework().elements}
    return ratings | {code.replace("_", "."): value for code, value in other.items()}


def a_document() -> dict[str, object]:
    """The smallest document that holds a skill card."""
    return {
        "scheme": {"code": "T"},
        "levels": {
            "rule": {"critical_offset": 0, "other_offset": -1, "unit_mean_offset": "-0.5"},
            "items": [{"level": 1}, {"level": 2}],
        },
        "units": [
            {
                "code": "T/U1",
                "kind": "hard",
                "title": {"en": "Unit"},
                "elements": [
                    {
                        "code": "T/U1.1",
                        "title": {"en": "Element"},
                        "critical": True,
                        "descriptors": {"1": {"en": "asks"}, "2": {"en": "answers"}},
                    }
                ],
            }
        ],
    }
