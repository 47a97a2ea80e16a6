"""The page of a result: what would change it, the same as a document, and the same answers elsewhere."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from visit import PAGES, RSA, answer_all, page_of

from guichet.documents.pdf import compiled
from guichet.records import brouillons
from guichet.web.simulateurs.pdf import SOURCE
from reponses import LONE_MOTHER

WORDS = ("line", "value", "total", "answers", "question", "answer", "not_asked")
pytestmark = pytest.mark.django_db


@pytest.fixture
def link(client):
    return answer_all(client)


def test_the_curve_is_drawn_and_written(client, link):
    page = client.get(f"{link}/resultat").content.decode()
    svg = ElementTree.fromstring(re.search(r"<svg class=\"chart\".*?</svg>", page)[0])
    assert "pour vos 1\u202f100\xa0€" in svg.find("desc").text
    table = re.search(r"Les chiffres de ce graphique.*?</table>", page, re.DOTALL)[0]
    assert 8 <= table.count("<tr") <= 14
    assert table.count("(vous)") == 1


def test_the_figures_of_the_curve_do_not_repeat_an_amount(client, link):
    """Of a wage under which the aid is the same, the first and the last are written; and the household's own."""
    page = client.get(f"{link}/resultat").content.decode()
    table = re.search(r"Les chiffres de ce graphique.*?</table>", page, re.DOTALL)[0]
    rows = re.findall(r"<th scope=\"row\">(.*?)</th>\s*<td>(.*?)</td>", table)
    alike = [here for before, here, after in zip(rows, rows[1:], rows[2:], strict=False) if before[1] == here[1] == after[1]]
    assert all("(vous)" in income for income, _ in alike)
    assert rows[0][1] == rows[1][1] != rows[2][1]


def test_a_student_reads_that_no_salary_changes_the_aid(client):
    draft = answer_all(client, foyer=PAGES["foyer"] | {"naissance-annee": "2003"}, activite={"activite": "etudiant"})
    result = page_of(client.get(f"{draft}/resultat"))
    assert "Les chiffres de ce graphique" not in result
    assert "Vos ressources d’étudiant sont un forfait : votre salaire n’y change rien." in result
    assert re.search(r"<p>Jusqu’à [0-9 ]+ € par mois, vos revenus ne changent pas ce montant\.", result)


def test_other_answers_are_tried_beside_the_first_ones(client, link):
    trial = page_of(client.get(f"{link}/resultat", {"loyer": "300", "mois-mois": "08", "mois-annee": "2026"}))
    assert "Votre essai, en août 2026" in trial
    own, other = re.search(r"Aide au logement</th><td>([\d]+) €</td><td>([\d]+) €</td>", trial).groups()
    assert int(other) < int(own)
    assert 'value="300"' in trial
    assert "520,50 € par mois" in page_of(client.get(f"{link}/recapitulatif"))  # the draft keeps its own
    assert "Redevance du mois" not in trial  # a tenant pays none


def test_a_trial_of_a_month_without_one_of_the_benefits_says_so(client):
    draft = answer_all(client, genre="rsa", proches=RSA["proches"] | {"enfants-1-naissance-annee": "2011"})
    trial = page_of(client.get(f"{draft}/resultat", {"mois-mois": "03", "mois-annee": "2015"}))
    assert "Votre essai, en mars 2015" in trial
    assert re.search(r"Prime d’activité</th><td>[^<]+ €</td><td>n’existe pas</td>", trial)


def test_a_trial_that_lowers_the_rsa_tells_what_it_raises(client):
    """Of a child more, beside the RSA and the prime d'activité, the benefits that they count: and what is supposed."""
    trial = page_of(client.get(f"{answer_all(client, genre='rsa')}/resultat", {"nombre_enfants": "2"}))
    rows = dict(re.findall(r"<th scope=\"row\">([^<]+)</th><td>([^<]+)</td><td>[^<]+</td>", trial))
    assert list(rows)[:2] == ["RSA", "Prime d’activité"]
    assert rows["Allocations familiales"] == rows["Allocation de base"] == "0 €"
    assert rows["Allocation de soutien familial, si l’autre parent ne verse pas de pension alimentaire"] != "0 €"
    assert "Complément familial" not in rows


def test_a_trial_that_decides_tells_nothing_of_other_benefits(client):
    """A student alone, whose only child the trial takes away."""
    draft = brouillons.begin("rsa", LONE_MOTHER | {"activite": "etudiant", "enfants-1-naissance": "2025-03-01"})
    trial = page_of(client.get(f"/simulation/rsa/{draft}/resultat", {"nombre_enfants": "0"}))
    assert re.search(r"RSA</th><td>[1-9][^<]+ €</td><td>0 €</td>", trial)
    assert '<tr><th scope="row">Aide au logement</th>' not in trial
    assert "n’existe pas" not in trial


def test_what_opens_alike_is_told_under_its_own_text(client):
    result = page_of(client.get(f"{answer_all(client, genre='rsa')}/resultat"))
    (rsa,) = re.findall(r"<p>RSA, en faisant la demande.*?</ul>", result)
    (prime,) = re.findall(r"<p>Prime d’activité, en faisant la demande.*?</ul>", result)
    assert "CASF, art. R262-33" in rsa
    assert "R262-33" not in prime


def test_what_is_not_known_for_sure_is_said(client):
    result = page_of(client.get(f"{answer_all(client, genre='rsa')}/resultat"))
    _, doubts = result.split("Ce dont nous ne sommes pas sûrs", 1)
    assert "nous ne connaissons que les naissances" in doubts


def test_another_right_leads_to_its_page(client, link):
    (address,) = re.findall(r'<a href="(/prestations/[^"]+)">Prime d’activité</a>', page_of(client.get(f"{link}/resultat")))
    assert client.get(address).status_code == 200


def test_a_trial_that_cannot_be_read_says_why_and_keeps_what_was_typed(client, link):
    trial = page_of(client.get(f"{link}/resultat", {"loyer": "trois cents"}))
    assert '<a href="#loyer">Loyer du mois, sans les charges : indiquez le loyer' in trial
    assert 'value="trois cents"' in trial
    assert "Vous auriez droit à" in trial


def test_a_trial_that_asks_more_says_where_to_answer(client, link):
    assert "d’autres questions se posent" in page_of(
        client.get(f"{link}/resultat", {"mois-mois": "01", "mois-annee": "2019"})
    )


@pytest.mark.parametrize("sent", ["\0", "9" * 5000, "<script>", "１２", "1e5"])
def test_no_trial_breaks_the_page(client, link, sent):
    response = client.get(f"{link}/resultat", {"loyer": sent, "nombre_enfants": sent, "mois-annee": sent})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_the_document_is_accessible_and_says_what_the_page_says(client, link):
    page = client.get(f"{link}/resultat")
    response = client.get(f"{link}/resultat.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    document = PdfReader(BytesIO(response.content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(document.trailer["/Root"]["/Lang"]).startswith("fr")
    assert b"pdfuaid:part>1<" in document.trailer["/Root"]["/Metadata"].get_data()
    assert document.metadata.title == "Simulation d’aide au logement, novembre 2026"
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    montant = re.search(r"<b>([^<]+)</b>", page.content.decode())[1].replace("\xa0", " ")
    assert montant in text
    assert "CCH, art. D823-16, en vigueur depuis le 1er septembre 2019" in text
    assert "520,50 € par mois" in text


def test_words_are_not_commands_of_the_document():
    written = compiled(
        SOURCE,
        {
            **{"language": "fr", "site": "#panic()", "words": dict.fromkeys(WORDS, "#x")},
            **{"title": "*A* #b [c]", "total": "", "answers": [["#x", "$y$"]], "not_asked": []},
            **{"rights": [], "note": "// rien"},
        },
    )
    assert "*A* #b [c]" in PdfReader(BytesIO(written)).pages[0].extract_text()


def test_a_document_of_an_unfinished_draft_leads_to_its_questions(client, link):
    client.post(f"{link}/foyer", {"couple": "oui"})
    assert client.get(f"{link}/resultat.pdf").status_code == 302


def test_the_same_answers_go_on_elsewhere_in_a_draft_of_their_own(client, link):
    response = client.post(f"{link}/vers/logement")
    assert response.status_code == 302
    other = response.url.removesuffix("/recapitulatif")
    assert other != link
    client.post(f"{other}/loyer", {"bailleur": "prive", "loyer": "300"})
    assert "520,50 € par mois" in page_of(client.get(f"{link}/recapitulatif"))
    assert client.get(f"{link}/vers/logement").status_code == 405
    assert client.post(f"{link}/vers/ailleurs").status_code == 404
