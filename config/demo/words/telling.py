"""Chooses words so that no sentence comes back in one file, and no note in one folder."""

from collections.abc import Sequence
from random import Random

from config.demo.life import Person
from config.demo.words import notes
from config.demo.words.moments import EVENT_NOTES, OUTCOME_NOTES
from config.demo.words.plans import PLANS, QUESTION_TAILS, QUESTIONS
from config.demo.words.scenes import SCENES

DECKS: dict[str, Sequence[str]] = {
    "ordinary": notes.ORDINARY,
    "aside": notes.ASIDES,
    "first": notes.FIRST,
    "last": notes.LAST,
    "absent_notice": notes.ABSENT_WITH_NOTICE,
    "absent_no_notice": notes.ABSENT_WITHOUT_NOTICE,
    "short_aside": notes.SHORT_ASIDES,
    "in_relapse": notes.IN_RELAPSE,
    "back_again": notes.BACK_AGAIN,
    "plan": PLANS,
    "question": QUESTIONS,
    "question_tail": QUESTION_TAILS,
    **{f"scene {programme}": scenes for programme, scenes in SCENES.items()},
    **{f"event {event}": said for event, said in EVENT_NOTES.items()},
    **{f"outcome {kind}": said for kind, said in OUTCOME_NOTES.items()},
}
PRONOUNS = {"f": ("ze", "haar", "haar"), "m": ("hij", "zijn", "hem"), "x": ("die", "diens", "hen")}
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
TIMES = ("08:10", "08:25", "08:40", "08:55", "09:05", "09:20", "09:35")
NUMBERS = ("twee", "drie", "vier", "vijf")
MARKS = ("5", "6", "6,5", "7", "7,5", "8")


class Teller:
    """Tells the files of one provider: each person goes through shuffled decks of sentences."""

    def __init__(self) -> None:
        self._decks: dict[tuple[str, str], list[str]] = {}
        self._told: set[str] = set()

    def say(self, person: Person, deck: str) -> str:
        """The next sentence for this person from a deck, about this person; nothing when all have been said."""
        return fill(self._next(person, deck), person)

    def note(self, person: Person, moment: str, programme: str) -> str:
        """A note that nobody else in this folder has; nothing when there is nothing new to say."""
        for _ in range(5):
            text = self._one(person, moment, programme)
            if text not in self._told:
                self._told.add(text)
                return text
        return ""

    def question(self, person: Person) -> str:
        """What somebody asks for at the start, in their own words."""
        return f"{self.say(person, 'question')} {self.say(person, 'question_tail')}".strip()

    def _one(self, person: Person, moment: str, programme: str) -> str:
        return self._ordinary(person, programme) if moment == "ordinary" else self._with(person, moment, "short_aside")

    def _ordinary(self, person: Person, programme: str) -> str:
        roll = person.rng.random()
        if roll < 0.3:
            return self._with(person, f"scene {programme}", "aside")
        if roll < 0.75:
            return self._with(person, "ordinary", "aside")
        return f"{self.say(person, f'scene {programme}')} {self.say(person, 'ordinary')}".strip()

    def _with(self, person: Person, deck: str, aside: str) -> str:
        fact = self.say(person, deck)
        return f"{fact} {self.say(person, aside)}".strip() if fact else ""

    def _next(self, person: Person, deck: str) -> str:
        cards = self._decks.get((person.reference, deck))
        if cards is None:
            cards = self._decks[person.reference, deck] = list(DECKS[deck])
            person.rng.shuffle(cards)
        return cards.pop() if cards else ""


def fill(pattern: str, person: Person) -> str:
    """Put a person into a sentence."""
    rng: Random = person.rng
    ze, haar, hem = PRONOUNS[person.gender]
    return pattern.format(
        naam=person.first_name,
        ze=ze,
        Ze=ze.capitalize(),
        haar=haar,
        Haar=haar.capitalize(),
        hem=hem,
        dag=rng.choice(DAYS),
        tijd=rng.choice(TIMES),
        cijfer=rng.choice(MARKS),
        aantal=rng.choice(NUMBERS),
    )
