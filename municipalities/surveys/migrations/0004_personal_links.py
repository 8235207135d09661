"""A response's link becomes a `PersonalLink`, and what became of its former ones goes there from the response's events.

The addresses that people have stay good: key and salt are the same. Of replaced links the old key is not known; theirs
is made up, and whoever opens one reads that it does not work any more.
"""

from django.db import migrations, models

LINKS = "surveys"
ACTIONS = [
    ("open", "Форма открыта"),
    ("save", "Сохранён черновик"),
    ("submit", "Ответ отправлен"),
    ("return", "Возвращён на доработку"),
    ("accept", "Ответ принят"),
]
ENDS = {"renew_link": "rotated", "withdraw_link": "withdrawn"}


def hand_over(apps, schema_editor):
    responses = apps.get_model("surveys", "SurveyResponse")._base_manager
    for response in responses.filter(round__held_elsewhere=False).order_by("pk"):
        hand_over_links_of(response, apps)
    apps.get_model("surveys", "SurveyEvent")._base_manager.filter(action__in=ENDS).delete()


def hand_over_links_of(response, apps):
    links = apps.get_model("municipalities", "PersonalLink")._base_manager
    rounds = apps.get_model("surveys", "HistoricalSurveyRound")._base_manager.filter(id=response.round_id)
    about = {"purpose": LINKS, "municipality_id": response.municipality_id, "subject": response.pk}
    given_at = rounds.order_by("history_date").values_list("history_date", flat=True).first()
    lives = True
    for event in response.events.filter(action__in=ENDS).order_by("at", "pk"):
        if lives:
            links.create(
                **about,
                given_at=given_at or event.at,
                ended=ENDS[event.action],
                ended_at=event.at,
                ended_by=event.actor,
                ended_by_name=event.actor_name[:150],
                reason="Причина не записана." if event.action == "withdraw_link" else "",
            )
        lives, given_at = event.action == "renew_link", event.at
    if response.nonce:
        links.create(**about, nonce=response.nonce, **({"given_at": given_at} if given_at else {}))


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_kinds_of_questions"), ("municipalities", "0002_personal_links")]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop),
        migrations.RemoveConstraint("surveyevent", "survey_event_action_known"),
        migrations.AlterField(
            "surveyevent", "action", models.CharField(choices=ACTIONS, max_length=20, verbose_name="действие")
        ),
        migrations.AddConstraint(
            "surveyevent",
            models.CheckConstraint(
                condition=models.Q(("action__in", [code for code, _ in ACTIONS])), name="survey_event_action_known"
            ),
        ),
        migrations.RemoveField("surveyresponse", "nonce"),
    ]
