"""Items, blueprints, written forms and the standard-setting study behind each form's cut.

A *form* is a fixed set of items that meets its *blueprint* exactly, in one language; a *study* holds a
panel's ratings of that form, from which the cut of every level is recomputed. A form comes with a scheme
package as YAML: `formfile` reads and checks it, and nothing of it is trusted before the check is clean.

States of a form: draft → approved, by another person than who drafted it; an approved form is frozen.

A form that brings no study is rated here by a *panel* in rounds, each *judge* on a sheet of her own that
nobody else sees before the round is closed. States of a panel study: planned → rating ⇄ discussing →
concluded, or abandoned from any of the first three; what was concluded is the study that the form is then
approved with.
"""
