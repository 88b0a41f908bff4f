"""Certification schemes: what a level asks for, how it is assessed and how it is kept, as versioned data.

A *scheme package* is a folder of YAML files (`packages/`), merged into one document, checked against
`packages/package.schema.json` and against itself (`packaging.check_package`). A *scheme version* is a package
that a body has taken over; once active it never changes. `skillcard.reading` reads the skill card inside it.
`interchange` writes that part as 1EdTech CASE for others to cite, and reads it back.

States of a version: draft → pilot | published; pilot → published | retired; published → retired. A newer
version says what becomes of an older one's cases and holders (`rules.transition`).

What people of the body would have changed stands in *change requests*: open → accepted | declined | noted.
"""
