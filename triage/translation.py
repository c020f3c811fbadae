"""Which fields of a protocol exist in Russian and in English."""

from modeltranslation.translator import TranslationOptions, translator

from triage.protocols.tables import FirstAid, Level, Option, Protocol, Question, Rule

_FIELDS = {
    Protocol: ("title", "slug", "summary", "danger"),
    Rule: ("text",),
    Level: ("title", "text"),
    FirstAid: ("text",),
    Question: ("text", "exclusive_because"),
    Option: ("text",),
}

for _model, _names in _FIELDS.items():
    translator.register(_model, TranslationOptions, fields=_names)
