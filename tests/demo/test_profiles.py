"""What residents of the county are told is plainly fictional, but for the help."""

import pytest

from surveyapp.demo.county import COUNTY, TOWNS
from surveyapp.demo.profiles import profiles

SLUGS = [COUNTY, *(town.code for town in TOWNS)]


def test_the_county_comes_first_because_it_owns_the_survey() -> None:
    assert list(profiles()) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_office_cannot_be_taken_for_a_real_one(slug: str) -> None:
    officer = profiles()[slug].officer
    assert officer.telephone.startswith("705 555-01")
    assert "fictional" in officer.title["en"]
    assert "fictif" in officer.title["fr"]
    assert "Example" in officer.address["en"]
    assert "Exemple" in officer.address["fr"]


def test_each_office_has_its_own_number() -> None:
    numbers = [one.officer.telephone for one in profiles().values()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_help_lines_are_the_verified_ones(slug: str) -> None:
    assert [one.telephone for one in profiles()[slug].help_lines] == ["9-8-8", "9-1-1", "2-1-1"]
    assert all(one.name["fr"] and one.name["en"] for one in profiles()[slug].help_lines)
