"""What belongs to a file points at rows of its own provider only, whatever the code or a hand puts in."""

from django.db import migrations

from foundation.row_security import in_one_file, may_be_pointed_at


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0005_row_security"),
        ("organisations", "0006_in_one_file"),
    ]
    operations = [
        may_be_pointed_at(
            [
                "participants_destructionlist",
                "participants_logreview",
                "participants_participant",
                "participants_personrequest",
                "participants_shield",
            ]
        ),
        in_one_file(
            {
                "participants_targetgroupflag": {
                    "participant_id": "participants_participant",
                },
                "participants_participantunit": {
                    "participant_id": "participants_participant",
                    "unit_id": "organisations_unit",
                },
                "participants_disclosure": {
                    "participant_id": "participants_participant",
                },
                "participants_logreviewitem": {
                    "review_id": "participants_logreview",
                },
                "participants_personrequest": {
                    "participant_id": "participants_participant",
                },
                "participants_personexport": {
                    "participant_id": "participants_participant",
                    "request_id": "participants_personrequest",
                },
                "participants_statement": {
                    "participant_id": "participants_participant",
                },
                "participants_restriction": {
                    "participant_id": "participants_participant",
                },
                "participants_legalhold": {
                    "participant_id": "participants_participant",
                },
                "participants_destructionitem": {
                    "list_id": "participants_destructionlist",
                },
                "participants_shield": {
                    "participant_id": "participants_participant",
                },
                "participants_filereader": {
                    "participant_id": "participants_participant",
                    "shield_id": "participants_shield",
                },
                "participants_accessreason": {
                    "participant_id": "participants_participant",
                },
                "participants_supportneed": {
                    "participant_id": "participants_participant",
                },
                "participants_networkcontact": {
                    "participant_id": "participants_participant",
                },
            }
        ),
    ]
