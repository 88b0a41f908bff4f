"""What may enter a computation: refusals of shape and content, each with its code."""

import numpy as np
import pytest

from assessments.arrays import cube, matrix, names, vector
from assessments.errors import AssessmentError, NotEstimable

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([[1, 2], [3]], "not_a_table"),
        ([1, 2], "not_a_table"),
        ([["a", "b"]], "not_a_table"),
        ([[1, None]], "missing_cell"),
        ([[1, NAN]], "missing_cell"),
        ([[1, INF]], "not_finite"),
        ([[]], "no_data"),
    ],
)
def test_what_is_no_table_is_refused(values, code):
    with pytest.raises(AssessmentError) as refusal:
        matrix(values)

    assert refusal.value.code == code


def test_a_missing_cell_is_named():
    with pytest.raises(AssessmentError) as refusal:
        matrix([[1, 2], [NAN, NAN]])

    assert refusal.value.facts == {"row": 1, "column": 0, "cells": 2}


def test_missing_cells_may_be_allowed():
    assert np.isnan(matrix([[1, NAN]], missing=True)[0, 1])
    assert np.isnan(vector([1, NAN], missing=True)[1])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([[1, 2]], "not_a_cube"),
        ([[[1, NAN]]], "missing_cell"),
        ([[[INF]]], "not_finite"),
        ([[[]]], "no_data"),
    ],
)
def test_what_is_no_cube_is_refused(values, code):
    with pytest.raises(AssessmentError) as refusal:
        cube(values)

    assert refusal.value.code == code


def test_a_cube_keeps_its_shape():
    assert cube([[[1, 2], [3, 4], [5, 6]]]).shape == (1, 3, 2)


@pytest.mark.parametrize(
    ("values", "code"),
    [([[1]], "not_a_list"), ([NAN], "missing_cell"), ([INF], "not_finite"), ([], "no_data")],
)
def test_what_is_no_list_is_refused(values, code):
    with pytest.raises(AssessmentError) as refusal:
        vector(values)

    assert refusal.value.code == code


def test_nothing_at_all_is_not_estimable():
    with pytest.raises(NotEstimable):
        vector([])


def test_labels_are_numbered_where_none_are_given():
    assert names(None, count=2, stem="item ") == ("item 1", "item 2")


@pytest.mark.parametrize(
    ("labels", "code"), [(["a"], "label_count"), (["a", "a"], "label_repeated"), (["a", "b"], None)]
)
def test_labels_fit_the_table(labels, code):
    if code is None:
        assert names(labels, count=2, stem="item") == ("a", "b")
        return
    with pytest.raises(AssessmentError) as refusal:
        names(labels, count=2, stem="item")

    assert refusal.value.code == code
