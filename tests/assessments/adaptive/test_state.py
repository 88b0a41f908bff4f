import json

import pytest

from assessments.adaptive import Answered, State, answered, read_state
from assessments.errors import AssessmentError
from assessments.results import document

STATE = State(7, (Answered("x", True, ("y",)), Answered("z", False)))
WRITTEN = {"seed": 7, "answers": [{"item": "x", "right": True, "set_aside": ["y"]}]}


def test_a_state_is_stored_and_read_back():
    assert read_state(json.loads(json.dumps(document(STATE)))) == STATE


def test_an_answer_makes_a_new_state():
    state = State(7)

    assert answered(answered(state, "x", right=True, set_aside=("y",)), "z", right=False) == STATE
    assert state == State(7)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([], "state_shape"),
        ({"seed": 7}, "state_shape"),
        ({**WRITTEN, "more": 1}, "state_shape"),
        ({**WRITTEN, "seed": True}, "state_shape"),
        ({**WRITTEN, "seed": "7"}, "state_shape"),
        ({**WRITTEN, "seed": -1}, "seed_negative"),
        ({**WRITTEN, "answers": "x"}, "state_shape"),
        ({**WRITTEN, "answers": ["x"]}, "state_shape"),
        ({**WRITTEN, "answers": [{"item": "x", "right": True}]}, "state_shape"),
        ({**WRITTEN, "answers": [{"item": "x", "right": 1, "set_aside": []}]}, "state_shape"),
        ({**WRITTEN, "answers": [{"item": "x", "right": True, "set_aside": [1]}]}, "state_shape"),
        ({**WRITTEN, "answers": WRITTEN["answers"] * 2}, "item_repeated"),
    ],
)
def test_what_is_no_record_is_refused(value, code):
    with pytest.raises(AssessmentError, match=code):
        read_state(value)
