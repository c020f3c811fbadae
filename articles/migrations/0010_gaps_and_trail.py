"""What an upgrade finds: live texts that lack a change for safety, and what Django's own log remembers."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import migrations
from django.utils import timezone

# Of Django's log what the audit trail would have kept: (app, model) to kind, and what was done to act.
_KINDS = {
    ("articles", "accounts"): "accounts",
    ("articles", "article"): "article",
    ("articles", "carebox"): "care_box",
    ("articles", "careservice"): "care_service",
    ("articles", "evidencetable"): "evidence_table",
    ("articles", "expert"): "expert",
    ("articles", "faqentry"): "faq",
    ("articles", "organisation"): "organisation",
    ("articles", "page"): "page",
    ("articles", "partner"): "partner",
    ("articles", "picture"): "picture",
    ("articles", "quote"): "quote",
    ("articles", "source"): "source",
    ("articles", "term"): "term",
    ("articles", "topic"): "topic",
    ("auth", "user"): "user",
    ("triage", "protocol"): "protocol",
}
_ADDED, _CHANGED, _DELETED = 1, 2, 3
_ACTS = {
    ("user", _ADDED): "account-made",
    ("user", _CHANGED): "account-changed",
    ("partner", _ADDED): "admitted",
    ("partner", _CHANGED): "changed",
}


def await_what_is_lacking(apps, schema_editor):
    """Live texts that lack a change for safety have the whole time from now on: nobody was written to before."""
    Due = apps.get_model("articles", "Due")
    now = timezone.now()
    waiting = set(Due.objects.filter(act="follow", settled_at=None).values_list("item", "language"))
    live = apps.get_model("articles", "Standing").objects.filter(state="live")
    for standing in live.filter(translation_json__contains='"safety"').order_by("pk").iterator(chunk_size=200):
        if json.loads(standing.translation_json)["lacks"] != "safety" or (standing.item, standing.language) in waiting:
            continue
        # Known already where an upgrade is made again.
        if standing.gap_since is None:
            standing.gap_since = now
            standing.save(update_fields=["gap_since"])
        Due.objects.create(
            act="follow",
            kind=standing.kind,
            item=standing.item,
            language=standing.language,
            due_at=standing.gap_since + timedelta(hours=settings.SAFETY_GAP_HOURS),
            payload={"since": standing.gap_since.strftime("%Y-%m-%dT%H:%M:%SZ")},
        )


def await_nothing(apps, schema_editor):
    """Code from before knows no such rows; they are found anew when it is upgraded again."""
    apps.get_model("articles", "Due").objects.filter(act="follow").delete()


def carry_the_log(apps, schema_editor):
    """Deletions, accounts and partners of before stand in the one trail, without the words that the log kept.

    The trail is written for good, so what an upgrade carried there before it was taken back is not carried again.
    """
    AuditEntry = apps.get_model("articles", "AuditEntry")
    carried = set(AuditEntry.objects.values_list("act", "done_by", "done_at", "kind", "about"))
    rows = apps.get_model("admin", "LogEntry").objects.select_related("content_type").order_by("action_time", "pk")
    found = []
    for row in rows.iterator(chunk_size=500):
        of = row.content_type
        kind = _KINDS.get((of.app_label, of.model)) if of else None
        is_of_the_desk = kind and kind not in ("user", "partner")
        act = "deleted" if is_of_the_desk and row.action_flag == _DELETED else _ACTS.get((kind, row.action_flag))
        about = (row.object_id or "")[:40]
        if act and (act, row.user_id, row.action_time, kind, about) not in carried:
            found.append(AuditEntry(act=act, done_by=row.user, done_at=row.action_time, kind=kind, about=about))
    AuditEntry.objects.bulk_create(found, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_workflow"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(await_what_is_lacking, await_nothing),
        migrations.RunPython(carry_the_log, migrations.RunPython.noop),
    ]
