"""What the API accepts and tells about panel studies."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Code, Line, Prose, Schema
from app.itembank.rules import FormState
from app.itembank.rules.studies import JudgeState, RoundState, SheetState, StudyState
from app.itembank.schemas.items import BestWorstContent, EffectivenessContent, RubricLine

_ID = "01890000-0000-7000-8000-000000000003"
Hundredths = Annotated[int, Field(ge=0, le=100)]
LevelCode = Annotated[str, Field(pattern=r"^[1-5]$")]


class LevelDescription(Schema):
    """Who is only just competent at a level, as the panel is to imagine her."""

    level: int = Field(ge=1, le=5, examples=[3])
    minimally_competent: Prose = Field(
        examples=["Guides one firm through a first growth step, with help on money."]
    )


class TrainingCreate(Schema):
    """Items of another form of the component, on which the panel learns to rate before it begins."""

    form_id: UUID = Field(examples=[_ID])
    items: list[Code] = Field(min_length=1, max_length=30, examples=[["K-001", "K-002"]])


class PanelStudyCreate(Schema):
    """The study of a draft form; rounds, method and least panel follow from the form's scheme version."""

    form_id: UUID = Field(examples=[_ID])
    rounding: Literal["up", "nearest", "down"] = Field(examples=["up"])
    rounding_reason: Prose = Field(
        examples=["Scores are whole; a candidate must reach at least what is expected."]
    )
    levels: list[LevelDescription] = Field(
        min_length=1,
        max_length=5,
        examples=[[{"level": 3, "minimally_competent": "Guides one firm through a first growth step."}]],
    )
    training: TrainingCreate | None = None


class PanelJudgeCreate(Schema):
    """A person for the panel."""

    person_id: UUID = Field(examples=[_ID])
    role: Line = Field(examples=["Certified business mentor in tourism, ten years of practice"])
    qualifications: Prose = Field(examples=["Master mentor since 2021; trained in standard setting."])


class UndertakingCreate(Schema):
    """That a judge keeps to the undertaking in her invitation, and what conflicts she has."""

    keeps_secret: Literal[True] = Field(examples=[True])
    conflicts: Prose = Field(examples=["none declared"])


class JudgeLeave(Schema):
    """Why a judge leaves a panel."""

    reason: Prose = Field(examples=["She fell ill before the second round."])


class StudyAbandon(Schema):
    """Why a study is given up."""

    reason: Prose = Field(examples=["The cuts of two levels coincide."])


class RatingsSave(Schema):
    """Ratings in hundredths, level → item; what is not given stays as it was."""

    ratings: dict[LevelCode, dict[Code, Hundredths]] = Field(examples=[{"3": {"K-001": 65}}])


class SheetSubmit(Schema):
    """Whether ratings that fall from a level to the next are meant."""

    confirms_falls: bool = Field(False, examples=[False])


class PanelJudgeRead(Schema):
    """A judge as who leads the study sees her."""

    id: UUID
    person_id: UUID
    code: str
    role: str
    qualifications: str
    state: JudgeState
    conflicts: str | None
    signed_at: datetime | None
    left_at: datetime | None
    left_because: str | None


class PanelRoundRead(Schema):
    """A round and how many sheets are in."""

    id: UUID
    number: int
    state: RoundState
    opened_at: datetime
    closed_at: datetime | None
    sheets_in: int


class PanelStudyListed(Schema):
    """A study in a list."""

    id: UUID
    rev: int
    form_id: UUID
    method: str
    rounds: int
    rounding: str
    state: StudyState
    led_by: UUID


class PanelStudyRead(PanelStudyListed):
    """A study with its panel and rounds, without any rating."""

    rounding_reason: str
    least_panel: int
    levels: list[LevelDescription]
    training_form_id: UUID | None
    training_items: list[str]
    abandoned_because: str | None
    judges: list[PanelJudgeRead]
    rounds_held: list[PanelRoundRead]


class SheetListed(Schema):
    """A sheet in a list."""

    id: UUID
    number: int
    state: SheetState


class PanelSeatRead(Schema):
    """A person's own place in a panel."""

    study_id: UUID
    form: str
    state: StudyState
    levels: list[LevelDescription]
    judge: str
    judge_state: JudgeState
    notice_id: UUID
    signed_at: datetime | None
    sheets: list[SheetListed]


class RatingSheetRead(Schema):
    """A judge's own sheet."""

    id: UUID
    rev: int
    study_id: UUID
    number: int
    state: SheetState
    submitted_at: datetime | None
    falls: int
    levels: list[LevelDescription]
    ratings: dict[str, dict[str, int]]


class RatedItemRead(Schema):
    """An item as a judge sees it."""

    code: str
    unit: str
    element: str
    kind: str
    stem: str
    options: dict[str, str]
    key: list[str] | BestWorstContent | EffectivenessContent
    rule: str | None
    points: int
    rubric: list[RubricLine]
    rationale: str


class RatingSheetPaper(RatingSheetRead):
    """A judge's own sheet with the items to rate."""

    items: list[RatedItemRead]


class ItemSpreadRead(Schema):
    """How a panel rated an item, as probabilities."""

    item: str
    mean: Decimal
    sd: Decimal
    lowest: Decimal
    highest: Decimal


class JudgePositionRead(Schema):
    """Where a judge lay in a round, in raw points, and on which items she lay furthest from the panel."""

    judge: str
    cut: Decimal
    distance: Decimal
    mean_distance: Decimal
    furthest: list[str]


class PanelSpreadRead(Schema):
    """The panel's mean cut and its standard deviation, and the items it differs on most."""

    n_judges: int
    mean: Decimal
    sd: Decimal
    disputed: list[str]


class OwnLevelFeedback(Schema):
    """One level of a closed round, for one judge."""

    level: int
    cut: int
    """What the cut would be if the round were the last."""
    panel: PanelSpreadRead
    own: JudgePositionRead
    items: list[ItemSpreadRead]


class SheetFeedback(Schema):
    """Where a judge lay in a closed round."""

    sheet_id: UUID
    number: int
    levels: list[OwnLevelFeedback]


class LevelFeedback(Schema):
    """One level of a closed round."""

    level: int
    cut: int
    panel: PanelSpreadRead
    judges: list[JudgePositionRead]
    items: list[ItemSpreadRead]


class PanelFeedback(Schema):
    """A closed round as the panel discusses it."""

    study_id: UUID
    number: int
    levels: list[LevelFeedback]


class ReportForm(Schema):
    """The form that was rated, and who approved it."""

    id: UUID
    code: str
    version: int
    component: str
    language: str
    item_count: int
    is_example: bool
    state: FormState
    drafted_by: UUID
    approved_by: UUID | None
    approved_on: date | None


class JudgeCutRead(Schema):
    """A judge's own cut and mean rating."""

    judge: str
    cut: Decimal
    mean: Decimal


class RoundSpreadRead(Schema):
    """Mean and standard deviation of the judges' cuts in a round."""

    number: int
    mean: Decimal
    sd: Decimal


class CautionRead(Schema):
    """A caution that travels with a figure."""

    code: str
    message: str
    threshold: str
    source: str


class LevelReport(Schema):
    """A level's cut with all that speaks for and against it."""

    level: int
    minimally_competent: str
    cut: int
    cut_raw: str
    """Before rounding, as a fraction."""
    mean: str
    sd: str
    se: str
    interval: list[str] | None
    """95 %, over judges."""
    se_other_items: str
    """Over other judges and other items of the same kind."""
    method_version: str
    judges: list[JudgeCutRead]
    rounds: list[RoundSpreadRead]
    moved_by_leaving: str | None
    """Raw points by which the cut moved because judges left who had rated all rounds."""
    warnings: list[CautionRead]


class RoundSource(Schema):
    """All sheets of a round: judge → level → item → hundredths; also of judges who left."""

    number: int
    sheets: dict[str, dict[str, dict[str, int]]]


class StudyReport(Schema):
    """A concluded study, from which its cuts follow by arithmetic alone."""

    study_id: UUID
    form: ReportForm
    method: str
    rounding: str
    rounding_reason: str
    least_panel: int
    led_by: UUID
    judges: list[PanelJudgeRead]
    rounds: list[RoundSource]
    source_sha256: str
    falls_confirmed: int
    levels: list[LevelReport]
