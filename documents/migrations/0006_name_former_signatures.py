"""Signatures from before are known by their file, and say nothing of what was not looked at then."""

from django.db import migrations

MISSING = {"represents": "", "stamped_at": "", "checked": [], "remarks": [], "counter_signers": []}


def name_former_signatures(apps, schema_editor):
    for signature in apps.get_model("documents", "Signature")._base_manager.filter(kind="cms", identity=""):
        signature.identity = signature.container_sha256
        signature.evidence = {**MISSING, **signature.evidence}
        signature.save(update_fields=["identity", "evidence"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_trust_store_and_signers")]

    operations = [migrations.RunPython(name_former_signatures, migrations.RunPython.noop)]
