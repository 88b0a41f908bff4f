"""The page of the API: everything that the contract has, in the browser alone, loaded from nowhere else."""

import html
import json
import re


def test_the_page_of_the_api_shows_every_operation_and_loads_nothing_from_elsewhere(client):
    operations = [
        told["operationId"]
        for methods in client.get("/openapi.json").json()["paths"].values()
        for told in methods.values()
    ]

    answer = client.get("/docs")

    assert answer.status_code == 200
    assert sorted(re.findall(r'<details class="operation" id="(\w+)"', answer.text)) == sorted(operations)
    assert len(operations) > 50
    assert re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?(?:https?:)?//[^"\')]*', answer.text) == []
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_an_example_is_taken_by_the_operation_that_it_stands_beside(client, world):
    text = html.unescape(client.get("/docs").text)
    shown = re.search(r'id="people_register".*?<pre>(.*?)</pre>', text, re.DOTALL)[1]

    answer = client.post("/v1/people", json=json.loads(shown), headers=world.alpha["administrator"].headers)

    assert answer.status_code == 201


def test_the_bare_address_says_what_this_is_and_leads_on(client):
    answer = client.get("/", headers={"Accept-Language": "es"})

    assert answer.status_code == 200
    assert '<html lang="es">' in answer.text
    assert 'href="/docs"' in answer.text
