"""Give earlier progress its steps, and earlier registered letters their state."""

from django.db import migrations

STEPS = {
    ("planned", "in_progress"): "start",
    ("in_progress", "reported"): "report",
    ("reported", "closed"): "close",
    ("reported", "in_progress"): "return_for_rework",
    ("closed", "in_progress"): "reopen",
}


def carry_over(apps, schema_editor):
    """Name the step of each entry by the states before and after it; register letters that have a number."""
    entry_model = apps.get_model("resolutions", "ProgressEntry")
    for (before, after), action in STEPS.items():
        entry_model.objects.filter(state_before=before, state_after=after).update(action=action)
    step_model = apps.get_model("resolutions", "LetterStep")
    for letter in apps.get_model("resolutions", "Letter").objects.all():
        letter.search_text = f"{letter.number} {letter.addressee} {letter.heading}".casefold().replace("ё", "е")
        if letter.number:
            letter.state = "registered"
            step_model.objects.create(
                letter=letter,
                action="register",
                happened_on=letter.date,
                state_before="draft",
                state_after="registered",
                author_name="Перенос сведений при обновлении портала",
            )
        letter.save()


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0005_execution")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
