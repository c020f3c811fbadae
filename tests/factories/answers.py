"""Answers to the bundled protocol. Plain values: whatever makes pictures of pages reads them without Django."""

from collections.abc import Mapping

# Answers after which nothing is left to ask and nothing is wrong.
BENIGN: Mapping[str, list[str]] = {
    "danger": ["none"],
    "leg": ["none"],
    "duration": ["short"],
    "trigger": ["night"],
    "general": ["none"],
    "feel": ["none"],
    "strength": ["ok"],
    "where": ["legs"],
    "background": ["none"],
    "meds": ["none"],
    "exposure": ["none"],
    "impact": ["rare"],
}


# What leads to each level, beside answers that ask for nothing.
LEADING: Mapping[str, Mapping[str, list[str]]] = {
    "emergency": {"leg": ["cold"]},
    "same_day": {"leg": ["swollen"]},
    "appointment_days": {"meds": ["diuretic"]},
    "appointment_weeks": {"impact": ["often"]},
    "self_care": {},
}
