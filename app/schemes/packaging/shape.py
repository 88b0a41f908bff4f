"""The shape of a merged scheme package as far as rules read it; the JSON Schema describes the whole."""

from typing import NotRequired, TypedDict

Text = dict[str, str]


class Header(TypedDict):
    """Who the scheme is, and in which languages it speaks: wholly, and in part."""

    code: str
    version: str
    title: Text
    languages: list[str]
    partial_languages: NotRequired[list[str]]


class Phase(TypedDict):
    """A growth phase of an SME."""

    code: str


class Mapping(TypedDict):
    """What a unit or an element corresponds to in another framework."""

    framework: str
    uri: NotRequired[str]


class Element(TypedDict):
    """An element of the skill card; `descriptors` is text by level (as text), then language."""

    code: str
    critical: bool
    mappings: NotRequired[list[Mapping]]
    descriptors: dict[str, Text]


class Unit(TypedDict):
    """A unit of the skill card."""

    code: str
    mappings: NotRequired[list[Mapping]]
    elements: list[Element]


class LevelItem(TypedDict):
    """One level; `serves` says what it may do in each growth phase: alone, with_lead or none."""

    level: int
    code: str
    certifiable: bool
    serves: dict[str, str]


class Levels(TypedDict):
    """All levels of the scheme, from the lowest."""

    items: list[LevelItem]


class Task(TypedDict):
    """One task of the job, with importance and frequency from 1 to 5 and the elements it calls for."""

    code: str
    importance: int
    frequency: int
    elements: list[str]


class Job(TypedDict):
    """The job and task description."""

    tasks: list[Task]


class Requirement(TypedDict):
    """One requirement; which members it has follows from its kind. `thresholds` is a decimal by level."""

    id: str
    title: Text
    kind: str
    measure: NotRequired[str]
    window_months: NotRequired[int]
    period_months: NotRequired[int]
    thresholds: NotRequired[dict[str, str]]
    component: NotRequired[str]


class CompletedEngagement(TypedDict):
    """When an engagement counts as completed."""

    milestones_required: list[str]


class Counting(TypedDict):
    """What counts towards practice."""

    completed_engagement: CompletedEngagement


class Coded(TypedDict):
    """Anything with a code."""

    code: str


class Requirements(TypedDict, total=False):
    """The prerequisites, or the reason why there are none."""

    items: list[Requirement]
    counting: Counting
    milestones: list[Coded]


class BlueprintLine(TypedDict):
    """How many items of a test come from one unit."""

    unit: str
    items: int


class Component(TypedDict):
    """One part of the assessment."""

    code: str
    kind: str
    purposes: list[str]
    method: str
    levels: list[int]
    scoring: str
    items: NotRequired[int]
    blueprint_basis: NotRequired[str]
    blueprint: NotRequired[list[BlueprintLine]]
    engagements: NotRequired[dict[str, int]]
    checks_requirements: NotRequired[list[str]]


class StandardSetting(TypedDict, total=False):
    """How cuts are found, and for which components and levels; or the reason why no component has a cut."""

    components: list[str]
    cuts_for_levels: list[int]


class Assessment(TypedDict):
    """The assessment plan."""

    rounding: dict[str, object]
    components: list[Component]
    reconciliation: dict[str, str]
    adjudication: dict[str, object]
    standard_setting: StandardSetting


class CoverageRow(TypedDict):
    """Which components measure an element, and which one gives its rating in the profile."""

    element: str
    entry: list[str]
    continuing: list[str]
    final: list[str]
    rating_from: str


class UpkeepComponent(TypedDict):
    """One part of the recertification; `same_as` names the assessment component it repeats."""

    code: str
    same_as: NotRequired[str]
    elements: list[str]


class Upkeep(TypedDict, total=False):
    """Surveillance or recertification; surveillance may be a reason why there is none."""

    requirements: list[Requirement]
    components: list[UpkeepComponent]


class EndorsementRule(TypedDict):
    """What an endorsement asks for."""

    minimum_level: int


class Endorsements(TypedDict, total=False):
    """Sector endorsements, or the reason why there are none."""

    items: list[Coded]
    rule: EndorsementRule


class Study(TypedDict):
    """The record that a component's method is valid."""

    component: str
    completed_on: str


class PracticeAnalysis(TypedDict):
    """What the job and its tasks were drawn from."""

    completed_on: str


class Studies(TypedDict):
    """The studies behind the scheme."""

    practice_analysis: PracticeAnalysis
    methods: list[Study]


class TransitionRule(TypedDict):
    """What becomes of an older version; deadline and extra assessment only where cases may have to move."""

    from_version: str
    applications_months: int
    open_cases: str
    deadline_months: NotRequired[int]
    extra_assessment: NotRequired[list[str]]


class Transition(TypedDict):
    """How holders and candidates move to this version."""

    rules: list[TransitionRule]


class Agreement(TypedDict):
    """What a person agrees to when she applies."""

    version: int
    text: Text


class Package(TypedDict):
    """A merged scheme package that has passed the JSON Schema."""

    scheme: Header
    phases: list[Phase]
    endorsements: Endorsements
    parameters: dict[str, int]
    job: Job
    levels: Levels
    units: list[Unit]
    requirements: Requirements
    assessment: Assessment
    coverage: list[CoverageRow]
    surveillance: Upkeep
    recertification: Upkeep
    agreement: Agreement
    studies: Studies
    transition: Transition
