import django.db.models.deletion
import django.utils.timezone
import documents.models.signature
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TrustedAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="название")),
                ("certificate", models.BinaryField(verbose_name="сертификат")),
                ("sha256", models.CharField(max_length=64, verbose_name="отпечаток SHA-256")),
                ("not_before", models.DateTimeField(verbose_name="действует с")),
                ("not_after", models.DateTimeField(verbose_name="действует по")),
                ("added_by_name", models.CharField(max_length=150, verbose_name="кто добавил")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="добавлен")),
                ("removed_by_name", models.CharField(blank=True, max_length=150, verbose_name="кто исключил")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="исключён")),
            ],
            options={
                "verbose_name": "доверенный удостоверяющий центр",
                "verbose_name_plural": "доверенные удостоверяющие центры",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="signature",
            name="container",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=documents.models.signature.container_name,
                verbose_name="файл подписи",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="container_sha256",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256 файла подписи"),
        ),
        migrations.AddField(
            model_name="signature",
            name="evidence",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="что установила проверка"),
        ),
        migrations.AddField(
            model_name="signature",
            name="is_verified",
            field=models.BooleanField(editable=False, null=True, verbose_name="проверена"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "cms"), _negated=True),
                    models.Q(
                        models.Q(("container", ""), _negated=True),
                        models.Q(("container_sha256", ""), _negated=True),
                        ("is_verified__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="signature_cms_has_checked_container",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("container_sha256", ""), _negated=True),
                fields=("document", "container_sha256"),
                name="signature_container_once",
                violation_error_message="Эта подпись уже приложена.",
            ),
        ),
        migrations.AddField(
            model_name="trustedauthority",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedauthority",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("sha256",),
                name="authority_once",
                violation_error_message="Этот сертификат уже есть в списке доверенных.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="authority_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removed_at__isnull", True), models.Q(("removed_by_name", ""), _negated=True), _connector="OR"
                ),
                name="authority_removed_by",
            ),
        ),
    ]
