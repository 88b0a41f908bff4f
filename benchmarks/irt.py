"""P7: a two-parameter calibration of 10,000 candidates on 100 items, beside girth and Python's mirt.

    python -m benchmarks.irt [rounds of girth]

Every calibration runs in a process of its own with one thread for linear algebra, as beside other workers of
a service; programs alternate, and medians are compared. Ours and mirt give standard errors, girth gives none.
The log-likelihood of everyone's estimates is taken by one function on the same 61 nodes, and ours may not be
lower by more than .01. A last line tells the conditional Rasch calibration of the same responses.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from girth import twopl_mml
from mirt import fit_mirt

from assessments.irt.conditional import fit_rasch_cml
from assessments.irt.fitting import fit_irt
from assessments.irt.models import Model

PERSONS, ITEMS, NODES = 10_000, 100, 61
TARGETS = {"girth": 0.15, "mirt": 0.6}
CML_SECONDS, LARGEST_MB = 2.0, 500
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ROUNDS = 5


def responses() -> np.ndarray:
    """Simulate as the plan says: slopes exp(N(0, .3)), difficulties and abilities standard normal."""
    rng = np.random.default_rng(20261122)
    slopes, difficulties = np.exp(rng.normal(0, 0.3, ITEMS)), rng.normal(size=ITEMS)
    theta = rng.normal(size=(PERSONS, 1))
    return (rng.random((PERSONS, ITEMS)) < 1 / (1 + np.exp(-slopes * (theta - difficulties)))).astype(int)


def log_likelihood(x: np.ndarray, slopes: np.ndarray, difficulties: np.ndarray) -> float:
    theta = np.linspace(-6, 6, NODES)
    logits = slopes[:, None] * (theta - difficulties[:, None])
    weight = -(theta**2) / 2 - np.log(np.exp(-(theta**2) / 2).sum())
    each = x @ logits - np.logaddexp(0, logits).sum(axis=0) + weight
    top = each.max(axis=1)
    return float((top + np.log(np.exp(each - top[:, None]).sum(axis=1))).sum())


def ours(x: np.ndarray) -> tuple[list[float], list[float]]:
    fit = fit_irt(x, model=Model.TWO_PL, nodes=NODES)
    assert fit.converged
    return [each.slope.value for each in fit.items], [each.location.value for each in fit.items]


def cml(x: np.ndarray) -> tuple[list[float], list[float]]:
    return [1.0] * ITEMS, [each.difficulty.value for each in fit_rasch_cml(x).items]


def girth(x: np.ndarray) -> tuple[list[float], list[float]]:
    found = twopl_mml(x.T, {"quadrature_n": NODES})
    return found["Discrimination"].tolist(), found["Difficulty"].tolist()


def mirt(x: np.ndarray) -> tuple[list[float], list[float]]:
    found = fit_mirt(x, "2PL", n_quadpts=NODES).model.parameters
    return found["discrimination"].tolist(), found["difficulty"].tolist()


PROGRAMS: dict[str, Callable[[np.ndarray], tuple[list[float], list[float]]]] = {
    "ours": ours, "mirt": mirt, "girth": girth, "cml": cml,
}  # fmt: skip


def measure(name: str) -> None:
    """Run one program here, on data made before the clock starts, and print what it took."""
    x = responses()
    PROGRAMS[name](x[:1_000])  # imports and first-time work are not what is compared
    began = time.perf_counter()
    slopes, difficulties = PROGRAMS[name](x)
    seconds = time.perf_counter() - began
    fit = log_likelihood(x, np.array(slopes), np.array(difficulties))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "log_likelihood": fit, "megabytes": megabytes}))


def apart(name: str) -> dict[str, float]:
    """Run one program in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.irt", "--measure", name]
    told = subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True)
    return json.loads(told.stdout.splitlines()[-1])


def main(girth_rounds: int) -> None:
    told: dict[str, list[dict[str, float]]] = {name: [] for name in PROGRAMS}
    for number in range(ROUNDS):
        for name in PROGRAMS:
            if name != "girth" or number < girth_rounds:
                told[name].append(apart(name))
    seconds = {name: statistics.median(one["seconds"] for one in runs) for name, runs in told.items()}
    best, memory = told["ours"][0]["log_likelihood"], max(one["megabytes"] for one in told["ours"])
    for name, target in TARGETS.items():
        ratio, theirs = seconds["ours"] / seconds[name], told[name][0]["log_likelihood"]
        is_met = ratio <= target and best >= theirs - 0.01 and memory < LARGEST_MB
        print(
            f"P7 ours={seconds['ours']:.2f}s yardstick={name} {seconds[name]:.2f}s ratio={ratio:.3f}"
            f" target={target} {'met' if is_met else 'short'}"
            f" (logL ours={best:.3f} {name}={theirs:.3f}, memory {memory:.0f} MB)"
        )
    print(
        f"P7 ours={seconds['cml']:.2f}s yardstick=conditional Rasch ratio={seconds['cml'] / CML_SECONDS:.3f}"
        f" target={CML_SECONDS}s {'met' if seconds['cml'] <= CML_SECONDS else 'short'}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
