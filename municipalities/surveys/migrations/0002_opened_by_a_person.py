"""A form is opened by a person's action.

Until now a response left «Не открывали» when its form was asked for, by whom or whatever: scanners of mail and previews
of messengers too. Where nothing was saved afterwards, nothing tells such a reading from a person's look: the opening is
no fact, it leaves, and the response is «Не открывали» again. Where somebody saved, a person did open the form; which
reading was theirs cannot be told, and the event stays as it was written.
"""

from django.db import migrations


def forget_mere_readings(apps, schema_editor):
    responses, events = (apps.get_model("surveys", name)._base_manager for name in ("SurveyResponse", "SurveyEvent"))
    never_saved = responses.filter(saved_at=None)
    events.filter(response__in=never_saved, action="open").delete()
    events.filter(response__in=never_saved).update(state="not_opened")  # what was done with their links
    never_saved.update(state="not_opened")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [migrations.RunPython(forget_mere_readings, migrations.RunPython.noop)]
