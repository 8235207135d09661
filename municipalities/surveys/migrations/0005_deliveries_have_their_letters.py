from email.utils import make_msgid

import django.db.models.deletion
from django.db import migrations, models


def keep_as_letters(apps, schema_editor):
    """What was sent by mail becomes a letter that left, or one that did not."""
    mail, deliveries = apps.get_model("accounts", "OutgoingMail"), apps.get_model("surveys", "SurveyDelivery")
    for delivery in deliveries.objects.filter(channel="email").select_related("response__round"):
        subject = delivery.response.round.title[:300]
        letter = mail.objects.create(
            kind="survey",
            recipient=delivery.recipient,
            subject=subject,
            search_text=f"{delivery.recipient} {subject}".lower(),
            message_id=make_msgid(domain="former.invalid"),
            urgency=2,
            state="failed" if delivery.error else "sent",
            attempts=1,
            last_error=delivery.error,
            created_at=delivery.at,
            created_by=delivery.sent_by,
            sent_at=None if delivery.error else delivery.at,
        )
        deliveries.objects.filter(pk=delivery.pk).update(mail=letter)
    schema_editor.connection.check_constraints()  # now: PostgreSQL changes no table that waits for that


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_outgoing_mail"), ("surveys", "0004_personal_links")]

    operations = [
        migrations.AddField(
            model_name="surveydelivery",
            name="mail",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="survey_delivery",
                to="accounts.outgoingmail",
                verbose_name="письмо",
            ),
        ),
        migrations.RunPython(keep_as_letters, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="surveydelivery", name="error"),
        migrations.RemoveConstraint(model_name="surveydelivery", name="delivery_by_mail_has_recipient"),
        migrations.AddConstraint(
            model_name="surveydelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), ("mail__isnull", False), models.Q(("recipient", ""), _negated=True)),
                    models.Q(models.Q(("channel", "email"), _negated=True), ("mail__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_by_mail_has_its_letter",
            ),
        ),
    ]
