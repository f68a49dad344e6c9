"""Which entity a question means by a name: its own, another one, one of the shared register, or one that sounds alike."""

import pytest
from django.contrib.auth import get_user_model

from questions.address.question import AddressError
from questions.forms import entity_of
from registry.models import EntityName
from tests import factories, marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus():
    return factories.corpus("asked")


@pytest.fixture
def kim(corpus):
    return marks.entity(corpus, "Kim Jong Un", type="PERSON")


def meant(corpus, text):
    return entity_of(corpus, get_user_model()(is_superuser=True), "source", text, "")


@pytest.mark.parametrize("words", ["Kim Jong Un", "kim jong un", "김정은", "金正恩", str.upper("kim jong un")])
def test_a_name_in_any_script_means_the_entity(corpus, kim, words):
    assert meant(corpus, words) == str(kim.pk)


def test_a_name_in_hangul_is_found_in_latin_letters(corpus):
    ri = marks.entity(corpus, "리용호", type="PERSON")
    assert meant(corpus, "Ri Yong Ho") == str(ri.pk)


def test_a_name_that_is_spelled_so_comes_before_one_that_sounds_so(corpus, kim):
    namesake = marks.entity(corpus, "Namesake", type="PERSON")
    EntityName.objects.create(entity=namesake, position=0, name="김정은", kind="original")
    assert meant(corpus, "김정은") == str(namesake.pk)


def test_a_name_of_the_shared_register_means_the_linked_entity(corpus):
    marks.base_entity("shared-land", "Shared land")
    land = marks.entity(corpus, "Land", type="TERRITORY", same_as_id="shared-land")
    assert meant(corpus, "shared LAND") == str(land.pk)


def test_several_that_sound_alike_are_told_and_none_is_taken(corpus, kim):
    marks.entity(corpus, "Kim Jong-un", type="PERSON")
    with pytest.raises(AddressError, match="several entities"):
        meant(corpus, "김정은")


def test_none_of_another_corpus(kim):
    with pytest.raises(AddressError, match="no entity"):
        meant(factories.corpus("other"), "김정은")
