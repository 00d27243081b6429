"""The kinds of lines in the audit log, in words."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.storage.audit import Action

DEEDS: dict[Action, LazyString] = {
    Action.survey_begun: _l("Began a questionnaire"),
    Action.survey_renamed: _l("Changed the address of a survey"),
    Action.file_refused: _l("Was refused a file"),
    Action.draft_edited: _l("Changed a draft"),
    Action.library_changed: _l("Changed the library of questions"),
    Action.edit_refused: _l("Was refused a change of a draft"),
    Action.edition_published: _l("Published an edition"),
    Action.publication_refused: _l("Was refused to publish an edition"),
    Action.partners_changed: _l("Changed who takes part in a survey"),
    Action.wave_opened: _l("Opened a wave"),
    Action.wave_closed: _l("Closed a wave"),
    Action.wave_retimed: _l("Changed when a wave opens or closes"),
    Action.results_promised: _l("Changed by when results are promised"),
    Action.profile_saved: _l("Changed the words of a municipality"),
    Action.sample_added: _l("Added a sample"),
    Action.sample_changed: _l("Changed a sample"),
    Action.collector_added: _l("Added a way in"),
    Action.double_entry_changed: _l("Changed whether paper is typed twice"),
    Action.sheet_entered: _l("Entered a sheet of paper"),
    Action.sheet_settled: _l("Settled a sheet of paper"),
    Action.entry_discarded: _l("Discarded an entry"),
    Action.interview_entered: _l("Entered a telephone interview"),
    Action.invitations_made: _l("Made invitations for residents"),
    Action.invitations_cancelled: _l("Cancelled invitations for residents"),
    Action.interim_results_counted: _l("Counted a wave in the field"),
    Action.release_made: _l("Made a release"),
    Action.results_downloaded: _l("Downloaded results"),
    Action.internal_results_exported: _l("Took raw tables"),
    Action.staff_added: _l("Added an account"),
    Action.staff_changed: _l("Changed an account"),
    Action.staff_switched_off: _l("Switched an account off"),
    Action.staff_switched_on: _l("Switched an account on"),
    Action.link_made: _l("Made a link to set a password"),
    Action.password_set: _l("Set a password with a link"),
    Action.password_changed: _l("Changed their password"),
    Action.second_step_turned_on: _l("Turned their second step on"),
    Action.second_step_turned_off: _l("Turned a second step off"),
    Action.recovery_codes_made: _l("Made new recovery codes"),
    Action.recovery_code_used: _l("Signed in with a recovery code"),
    Action.lockout_lifted: _l("Let somebody try to sign in again"),
    Action.signed_in: _l("Signed in"),
    Action.signed_out: _l("Signed out"),
    Action.sessions_ended: _l("Signed somebody out everywhere"),
    Action.sign_in_refused: _l("Did not sign in: wrong password"),
    Action.sign_in_locked: _l("Did not sign in: too many tries"),
    Action.second_step_refused: _l("Did not sign in: wrong code"),
    Action.access_refused: _l("Was refused a page"),
    Action.log_exported: _l("Downloaded this log"),
}
NOBODY = "unknown"
# Who is no person with an address.
ACTORS: dict[str, LazyString] = {
    "command line": _l("Command line"),
    "demo": _l("Demonstration"),
    NOBODY: _l("Nobody known"),
}


def deed_words(action: str) -> str:
    """Say what was done; one that is no longer known keeps its name."""
    return str(DEEDS[Action(action)]) if action in set(DEEDS) else action


def actor_words(actor: str) -> str:
    """Say who did it."""
    return str(ACTORS.get(actor, actor))
