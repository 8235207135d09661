from email.utils import make_msgid

import django.db.models.deletion
from django.db import migrations, models

FORMER = {
    "question_sent": "question_letter",
    "question_not_sent": "question_to_nobody",
    "answer_sent": "answer_letter",
    "answer_not_sent": "answer_to_nobody",
}


def keep_as_letters(apps, schema_editor):
    """A letter that left becomes one; one that did not can be written again on the page of its question."""
    mail, steps = apps.get_model("accounts", "OutgoingMail"), apps.get_model("practices", "PracticeRequestStep")
    for step in steps.objects.filter(kind__in=FORMER).select_related("request__practice"):
        letter = None
        if step.kind.endswith("_sent") and not step.kind.endswith("_not_sent"):
            subject = f"Вопрос о практике «{step.request.practice.title}»"[:300]
            letter = mail.objects.create(
                kind="practice",
                recipient="representatives@former.invalid",
                subject=subject,
                search_text=subject.lower(),
                message_id=make_msgid(domain="former.invalid"),
                urgency=1,
                state="sent",
                attempts=1,
                created_at=step.at,
                created_by=step.by,
                sent_at=step.at,
            )
        steps.objects.filter(pk=step.pk).update(kind=FORMER[step.kind], mail=letter)
    schema_editor.connection.check_constraints()  # now: PostgreSQL changes no table that waits for that


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_outgoing_mail"), ("practices", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="practicerequeststep", name="request_step_kind_known"),
        migrations.AddField(
            model_name="practicerequeststep",
            name="mail",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="request_step",
                to="accounts.outgoingmail",
                verbose_name="письмо",
            ),
        ),
        migrations.RunPython(keep_as_letters, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="practicerequeststep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "Вопрос задан"),
                    ("question_letter", "Письмо с вопросом"),
                    ("question_to_nobody", "Письмо с вопросом отправить некому"),
                    ("answered", "Ответ дан"),
                    ("answer_letter", "Письмо с ответом"),
                    ("answer_to_nobody", "Письмо с ответом отправить некому"),
                ],
                max_length=20,
                verbose_name="что произошло",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "question_letter",
                            "question_to_nobody",
                            "answered",
                            "answer_letter",
                            "answer_to_nobody",
                        ],
                    )
                ),
                name="request_step_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("question_letter", "answer_letter")), ("mail__isnull", False)),
                    models.Q(
                        models.Q(("kind__in", ("question_letter", "answer_letter")), _negated=True),
                        ("mail__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="request_step_letter_has_its_mail",
            ),
        ),
    ]
