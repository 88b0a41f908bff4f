"""The five milestones in words, read once from `milestones.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from app.practice.rules import Milestone, MilestoneText

_FILE = Path(__file__).with_name("milestones.yaml")


@cache
def milestone_texts() -> Mapping[Milestone, MilestoneText]:
    """Return title and indicators of each milestone, in the order in which an engagement reaches them."""
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {kind: MilestoneText(**read[kind]) for kind in Milestone}
