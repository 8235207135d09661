from email.utils import make_msgid

import django.db.models.deletion
from django.db import migrations, models


def keep_as_letters(apps, schema_editor):
    """Digests that left become letters that left; those that never did are of no use any more."""
    mail, digests = apps.get_model("accounts", "OutgoingMail"), apps.get_model("sgcszr_portal", "ReminderDelivery")
    digests.objects.exclude(state="sent").delete()
    for digest in digests.objects.select_related("user"):
        digest.mail = mail.objects.create(
            kind="digest",
            recipient=digest.user.email,
            user=digest.user,
            subject=digest.subject,
            search_text=f"{digest.user.email} {digest.subject}".lower(),
            message_id=make_msgid(domain="former.invalid"),
            urgency=2,
            state="sent",
            attempts=digest.attempts,
            created_at=digest.sent_at,
            sent_at=digest.sent_at,
        )
        digest.save(update_fields=["mail"])
    schema_editor.connection.check_constraints()  # now: PostgreSQL changes no table that waits for that


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_outgoing_mail"), ("sgcszr_portal", "0002_cache_table")]

    operations = [
        migrations.AddField(
            model_name="reminderdelivery",
            name="mail",
            field=models.OneToOneField(
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminder",
                to="accounts.outgoingmail",
                verbose_name="письмо",
            ),
        ),
        migrations.RunPython(keep_as_letters, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="reminderdelivery", name="reminder_one_waits_at_most"),
        migrations.RemoveConstraint(model_name="reminderdelivery", name="reminder_state_known"),
        migrations.RemoveConstraint(model_name="reminderdelivery", name="reminder_sent_exactly_when_dated"),
        migrations.RemoveConstraint(model_name="reminderdelivery", name="reminder_says_something"),
        *(
            migrations.RemoveField(model_name="reminderdelivery", name=name)
            for name in ("subject", "state", "attempts", "claimed_at", "last_error", "sent_at")
        ),
        migrations.AlterField(
            model_name="reminderdelivery",
            name="mail",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminder",
                to="accounts.outgoingmail",
                verbose_name="письмо",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("fingerprint", ""), _negated=True), name="reminder_says_something"
            ),
        ),
    ]
