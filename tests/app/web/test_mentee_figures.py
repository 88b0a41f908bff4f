"""The mentee's pages about her firm's figures: consent first, faults at their field, and a way back."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.jobs.running import drain
from app.web.mentee.forms import amount_of
from app.work import Runtime
from app.worker import HANDLERS
from tests.factories.practice import MENTEE, OWN
from tests.factories.reviews import FIGURES_TYPED, signed_in
from tests.support.counting import counts
from tests.support.days import newest_path
from tests.support.reading import fields_in, text_in, ticked_in
from tests.support.world import StandingClock


class TestImpact:
    def test_consent_and_figures_are_taken_down(
        self, client: TestClient, runtime: Runtime, impact: str
    ) -> None:
        answer = client.post(impact, data=FIGURES_TYPED)
        drain(runtime, HANDLERS)
        shown = client.get(newest_path(runtime, MENTEE["email"]))

        assert answer.status_code == 200
        assert "Figures taken down: 3" in text_in(answer.text)
        assert "€120,000.50" in text_in(shown.text)
        assert "Those who assess your mentor see" not in text_in(answer.text)
        assert client.get(impact).status_code == 409

    def test_a_refusal_takes_one_press_and_keeps_nothing(
        self, client: TestClient, runtime: Runtime, impact: str
    ) -> None:
        shown = client.get(impact)

        answer = client.post(impact, data={"refuse": "yes"})

        assert 'form="refusal" name="refuse"' in shown.text
        assert answer.status_code == 200
        assert "nothing else is kept" in text_in(answer.text)
        assert counts(runtime)["practice_figures"] == 0

    def test_nothing_ticked_is_neither_consent_nor_refusal(
        self, client: TestClient, runtime: Runtime, impact: str
    ) -> None:
        sent = {name: value for name, value in FIGURES_TYPED.items() if name != "in_statistics"}

        answer = client.post(impact, data=sent)

        assert answer.status_code == 422
        assert 'id="fault-consent"' in answer.text
        assert counts(runtime)["practice_consents"] == 0
        assert 'value="120.000,50"' in answer.text

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"count.baseline.jobs": "4.5"}, "count.baseline.jobs"),
            ({"count.baseline.jobs": "four"}, "count.baseline.jobs"),
            ({"money.baseline.profit": "9" * 30}, "money.baseline.profit"),
            ({"currency": ""}, "currency"),
            ({"currency": "QQQ"}, "currency"),
            ({"currency": "12"}, "currency"),
            ({"day.baseline": ""}, "day.baseline"),
            ({"day.baseline": "2026-31-12"}, "day.baseline"),
            ({"day.baseline": "2027-01-12"}, "day.baseline"),
            ({"scale.baseline.confidence": "6"}, "scale.baseline.confidence"),
            ({"in_statistics": ""}, "consent"),
        ],
    )
    def test_a_fault_is_told_at_its_field_and_everything_typed_stays(
        self, client: TestClient, runtime: Runtime, impact: str, change: dict[str, str], field: str
    ) -> None:
        sent = FIGURES_TYPED | change

        answer = client.post(impact, data=sent)

        assert answer.status_code == 422
        assert re.findall(r'id="fault-([^"]+)"', answer.text) == [field]
        values = {one["name"]: one.get("value", "") for one in fields_in(answer.text) if "type" not in one}
        assert {name: values[name] for name in sent if name in values and sent[name]} == {
            name: sent[name] for name in sent if name in values and sent[name]
        }
        assert counts(runtime)["practice_figures"] == 0

    @pytest.mark.parametrize("unknown", ["count.baseline.ships", "count.end.jobs", "count.never.jobs"])
    def test_a_figure_that_is_not_asked_is_a_fault_of_the_form(
        self, client: TestClient, impact: str, unknown: str
    ) -> None:
        answer = client.post(impact, data=FIGURES_TYPED | {unknown: "1"})

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text

    def test_what_was_told_before_is_shown(
        self, client: TestClient, runtime: Runtime, clock: StandingClock, reviewed: str, impact: str
    ) -> None:
        client.post(impact, data=FIGURES_TYPED | {"money.baseline.profit": "-5"})
        clock.advance(timedelta(days=15))
        own = f"{OWN}/engagements/{reviewed}/figure-requests"
        assert client.post(own, headers=signed_in(client, "person")).status_code == 201
        drain(runtime, HANDLERS)

        answer = client.get(newest_path(runtime, MENTEE["email"]))

        said = text_in(answer.text)
        for told in ("€120,000.50", "4", "-€5.00"):
            assert f"Told before: {told} on 12 January 2026." in said
        assert 'value="EUR"' in answer.text
        assert ticked_in(answer.text) == set()


class TestConsent:
    def test_it_is_taken_back_by_one_button_and_the_figures_are_gone(
        self, client: TestClient, consent: str
    ) -> None:
        shown = client.get(consent)

        answer = client.post(consent, data={"use": "all"})
        after, again = client.get(consent), client.post(consent, data={"use": "all"})

        assert "Figures that are kept" in text_in(shown.text)
        assert '<button class="button" name="use" value="all">' in shown.text
        assert "All figures of your firm have been erased." in text_in(answer.text)
        assert (after.status_code, "<button" in after.text) == (200, False)
        assert "none of them is kept" in text_in(after.text)
        assert (again.status_code, "Nothing to take back" in text_in(again.text)) == (409, True)

    def test_one_use_is_taken_back_and_the_other_stays(self, client: TestClient, consent: str) -> None:
        answer = client.post(consent, data={"use": "to_assessors"})

        assert "are counted together" in text_in(answer.text)
        assert "Those who assess your mentor see" not in text_in(answer.text)
        assert "Those who assess your mentor see" not in text_in(client.get(consent).text)

    @pytest.mark.parametrize("sent", [{}, {"use": "everything"}])
    def test_without_a_use_nothing_is_taken_back(
        self, client: TestClient, consent: str, sent: dict[str, str]
    ) -> None:
        answer = client.post(consent, data=sent)

        assert answer.status_code == 422
        assert "Those who assess your mentor see" in text_in(client.get(consent).text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("120000", "120000"),
        ("120.000", "120000"),
        ("120,000", "120000"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.8", "1234567.8"),
        ("1'234'567", "1234567"),
        (" 12 000,5 ", "12000.5"),
        ("12\u202f000", "12000"),
        ("\u2212 5", "\u2212 5".replace("\u2212", "-")),
        ("-5,25", "-5.25"),
        ("\u22125", "-5"),
        ("0.125", "0.125"),
        ("1.234.5", "1.234.5"),
        ("1,23,456", "1,23,456"),
        ("12e3", "12e3"),
        ("\u0661\u0662", "\u0661\u0662"),
    ],
)
def test_amounts_are_read_however_thousands_and_decimals_are_marked(typed: str, read: str) -> None:
    assert amount_of(typed) == read
