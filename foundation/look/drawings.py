"""The drawings of Draad that heroicons does not have: pieces of thread, and one line per empty page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

# 32 x 16, read from left to right: solid ran, dotted slack or still to come, a dot is a start, a ring an end.
GLYPHS = {
    "run": '<path class="g" d="M2 8H30"/>',
    "start": '<path class="g" d="M8 8H30"/><circle class="g g-fill" cx="5" cy="8" r="3"/>',
    "trial": '<path class="g" d="M2 8H30M16 2.5V13.5"/>',
    "relapse": '<path class="g" d="M2 6H11"/><path class="g g-soft" d="M14.5 8.5C19 15 26 14 30 9"/>',
    "resume": '<path class="g g-soft" d="M2 8.5C5 14 10 14 12.5 9.5"/><circle class="g g-fill" cx="16" cy="7" r="3"/>'
    '<path class="g" d="M16 7H30"/>',
    "pause": '<path class="g" d="M2 8H12"/><path class="g g-soft" d="M16 8H30"/>',
    "end": '<path class="g" d="M2 8H24"/><circle class="g g-hole" cx="26.5" cy="8" r="3.2"/>',
    "goal": '<path class="g g-soft" d="M2 8H20"/><circle class="g g-hole g-edge" cx="25" cy="8" r="4"/>',
    "dip": '<path class="g" d="M1.5 6H9M23 6H30.5"/><path class="g g-soft" d="M12 8.5C14.5 13 18.5 13 21 8.5"/>'
    '<circle class="g g-fill" cx="24" cy="6" r="2.4"/>',
    "dip-long": '<path class="g" d="M1.5 6H6M26 6H30.5"/><path class="g g-soft" d="M8.5 8C13 15 19.5 15 24 8"/>'
    '<circle class="g g-fill" cx="26.5" cy="6" r="2.4"/>',
}
GLYPH_OF_STATE = {
    "planned": "goal",
    "trial": "trial",
    "running": "run",
    "paused": "pause",
    "relapse": "relapse",
    "resumed": "resume",
    "ended": "end",
    "cancelled": "goal",
}
SLACK = SafeString(
    '<svg class="loose" viewBox="0 0 24 100" preserveAspectRatio="none" aria-hidden="true">'
    '<path class="slack" vector-effect="non-scaling-stroke" d="M12 0C-4 28 -4 72 12 100"/></svg>'
)
BROKEN = (
    '<path class="art-l" d="M2 40H92C98 40 100 34 96 31"/><path class="art-s" d="M106 40H132"/>'
    '<path class="art-l" d="M142 49C138 46 140 40 146 40H238"/>'
)
ART = {
    "sun": '<path class="art-l" d="M2 50H70"/><path class="art-s" d="M78 50C104 68 136 68 162 50"/>'
    '<path class="art-l" d="M170 50H238"/>'
    '<path class="art-n" d="M120 22V10M120 34a12 12 0 1 0 0-.01M100 34H92M148 34H140M105 20L100 14M135 20L140 14"/>',
    "needle": '<path class="art-l" d="M2 54C52 54 58 20 98 22C128 24 126 48 152 45"/>'
    '<path class="art-n" d="M150 48C158 41 170 38 178 37L236 30L178 43C170 44 160 50 150 48"/>',
    "loop": '<path class="art-l" d="M2 46C40 46 52 20 84 20C112 20 112 56 90 56'
    'C70 56 74 26 104 26C140 26 150 46 176 46"/>'
    '<path class="art-s" d="M186 46H238"/>',
    "spool": '<path class="art-n" d="M96 12H144M96 60H144M102 12V60M138 12V60"/>'
    '<path class="art-l" d="M102 22H138M102 31H138M102 40H138M102 49H138C170 49 160 66 196 62C216 60 222 52 238 52"/>',
    "broken": BROKEN,
}


def art(name: str) -> SafeString:
    """Return the line drawing `name` (a key of ART) as SVG; a KeyError for another name."""
    return format_html('<svg class="art" viewBox="0 0 240 72" aria-hidden="true">{}</svg>', SafeString(ART[name]))
