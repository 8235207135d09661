import django.db.models.deletion
import django.utils.timezone
import documents.models.issued
import documents.models.prepared
import documents.models.signature
import documents.scans
import documents.storage
import russian.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("decision", "Решение"), ("letter", "Письмо")], max_length=20, verbose_name="вид"
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=500, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                (
                    "file",
                    models.FileField(
                        storage=documents.storage.issued_storage,
                        upload_to=documents.models.issued.content_address,
                        verbose_name="файл",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="размер, байт")),
                ("content", models.JSONField(blank=True, default=dict, verbose_name="содержание")),
                ("verification_code", models.CharField(max_length=14, verbose_name="код проверки")),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="выпущен")),
                ("issued_by_name", models.CharField(max_length=150, verbose_name="имя выпустившего")),
                ("is_public", models.BooleanField(verbose_name="доступен всем")),
                ("prints_code", models.BooleanField(verbose_name="код проверки напечатан")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем выпущен",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="documents.issueddocument",
                        verbose_name="взамен документа",
                    ),
                ),
            ],
            options={
                "verbose_name": "выпущенный документ",
                "verbose_name_plural": "выпущенные документы",
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["decision", "letter"])), name="issued_kind_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="issued_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="issued_sha256_is_hex"
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="issued_is_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verification_code__regex",
                                "^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{4}-[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{4}-[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{4}$",
                            )
                        ),
                        name="issued_code_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("issued_by_name", ""), _negated=True), name="issued_by_somebody"
                    ),
                    models.UniqueConstraint(fields=("sha256",), name="issued_bytes_once"),
                    models.UniqueConstraint(fields=("verification_code",), name="issued_code_once"),
                    models.UniqueConstraint(
                        fields=("supersedes",),
                        name="issued_superseded_once",
                        violation_error_message="Этот документ уже заменён другим.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        help_text="Её прочитает каждый, кто проверит документ",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="причина отзыва",
                    ),
                ),
                ("withdrawn_by_name", models.CharField(max_length=150, verbose_name="кто отозвал")),
                ("withdrawn_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="отозван")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="documents.issueddocument",
                        verbose_name="документ",
                    ),
                ),
            ],
            options={
                "verbose_name": "отзыв документа",
                "verbose_name_plural": "отзывы документов",
                "ordering": ["-withdrawn_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="withdrawal_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_by_name", ""), _negated=True), name="withdrawn_by_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreparedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="вид")),
                ("arguments", models.JSONField(default=dict, verbose_name="по чему составлен")),
                ("day", models.DateField(verbose_name="день")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 содержания")),
                (
                    "key",
                    models.CharField(
                        default=documents.models.prepared.new_key,
                        editable=False,
                        max_length=32,
                        unique=True,
                        verbose_name="ключ",
                    ),
                ),
                ("task", models.UUIDField(editable=False, null=True, verbose_name="задача")),
                ("for_staff", models.BooleanField(default=False, verbose_name="запрошен сотрудником")),
                ("network", models.CharField(blank=True, max_length=64, verbose_name="сеть запросившего, в виде хеша")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Ждёт очереди"),
                            ("making", "Составляется"),
                            ("ready", "Готов"),
                            ("failed", "Не составлен"),
                            ("stale", "Устарел"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="сделано")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="всего")),
                ("error", models.TextField(blank=True, verbose_name="почему не составлен")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        storage=documents.models.prepared.prepared_storage,
                        upload_to="",
                        verbose_name="файл",
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 файла")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="размер, байт")),
                ("lacks", models.TextField(blank=True, verbose_name="чего в нём не хватает")),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="запрошен")),
                ("ready_at", models.DateTimeField(null=True, verbose_name="готов")),
            ],
            options={
                "verbose_name": "составляемый файл",
                "verbose_name_plural": "составляемые файлы",
                "ordering": ["-requested_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "digest"), name="prepared_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "making", "ready", "failed", "stale"])),
                        name="prepared_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="prepared_has_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="prepared_digest_is_hex"
                    ),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="prepared_has_key"),
                    models.CheckConstraint(
                        condition=models.Q(("total", 0), ("done__lte", models.F("total")), _connector="OR"),
                        name="prepared_done_of_total",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), models.Q(("error", ""), _negated=True)),
                            models.Q(models.Q(("state", "failed"), _negated=True), ("error", "")),
                            _connector="OR",
                        ),
                        name="prepared_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ready_at__isnull", False),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                ("size__gt", 0),
                                ("state", "ready"),
                                models.Q(("file", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ready"), _negated=True),
                                ("file", ""),
                                ("ready_at__isnull", True),
                                ("sha256", ""),
                                ("size", 0),
                            ),
                            _connector="OR",
                        ),
                        name="prepared_ready_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "ready"), ("lacks", ""), _connector="OR"),
                        name="prepared_lacks_when_ready",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevocationSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=20, verbose_name="вид")),
                ("issuer_name", models.CharField(max_length=300, verbose_name="удостоверяющий центр")),
                ("issuer_key", models.CharField(db_index=True, max_length=64, verbose_name="отпечаток имени центра")),
                ("signer_key", models.CharField(max_length=64, verbose_name="отпечаток ключа центра")),
                ("scope", models.CharField(blank=True, max_length=64, verbose_name="о каких сертификатах")),
                ("content", models.BinaryField(verbose_name="файл")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 файла")),
                ("made_at", models.DateTimeField(verbose_name="составлен")),
                ("next_at", models.DateTimeField(null=True, verbose_name="следующий ожидается")),
                ("loaded_by_name", models.CharField(max_length=150, verbose_name="кто загрузил")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="загружен")),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "сведения об отзыве",
                "verbose_name_plural": "сведения об отзыве",
                "ordering": ["issuer_name", "-made_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("signer_key", "what", "scope"), name="revocation_source_once"),
                    models.CheckConstraint(
                        condition=models.Q(("loaded_by_name", ""), _negated=True), name="revocation_source_loaded_by"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("handwritten", "Собственноручная подпись"), ("cms", "Электронная подпись")],
                        default="handwritten",
                        editable=False,
                        max_length=20,
                        verbose_name="вид подписи",
                    ),
                ),
                (
                    "scan",
                    models.FileField(
                        blank=True,
                        help_text="PDF, PNG или JPEG, не больше 20 МБ",
                        upload_to=documents.scans.scan_name,
                        validators=[documents.scans.validate_scan],
                        verbose_name="скан подписанного документа",
                    ),
                ),
                (
                    "container",
                    models.FileField(
                        blank=True,
                        editable=False,
                        upload_to=documents.models.signature.container_name,
                        verbose_name="файл подписи",
                    ),
                ),
                (
                    "container_sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256 файла подписи"),
                ),
                (
                    "identity",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="отпечаток подписи"),
                ),
                ("is_verified", models.BooleanField(editable=False, null=True, verbose_name="проверена")),
                (
                    "evidence",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="что установила проверка"),
                ),
                (
                    "signer_name",
                    models.CharField(
                        help_text="Как в документе: «Н.В. Корягина»",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="кто подписал",
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="дата подписания")),
                (
                    "confirmed_by_name",
                    models.CharField(editable=False, max_length=150, verbose_name="имя подтвердившего"),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="внесена"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем подтверждена",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="documents.issueddocument",
                        verbose_name="документ",
                    ),
                ),
            ],
            options={
                "verbose_name": "подпись",
                "verbose_name_plural": "подписи",
                "ordering": ["signed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["handwritten", "cms"])), name="signature_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "handwritten"), _negated=True),
                            models.Q(("scan", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signature_by_hand_has_scan",
                        violation_error_message="Приложите скан подписанного документа.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "cms"), _negated=True),
                            models.Q(
                                models.Q(("container", ""), _negated=True),
                                models.Q(("container_sha256", ""), _negated=True),
                                models.Q(("identity", ""), _negated=True),
                                ("is_verified__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="signature_cms_has_checked_container",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("identity", ""), _negated=True),
                        fields=("document", "identity", "is_verified"),
                        name="signature_once",
                        violation_error_message="Эта подпись уже приложена.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signer_name", ""), _negated=True), name="signature_has_signer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by_name", ""), _negated=True),
                        name="signature_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustedAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="название")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("signatures", "Подписи людей и метки времени"), ("time", "Только метки времени")],
                        default="signatures",
                        max_length=20,
                        verbose_name="чему доверяем",
                    ),
                ),
                ("certificate", models.BinaryField(verbose_name="сертификат")),
                ("sha256", models.CharField(max_length=64, verbose_name="отпечаток SHA-256")),
                ("not_before", models.DateTimeField(verbose_name="действует с")),
                ("not_after", models.DateTimeField(verbose_name="действует по")),
                ("added_by_name", models.CharField(max_length=150, verbose_name="кто добавил")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="добавлен")),
                ("removed_by_name", models.CharField(blank=True, max_length=150, verbose_name="кто исключил")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="исключён")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "доверенный удостоверяющий центр",
                "verbose_name_plural": "доверенные удостоверяющие центры",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("sha256",),
                        name="authority_once",
                        violation_error_message="Этот сертификат уже есть в списке доверенных.",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="authority_has_name"),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["signatures", "time"])), name="authority_purpose_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_at__isnull", True),
                            models.Q(("removed_by_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="authority_removed_by",
                    ),
                ],
            },
        ),
    ]
