"""Items, blueprints, written forms and the standard-setting study behind each form's cut.

The *bank* holds items in *versions*. A version is written by one person and approved by two others; its
*variants* are its texts in other languages, translated by one person and reviewed by another. Contents lie
encrypted, and every look at one is on record. How often an item was seen is counted (*exposure*).

A *form* is a fixed set of items that meets its *blueprint* exactly, in one language; a *study* holds a
panel's ratings of that form, from which the cut of every level is recomputed. A form comes with a scheme
package as YAML (`formfile` reads and checks it, and nothing of it is trusted before the check is clean), or
it is put together from the bank. Items come in and go out as QTI 3 packages (`qti`), too.

A form that brings no study is rated here by a *panel* in rounds, each *judge* on a sheet of her own that
nobody else sees before the round is closed. States of a panel study: planned → rating ⇄ discussing →
concluded, or abandoned from any of the first three; what was concluded is the study that the form is then
approved with.

States of a version of an item: draft → in_review → approved → retired; returned by a reviewer it is a draft
again. States of a variant: drafted → reviewed, or returned. States of a form: draft → approved, by another
person than who drafted it, → retired; an approved form is frozen.
"""
