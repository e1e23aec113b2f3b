"""The database shows a file, and its history, to its own provider only, whatever the code forgot to ask."""

from django.db import migrations

from foundation.row_security import seen_by


class Migration(migrations.Migration):
    dependencies = [("participants", "0004_erase_file"), ("foundation", "0007_row_security")]
    operations = [
        seen_by(
            [
                "participants_participant",
                "participants_targetgroupflag",
                "participants_participantunit",
                "participants_supportneed",
                "participants_networkcontact",
                "participants_participanthistory",
                "participants_targetgroupflaghistory",
                "participants_participantunithistory",
                "participants_supportneedhistory",
                "participants_networkcontacthistory",
                "participants_disclosure",
                "participants_personrequest",
                "participants_statement",
                "participants_restriction",
                "participants_shield",
                "participants_filereader",
                "participants_legalhold",
                "participants_disclosurehistory",
                "participants_personrequesthistory",
                "participants_statementhistory",
                "participants_restrictionhistory",
                "participants_shieldhistory",
                "participants_filereaderhistory",
                "participants_legalholdhistory",
                "participants_accessreason",
                "participants_personexport",
                "participants_erasedfile",
                "participants_destructionlist",
                "participants_destructionitem",
                "participants_logreview",
                "participants_logreviewitem",
            ]
        ),
    ]
