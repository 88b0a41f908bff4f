"""QTI packages as other systems write them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

A_CHOICE = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqtiasi_v3p0 schema.xsd"
    identifier="q1" title="First" adaptive="false" time-dependent="false" xml:lang="en-GB">
  <qti-response-declaration identifier="ANSWER" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value>Two</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body>
    <p>Read this.</p>
    <qti-choice-interaction response-identifier="ANSWER" shuffle="true" max-choices="1">
      <qti-prompt>What comes
        first?</qti-prompt>
      <qti-simple-choice identifier="One">To listen.</qti-simple-choice>
      <qti-simple-choice identifier="Two"><p>To advise.</p></qti-simple-choice>
    </qti-choice-interaction>
  </qti-item-body>
  <qti-response-processing
      template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>
"""


def an_item(identifier: str) -> str:
    """The same item under another name."""
    return A_CHOICE.replace('identifier="q1"', f'identifier="{identifier}"')


def a_package(items: Mapping[str, str | None], more: str = "") -> bytes:
    """A package of items by name; None for an item whose file was forgotten."""
    resources = "".join(
        f'<resource identifier="{name}" type="imsqti_item_xmlv3p0" href="{name}.xml"/>' for name in items
    )
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m">'
        f"<resources>{resources}{more}</resources></manifest>"
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest)
        for name, content in items.items():
            if content is not None:
                archive.writestr(f"{name}.xml", content)
    return file.getvalue()
