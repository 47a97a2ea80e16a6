"""`guichet jeton`: the operator gives a town its token, lists them, takes one back."""

import pytest

from guichet import cli
from guichet.operations import jetons
from guichet.records.jetons import Jeton

pytestmark = pytest.mark.django_db
ISSUE = ["jeton", "--recipient", "21350238800019", "--scopes", "cnaf_enfants", "cnaf_quotient_familial", "--until"]


def test_issued_listed_revoked(capsys):
    assert cli.main([*ISSUE, "2027-12-31", "--name", "Ville d'essai"]) == 0
    told = capsys.readouterr()
    token = jetons.read(told.out.strip())
    assert (token.siret, token.nom) == ("21350238800019", "Ville d'essai")
    assert token.portees == ["cnaf_quotient_familial", "cnaf_enfants"]
    assert str(token.jti) in told.err

    assert cli.main(["jeton", "--list"]) == 0
    scopes = "cnaf_quotient_familial,cnaf_enfants"
    assert capsys.readouterr().out == f"{token.jti}  valid  until 2027-12-31  21350238800019  {scopes}  Ville d'essai\n"

    assert cli.main(["jeton", "--revoke", str(token.jti)]) == 0
    assert cli.main(["jeton", "--revoke", str(token.jti)]) == 1
    assert "no valid token" in capsys.readouterr().err
    assert cli.main(["jeton", "--list"]) == 0
    assert "  revoked  " in capsys.readouterr().out


def test_its_last_day_is_its_own(capsys, set_clock):
    set_clock(2027, 12, 31, 23, 59)
    assert cli.main([*ISSUE, "2027-12-31"]) == 0
    text = capsys.readouterr().out.strip()
    assert jetons.read(text)
    set_clock(2028, 1, 1, 0)
    with pytest.raises(jetons.RefusedJetonError, match="expiré"):
        jetons.read(text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jeton"], "--recipient, --scopes and --until"),
        (["jeton", "--recipient", "21350238800019"], "--recipient, --scopes and --until"),
        (["jeton", "--recipient", "12"], "'12' is not a SIRET"),
        ([*ISSUE, "2026-11-24"], "2026-11-24 is past"),
        ([*ISSUE, "9999-12-31"], "9999-12-31 is too far"),
        ([*ISSUE, "2027-02-30"], "is not a day"),
        ([*ISSUE, "2027-01-01", "--name", "x" * 81], "80 characters"),
        ([*ISSUE, "2027-01-01", "--list"], "one thing at a time"),
        (["jeton", "--list", "--revoke", "5a0d1a2e-7a8e-4f0e-9a43-2d1f2a5c9a11"], "not allowed with argument --list"),
        (["jeton", "--revoke", "12"], "is not the number of a token"),
        (["jeton", "--recipient", "21350238800019", "--until", "2027-01-01", "--scopes", "tout"], "'tout' is not a scope"),
    ],
)
def test_badly_called(capsys, arguments, said):
    try:
        code = cli.main(arguments)
    except SystemExit as ended:
        code = ended.code
    assert code == 2
    assert said in capsys.readouterr().err
    assert not Jeton.objects.exists()
