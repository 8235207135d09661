"""Constraints that hold once the earlier records were carried over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0006_execution_carried_over")]

    operations = [
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "in_progress", "reported", "closed", "cancelled"])),
                name="point_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("warn_days__lte", 365)), name="point_warns_within_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("term", ""), ("due_on__isnull", False), _connector="OR"),
                name="point_term_comes_with_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state_after__in", ["planned", "in_progress", "reported", "closed", "cancelled"]),
                    ("state_before__in", ["planned", "in_progress", "reported", "closed", "cancelled"]),
                ),
                name="progress_states_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "note",
                            "instruct",
                            "start",
                            "report",
                            "close",
                            "return_for_rework",
                            "extend",
                            "cancel",
                            "reopen",
                        ],
                    )
                ),
                name="progress_action_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("author_name", ""), _negated=True), name="progress_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("date__isnull", True), ("number", ""), ("sequence__isnull", True), ("year__isnull", True)
                    ),
                    models.Q(models.Q(("number", ""), _negated=True), ("date__isnull", False), ("year__isnull", False)),
                    _connector="OR",
                ),
                name="letter_number_comes_with_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "annulled"),
                    models.Q(("number", ""), ("state", "draft")),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        ("state__in", ("registered", "sent", "delivered", "answered")),
                    ),
                    _connector="OR",
                ),
                name="letter_numbered_exactly_when_registered",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("year", "sequence"), name="letter_sequence_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "appeal"), ("repeats__isnull", True), models.Q(("state", "annulled"), _negated=True)
                ),
                fields=("point",),
                name="letter_one_appeal_per_point",
                violation_error_message="Обращение по этому пункту уже подготовлено.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__isnull", True), ("state__in", ("sent", "delivered", "answered")), _connector="OR"
                ),
                name="letter_answer_is_due_after_sending",
            ),
        ),
    ]
