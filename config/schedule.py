"""What happens by itself, and when. The dispatcher asks for it; a row per occurrence makes a second one harmless."""

from foundation.scheduling import Periodic

PERIODIC = [
    # Every minute, so that what can still be changed unseen is a minute of reading at most.
    Periodic("foundation.tasks.seal_log"),
    # Every minute: what a restore could bring back is a minute of erasing at most.
    Periodic("participants.tasks.write_ledger"),
    # Every minute: a paper that somebody added waits for a virus scanner that was away, and not much longer.
    Periodic("guidance.tasks.look_at_documents"),
    # Every hour, so that the first run after midnight is not the only chance of the day.
    Periodic("trajectories.tasks.start_due", minute=7),
    Periodic("trajectories.tasks.list_files_to_destroy", minute=12, hours=range(5, 6)),
    Periodic("participants.tasks.forget_exports", minute=42),
    Periodic("organisations.tasks.forget_folders", minute=52),
    Periodic("organisations.tasks.forget_sign_ins", minute=47),
    Periodic("foundation.tasks.forget_runs", minute=57),
    # On the hour; the reports themselves are opened at the moment that the organisation has set.
    Periodic("reporting.tasks.open_due_reports", minute=0),
    # Every hour: each reminder goes out once, in the morning of its day or as soon as something runs again.
    Periodic("reporting.tasks.remind_of_reports", minute=30, hours=range(7, 19)),
]
