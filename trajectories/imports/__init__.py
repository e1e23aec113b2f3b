"""The import files of trajectories, and what a run does once they are written."""

from trajectories.imports.course import TRAJECTORIES
from trajectories.imports.events import EVENTS
from trajectories.imports.offer import AGREEMENTS, DESTINATIONS, END_REASONS, PROGRAMMES, SLOTS
from trajectories.imports.referrals import REFERRALS
from trajectories.imports.results import CERTIFICATES, OUTCOMES, PLACEMENTS

__all__ = [
    "AGREEMENTS",
    "CERTIFICATES",
    "DESTINATIONS",
    "END_REASONS",
    "EVENTS",
    "OUTCOMES",
    "PLACEMENTS",
    "PROGRAMMES",
    "REFERRALS",
    "SLOTS",
    "TRAJECTORIES",
]
