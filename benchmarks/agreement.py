"""Agreement of 1,000,000 ratings against krippendorff and statsmodels: time, memory, and the same estimates.

    python -m benchmarks.agreement [rounds]

200,000 units, 5 raters, 5 categories (for two raters: 1,000,000 pairs). Ours and the yardstick take turns on
the same arrays. Neither library has intraclass correlations: there krippendorff's interval alpha is the
yardstick, which rests on the same mean squares (alpha = 1 - within / total). Neither has Gwet's AC: there
statsmodels' Randolph kappa is, which rests on the same observed agreement.
"""

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import krippendorff
import numpy as np
from statsmodels.stats import inter_rater

from assessments.agreement import (
    IccForm,
    IccResult,
    Level,
    Weights,
    agreement_rate,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    krippendorff_alpha,
)

ROUNDS = 5
TARGET = 0.5
MEGABYTES = 500
RESAMPLES = 1000
SECONDS = 2.0
SCALE = (1, 2, 3, 4, 5)


@dataclass
class Contest:
    name: str
    ours: Callable[[], float]
    yardstick: Callable[[], float]


def ratings(missing: float) -> np.ndarray:
    chance = np.random.default_rng(7)
    level = chance.normal(3, 1, (200_000, 1)) + chance.normal(0, 0.6, (200_000, 5))
    table = np.clip(np.round(level), 1, 5)
    table[chance.random(table.shape) < missing] = np.nan
    return table


def alpha_from(result: IccResult) -> float:
    n, k, squares = result.provenance.n_persons, result.provenance.n_items, result.mean_squares
    total = (squares.units * (n - 1) + squares.within * n * (k - 1)) / (n * k - 1)
    return 1 - squares.within / total


def alphas(name: str, table: np.ndarray) -> list[Contest]:
    turned = np.ascontiguousarray(table.T)
    return [
        Contest(
            f"alpha {level.value} {name}",
            lambda level=level: krippendorff_alpha(table, level=level, categories=SCALE).estimate.value,
            lambda level=level: krippendorff.alpha(
                turned, level_of_measurement=level.value, value_domain=SCALE
            ),
        )
        for level in Level
    ]


def kappas(first: np.ndarray, second: np.ndarray) -> list[Contest]:
    pairs = np.column_stack([first, second]).astype(int)
    names = {Weights.NONE: None, Weights.LINEAR: "linear", Weights.QUADRATIC: "quadratic"}

    def crossed() -> np.ndarray:
        return inter_rater.to_table(pairs)[0]

    contests = [
        Contest(
            f"Cohen {weights.value}",
            lambda weights=weights: (
                cohen_kappa(first, second, categories=SCALE, weights=weights).estimate.value
            ),
            lambda wt=wt: inter_rater.cohens_kappa(crossed(), wt=wt).kappa,
        )
        for weights, wt in names.items()
    ]
    exact = Contest(
        "exact agreement",
        lambda: agreement_rate(first, second, categories=SCALE).estimate.value,
        lambda: float(np.trace(crossed()) / len(pairs)),
    )
    return [*contests, exact]


def many(table: np.ndarray) -> list[Contest]:
    whole, turned = table.astype(int), np.ascontiguousarray(table.T)

    def counted(method: str) -> float:
        return inter_rater.fleiss_kappa(inter_rater.aggregate_raters(whole)[0], method=method)

    def observed() -> float:
        return 1 - gwet_ac(table, categories=SCALE).observed_disagreement * len(SCALE) / (len(SCALE) - 1)

    correlations = [
        Contest(
            f"ICC({form.value})",
            lambda form=form: alpha_from(icc(table, form=form)),
            lambda: krippendorff.alpha(turned, level_of_measurement="interval", value_domain=SCALE),
        )
        for form in IccForm
    ]
    fleiss = Contest(
        "Fleiss",
        lambda: fleiss_kappa(table, categories=SCALE).estimate.value,
        lambda: counted("fleiss"),
    )
    return [fleiss, Contest("Gwet AC1", observed, lambda: counted("randolph")), *correlations]


def timed(call: Callable[[], float]) -> tuple[float, float]:
    began = time.perf_counter()
    value = call()
    return time.perf_counter() - began, value


def peak(call: Callable[[], float]) -> float:
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def run(contest: Contest, rounds: int) -> bool:
    memory = peak(contest.ours)
    turns = [(timed(contest.ours), timed(contest.yardstick)) for _ in range(rounds)]
    ours = statistics.median(turn[0][0] for turn in turns)
    yardstick = statistics.median(turn[1][0] for turn in turns)
    apart = abs(turns[0][0][1] - turns[0][1][1])
    met = ours <= TARGET * yardstick and apart < 1e-9 and memory < MEGABYTES
    print(
        f"P7 ours={ours:.4f}s yardstick={yardstick:.4f}s ratio={ours / yardstick:.3f} target={TARGET}"
        f" {'met' if met else 'short'} {contest.name} difference={apart:.0e} memory={memory:.0f}MB",
        flush=True,
    )
    return met


def bootstrap(table: np.ndarray, rounds: int) -> bool:
    def ours() -> float:
        rng = np.random.default_rng(7)
        return krippendorff_alpha(
            table, level=Level.ORDINAL, categories=SCALE, resamples=RESAMPLES, rng=rng
        ).estimate.value

    took = statistics.median(timed(ours)[0] for _ in range(rounds))
    met = took <= SECONDS
    print(
        f"P7 ours={took:.4f}s target={SECONDS}s {'met' if met else 'short'}"
        f" alpha ordinal with gaps, {RESAMPLES} resamples, memory={peak(ours):.0f}MB"
    )
    return met


def main(rounds: int) -> bool:
    full, gaps = ratings(0.0), ratings(0.2)
    first = full.ravel()
    second = np.clip(first + np.random.default_rng(8).integers(-1, 2, first.size), 1, 5)
    contests = [*alphas("full", full), *alphas("with gaps", gaps), *many(full), *kappas(first, second)]
    kept = [run(contest, rounds) for contest in contests]
    return all([*kept, bootstrap(gaps, rounds)])


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS) else 1)
