"""Two people save the same form."""

from html import escape

import pytest
from django.db import transaction
from django.test import RequestFactory

from accounts.forms import ProfileForm, UserForm
from accounts.models import User
from accounts.roles import Role
from revisions.conflict import conflict_page
from revisions.models import EditConflict


def profile(user: User, **typed: object) -> ProfileForm:
    return ProfileForm({"name": user.name, "position": user.position, "version": user.version} | typed, instance=user)


def opened(user: User) -> User:
    """The record as another window has it."""
    return User.objects.get(pk=user.pk)


def test_saving_raises_the_version(chair: User) -> None:
    form = profile(chair, position="Глава")
    assert form.is_valid()
    assert form.save().version == 2
    assert opened(chair).version == 2


def test_a_form_opens_with_the_version(chair: User) -> None:
    assert 'name="version" value="1"' in str(ProfileForm(instance=chair))


def test_the_second_save_is_refused_and_nothing_is_overwritten(chair: User) -> None:
    first, second = profile(opened(chair), position="Первая"), profile(opened(chair), position="Вторая")
    assert first.is_valid() and second.is_valid()
    first.save()
    with pytest.raises(EditConflict) as conflict:
        second.save()
    assert conflict.value.current.version == 2
    assert opened(chair).position == "Первая"


def test_a_forged_later_version_is_refused(chair: User) -> None:
    form = profile(chair, version=7)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        form.save()


def test_the_page_shows_both_texts_and_loses_nothing(chair: User, rf: RequestFactory) -> None:
    typed = {"name": "Н.В. Корягина", "position": "Глава «города» & друзей", "version": "1"}
    User.objects.filter(pk=chair.pk).update(position="Председатель Союза", version=2)
    form = ProfileForm(typed, instance=opened(chair))
    assert form.is_valid()
    with pytest.raises(EditConflict) as conflict, transaction.atomic():
        # The record was opened at version 1.
        form.save()
    request = rf.post("/accounts/profile/", typed)
    request.user = chair
    response = conflict_page(request, form, conflict.value, cancel_url="/back/")
    page = response.content.decode()
    assert response.status_code == 409
    assert page.count(escape(typed["position"])) >= 2  # beside the stored text, and in the form
    assert "<ins>" in page and "<del>" in page
    assert 'name="version" value="2"' in page
    assert 'href="/back/"' in page


def test_choices_are_shown_by_their_names(chair: User, rf: RequestFactory) -> None:
    typed = {"name": chair.name, "position": "", "email": chair.email, "role": Role.SECRETARIAT, "version": "1"}
    form = UserForm(typed, instance=opened(chair))
    User.objects.filter(pk=chair.pk).update(version=2)
    assert form.is_valid()
    with pytest.raises(EditConflict) as conflict:
        form.save()
    request = rf.post("/", typed)
    request.user = chair
    page = conflict_page(request, form, conflict.value, cancel_url="/").content.decode()
    assert "</h4>Председатель</div>" in page and "</h4>Секретариат</div>" in page


def test_fields_that_agree_are_not_shown(chair: User, rf: RequestFactory) -> None:
    form = profile(opened(chair))
    User.objects.filter(pk=chair.pk).update(version=2)
    assert form.is_valid()
    with pytest.raises(EditConflict) as conflict:
        form.save()
    request = rf.post("/", {"name": chair.name, "position": "", "version": "1"})
    request.user = chair
    page = conflict_page(request, form, conflict.value, cancel_url="/").content.decode()
    assert "ничем не отличается" in page
