"""What begins an answer is that somebody saves it.

Until now a response left «Не открывали» when its form was asked for, by whom or whatever: scanners of mail and previews
of messengers too. Those openings are no facts; they leave, and who never saved anything has not begun.
"""

from django.db import migrations, models
from django.db.models import Exists, OuterRef

STATES = ["not_begun", "draft", "submitted", "returned", "accepted"]
STATE_CHOICES = [
    ("not_begun", "Не начат"),
    ("draft", "Черновик"),
    ("submitted", "Отправлен"),
    ("returned", "Возвращён"),
    ("accepted", "Принят"),
]
ACTIONS = [
    ("save", "Сохранён черновик"),
    ("submit", "Ответ отправлен"),
    ("return", "Возвращён на доработку"),
    ("accept", "Ответ принят"),
    ("withdraw_link", "Ссылка отозвана"),
    ("renew_link", "Выдана новая ссылка"),
]


def forget_openings(apps, schema_editor):
    responses, events = (apps.get_model("surveys", name)._base_manager for name in ("SurveyResponse", "SurveyEvent"))
    events.filter(action="open").delete()
    saved = events.filter(response=OuterRef("response"), pk__lt=OuterRef("pk"), action__in=["save", "submit"])
    events.filter(~Exists(saved), action__in=["withdraw_link", "renew_link"]).update(state="not_begun")
    responses.filter(saved_at=None).update(state="not_begun")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("surveyevent", "survey_event_action_known"),
        migrations.RemoveConstraint("surveyevent", "survey_event_state_known"),
        migrations.RemoveConstraint("surveyresponse", "response_state_known"),
        migrations.RemoveConstraint("surveyresponse", "response_sent_says_where_it_stands"),
        migrations.AlterField(
            "surveyevent", "action", models.CharField(choices=ACTIONS, max_length=20, verbose_name="действие")
        ),
        migrations.AlterField(
            "surveyevent",
            "state",
            models.CharField(choices=STATE_CHOICES, max_length=12, verbose_name="состояние после"),
        ),
        migrations.AlterField(
            "surveyresponse",
            "state",
            models.CharField(
                choices=STATE_CHOICES,
                default="not_begun",
                editable=False,
                max_length=12,
                verbose_name="состояние",
            ),
        ),
        migrations.RunPython(forget_openings, migrations.RunPython.noop),
        migrations.AddConstraint(
            "surveyevent",
            models.CheckConstraint(
                condition=models.Q(("action__in", [code for code, _ in ACTIONS])), name="survey_event_action_known"
            ),
        ),
        migrations.AddConstraint(
            "surveyevent",
            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="survey_event_state_known"),
        ),
        migrations.AddConstraint(
            "surveyresponse",
            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="response_state_known"),
        ),
        migrations.AddConstraint(
            "surveyresponse",
            models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("not_begun", "draft", "returned")),
                    models.Q(
                        models.Q(("participation", ""), _negated=True),
                        ("saved_at__isnull", False),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="response_sent_says_where_it_stands",
            ),
        ),
    ]
