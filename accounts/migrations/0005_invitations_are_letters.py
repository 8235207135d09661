from email.utils import make_msgid

from django.db import migrations


def keep_as_letters(apps, schema_editor):
    """Invitations that left become letters that left."""
    mail = apps.get_model("accounts", "OutgoingMail")
    for user in apps.get_model("accounts", "User").objects.filter(invited_at__isnull=False):
        mail.objects.create(
            kind="invitation",
            recipient=user.email,
            user=user,
            subject="Приглашение на портал",
            search_text=f"{user.email} приглашение на портал",
            message_id=make_msgid(domain="former.invalid"),
            urgency=1,
            state="sent",
            attempts=1,
            created_at=user.invited_at,
            sent_at=user.invited_at,
        )
    schema_editor.connection.check_constraints()  # now: PostgreSQL changes no table that waits for that


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_bucket")]

    operations = [
        migrations.RunPython(keep_as_letters, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="historicaluser", name="invited_at"),
        migrations.RemoveField(model_name="user", name="invited_at"),
    ]
