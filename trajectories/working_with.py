"""Which unit works with whom, worked out anew for many people at once. Who may see a file rests on it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from foundation.clock import today
from trajectories.models import Decision, State
from trajectories.workflow import AFTERCARE, OPEN

# One row per referral and trajectory: from when until when the unit had it open; no end while it is.
_SPANS = """
    SELECT r.provider_id, r.participant_id, p.unit_id,
           coalesce(r.referred_on, r.decided_on, %(today)s) AS first,
           CASE WHEN r.decision <> ALL(%(waiting)s)
                THEN coalesce(r.decided_on, r.referred_on, %(today)s) END AS last
      FROM trajectories_referral r JOIN trajectories_programme p ON p.id = r.programme_id
     WHERE r.participant_id = ANY(%(people)s)
    UNION ALL
    SELECT t.provider_id, t.participant_id, t.unit_id,
           CASE WHEN t.state = %(ended)s THEN t.started_on ELSE least(t.started_on, %(today)s) END,
           CASE WHEN t.state = %(ended)s THEN coalesce(a.last, t.ended_on)
                WHEN t.state <> ALL(%(open)s) THEN least(t.started_on, %(today)s) END
      FROM trajectories_trajectory t LEFT JOIN LATERAL (
           SELECT max(e.dated_on) AS last FROM trajectories_trajectoryevent e
            WHERE e.trajectory_id = t.id AND e.kind = ANY(%(aftercare)s)
              AND NOT EXISTS (SELECT FROM trajectories_trajectoryevent v WHERE v.voids_id = e.id)) a ON true
     WHERE t.participant_id = ANY(%(people)s)
"""

_WRITE = f"""
    INSERT INTO participants_participantunit AS u (id, provider_id, participant_id, unit_id, starts_on, ends_on)
    SELECT gen_random_uuid(), provider_id, participant_id, unit_id, min(first),
           CASE WHEN bool_and(last IS NOT NULL) THEN max(last) END
      FROM ({_SPANS}) spans GROUP BY provider_id, participant_id, unit_id
    ON CONFLICT (participant_id, unit_id) DO UPDATE SET starts_on = excluded.starts_on, ends_on = excluded.ends_on
     WHERE (u.starts_on, u.ends_on) IS DISTINCT FROM (excluded.starts_on, excluded.ends_on)
"""


def note_units(people: Sequence[UUID]) -> int:
    """Write from when until when each unit works with these people, from their referrals and trajectories.

    Called by every action that opens or closes a referral or trajectory. ``ends_on`` stays empty while something is
    open; else it is the last day of an ended trajectory, of its aftercare, or of a decision on a referral. Returns
    how many rows were added or changed.
    """
    words: dict[str, Any] = {
        "people": list(people),
        "today": today(),
        "waiting": [Decision.NEW.value, Decision.IN_CONVERSATION.value, Decision.WAITING.value],
        "open": [state.value for state in OPEN],
        "ended": State.ENDED.value,
        "aftercare": [kind.value for kind in AFTERCARE],
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, words)
        return int(cursor.rowcount)
