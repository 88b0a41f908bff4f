import subprocess
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError
from assessments.examiners import ModerationRule, Reason, Script, moderation_sample
from assessments.results import document

RULE = ModerationRule(cut=Decimal("60"), margin=Decimal("2.5"), share=Fraction(1, 10), least=3)
SCRIPTS = [
    Script(f"c{number:02}", examiner, Decimal(score))
    for examiner in ("Ana", "Ben")
    for number, score in enumerate([40, "57.4", "57.5", 60, "62.5", "62.6", *range(70, 90)])
]


def test_all_near_the_line_and_all_failed_come_first_and_some_clear_passes_after():
    sample = moderation_sample(SCRIPTS, rule=RULE, seed="2026-11-22")

    own = [one for one in sample.drawn if one.examiner == "Ana"]
    assert [one.reason.value for one in own] == ["near_line"] * 3 + ["failed"] * 2 + ["random"] * 3
    assert {one.candidate for one in own[:3]} == {"c02", "c03", "c04"}
    assert {one.candidate for one in own[3:5]} == {"c00", "c01"}
    assert [(s.examiner, s.scripts, s.near_line, s.failed, s.random) for s in sample.strata] == [
        ("Ana", 26, 3, 2, 3),
        ("Ben", 26, 3, 2, 3),
    ]
    document(sample)


def test_the_order_can_be_recomputed_with_standard_tools():
    seed = "beacon 4711 é"
    passes = [script for script in SCRIPTS if script.examiner == "Ana" and script.score > Decimal("62.5")]

    def by_shell(script: Script) -> str:
        command = ["sh", "-c", r"""printf '%s\n%s\n%s' "$1" "$2" "$3" | sha256sum""", "sh"]
        ran = subprocess.run(
            [*command, seed, script.examiner, script.candidate], capture_output=True, check=True
        )
        return ran.stdout.split()[0].decode()

    expected = sorted((by_shell(script), script.candidate) for script in passes)[:3]
    sample = moderation_sample(SCRIPTS, rule=RULE, seed=seed)

    drawn = [one for one in sample.drawn if one.examiner == "Ana" and one.reason is Reason.RANDOM]
    assert [(one.digest, one.candidate) for one in drawn] == expected


def test_a_known_sample_never_changes():
    sample = moderation_sample(SCRIPTS, rule=RULE, seed="seed")

    drawn = [(one.examiner, one.candidate) for one in sample.drawn if one.reason is Reason.RANDOM]
    assert drawn == [
        ("Ana", "c23"),
        ("Ana", "c15"),
        ("Ana", "c20"),
        ("Ben", "c14"),
        ("Ben", "c24"),
        ("Ben", "c05"),
    ]


@given(st.permutations(SCRIPTS))
def test_the_order_of_scripts_does_not_matter(scripts):
    assert moderation_sample(scripts, rule=RULE, seed="s") == moderation_sample(SCRIPTS, rule=RULE, seed="s")


@given(st.fractions(0, 1), st.integers(0, 30))
def test_the_share_is_rounded_up_and_never_below_the_least(share, least):
    rule = ModerationRule(RULE.cut, RULE.margin, share, least)

    (stratum,) = moderation_sample(SCRIPTS[:26], rule=rule, seed="s").strata

    assert stratum.random == min(21, max(least, -(-21 * share.numerator // share.denominator)))


def test_every_clear_pass_is_as_likely_as_another():
    rule = ModerationRule(RULE.cut, RULE.margin, Fraction(0), 1)
    first = [
        moderation_sample(SCRIPTS[:26], rule=rule, seed=str(seed)).drawn[-1].candidate for seed in range(2100)
    ]

    counts = [first.count(f"c{number:02}") for number in range(5, 26)]

    # Chi-square with 20 degrees of freedom; 45.3 is passed once in a thousand.
    assert sum(counts) == 2100
    assert sum((count - 100) ** 2 / 100 for count in counts) < 45.3


def test_no_scripts_give_an_empty_sample():
    assert moderation_sample([], rule=RULE, seed="s").drawn == ()


@pytest.mark.parametrize(
    ("scripts", "change", "seed", "code"),
    [
        (SCRIPTS, {}, "", "seed_missing"),
        (SCRIPTS, {}, "a\nb", "line_break"),
        (SCRIPTS, {"cut": Decimal("NaN")}, "s", "not_finite"),
        (SCRIPTS, {"margin": Decimal("-1")}, "s", "margin_negative"),
        (SCRIPTS, {"share": Fraction(3, 2)}, "s", "share_out_of_range"),
        (SCRIPTS, {"least": -1}, "s", "least_negative"),
        ([Script("a\nb", "Ana", Decimal(1))], {}, "s", "line_break"),
        ([Script("a", "Ana", Decimal("Infinity"))], {}, "s", "not_finite"),
        ([SCRIPTS[0], SCRIPTS[0]], {}, "s", "script_repeated"),
    ],
)
def test_what_cannot_be_drawn_from_is_refused(scripts, change, seed, code):
    rule = ModerationRule(
        **({"cut": RULE.cut, "margin": RULE.margin, "share": RULE.share, "least": 3} | change)
    )

    with pytest.raises(AssessmentError) as refused:
        moderation_sample(scripts, rule=rule, seed=seed)

    assert refused.value.code == code
