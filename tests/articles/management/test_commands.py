"""Commands as they are typed: what they print, and how they end."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from articles.content.organisations import Organisation
from articles.editions.guards import lifted
from articles.editions.shelf import Edition
from articles.editorial.revisions import revisions
from articles.publishing.dues import Due
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON, an_article, an_editor, an_organisation

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def published() -> Edition:
    article = an_article()
    decision = Decision("Checked later.")
    return publish("article", article.pk, {"ru": Terms()}, decision=decision, by=an_editor(), at=NOON)["ru"]


def test_dump_and_load_say_what_they_did_in_plain_lines(tmp_path: Path) -> None:
    organisation = an_organisation(name_en="Quayside Clinic")
    name = f"quayside-clinic-{str(organisation.pk)[:8]}.yaml"
    assert run("dump_content", tmp_path) == (f"{tmp_path}/organisations/{name}: written\n1 objects in {tmp_path}.\n")
    organisation.delete()
    assert run("load_content", tmp_path) == f"{tmp_path}/organisations/{name}: loaded\n1 of 1 objects changed.\n"
    assert run("load_content", tmp_path).endswith("unchanged\n0 of 1 objects changed.\n")


def test_loading_in_somebody_s_name_keeps_versions_in_it(tmp_path: Path) -> None:
    an_organisation()
    run("dump_content", tmp_path)
    Organisation.objects.all().delete()
    editor = an_editor("vera")
    run("load_content", tmp_path, "--by", "vera")
    assert [kept.saved_by for kept in revisions(Organisation.objects.get())] == [editor]


def test_loading_in_the_name_of_nobody_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no account vera"):
        run("load_content", tmp_path, "--by", "vera")


def test_loading_ends_with_every_problem_and_its_file(tmp_path: Path) -> None:
    (tmp_path / "organisations").mkdir()
    (tmp_path / "organisations" / "a.yaml").write_text("id: nonsense\n")
    (tmp_path / "organisations" / "b.yaml").write_text("id: also nonsense\n")
    with pytest.raises(CommandError) as refusal:
        run("load_content", tmp_path)
    assert str(refusal.value).split("\n") == [
        f"{tmp_path}/organisations/a.yaml: id: not a UUID",
        f"{tmp_path}/organisations/b.yaml: id: not a UUID",
        "Nothing was loaded: 2 problem(s).",
    ]


def test_a_directory_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    an_organisation()
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="The files could not be written"):
        run("dump_content", tmp_path / "file")


def test_a_sound_shelf_is_verified_with_its_counts() -> None:
    published()
    assert run("verify_editions") == "1 editions and 1 journal lines checked, 0 finding(s).\n"


@pytest.mark.django_db(transaction=True)
def test_one_altered_letter_is_found_and_ends_with_1() -> None:
    edition = published()
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_edition SET document_json = REPLACE(document_json, 'Судорога', 'Судорогa')")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_editions", stdout=out)
    assert end.value.code == 1
    assert f"Edition 1 of article {edition.item} (ru): its words do not match their digest." in out.getvalue()


def test_the_job_worker_carries_out_what_is_due() -> None:
    edition = published()
    payload = {"reason_code": "expired", "reason": "Срок вышел."}
    arranged_by = an_editor("boris")
    Due.objects.create(
        act="withdraw", kind="article", item=edition.item, language="ru", due_at=NOON, payload=payload,
        arranged_by=arranged_by,
    )  # fmt: skip
    assert run("run_jobs", "--once") == "1 carried out.\n"
    assert run("run_jobs", "--once") == "0 carried out.\n"


def test_a_reset_account_has_the_printed_password_and_no_open_session() -> None:
    account = an_editor("vera")
    before = account.get_session_auth_hash()
    name, password = run("reset_account", "vera").split()
    assert name == "vera"
    assert authenticate(username="vera", password=password) == account
    account.refresh_from_db()
    assert account.get_session_auth_hash() != before


def test_resetting_an_account_that_is_switched_off_says_so() -> None:
    an_editor("vera", is_active=False)
    assert "switched off" in run("reset_account", "vera")


def test_an_unknown_account_is_answered_with_the_known_ones() -> None:
    an_editor("vera")
    with pytest.raises(CommandError, match=r"There is no account boris\. Accounts: vera\."):
        run("reset_account", "boris")
