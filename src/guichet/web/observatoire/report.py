"""The report of an audience: what is said of it, and the seven charts of the study of caf.fr, each with its table.

The same for the page of the site, for the file that `guichet audience --html` writes and for its `--csv`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from django.utils.safestring import SafeString, mark_safe

from guichet.audience.figures import EventFigures, Figures
from guichet.audience.measures import days, weekday_means
from guichet.audience.period import Period
from guichet.charts.bars import Bars
from guichet.charts.columns import Columns
from guichet.domain.phrases import Phrase, capfirst
from guichet.domain.vocabulaire import Mois
from guichet.web.contenu.demarches import DEMARCHES
from guichet.web.filters import in_a_sentence, in_figures, whole_number
from guichet.web.languages import in_english, said, written

Rows = Sequence[tuple[str, tuple[float, ...]]]
"""A name and its quantities, one for each series."""
WEEKDAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
SIMULATIONS = {"logement": "Aides au logement", "rsa": "RSA et prime d'activité", "paje": "Paje"}
TELEPROCEDURES = {demarche.code: demarche.title for demarche in DEMARCHES.values()}
SECTIONS = {
    **{"situation": "Ma situation", "paiements": "Mes paiements", "courriers": "Mes courriers"},
    **{"demarches": "Mes démarches", "ressources": "Mes ressources"},
}
HAPPENED = {"teleprocedure": "Téléprocédures validées", "authentification": "Connexions à un compte"}
OPINIONS = {
    "trouve": "Ont trouvé ce qu'ils cherchaient, sur {nombre} avis",
    "contact_evite": "Auraient sinon appelé ou se seraient déplacés, sur {nombre} avis",
}
HOURS = ((9, 16), (20, 24), (1, 6))
"""The hours of the day that the study tells: from, until."""
AROUND = range(3, 8)
"""Days of a month around the 5th, on which the caisses pay."""


@dataclass(frozen=True)
class Chart:
    """A title, what the figures say, a drawing and the table of what is drawn. `legend` names several series."""

    slug: str
    title: str
    sentence: str
    svg: SafeString
    head: tuple[str, ...]
    rows: Rows
    decimals: int = 0
    keys: tuple[str, ...] = ()
    """Of the rows, for a program to read; their names without."""

    @property
    def legend(self) -> tuple[str, ...]:
        return self.head[1:] if len(self.head) > 2 else ()

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        return [(name, [number(value, self.decimals) for value in values]) for name, values in self.rows]


@dataclass(frozen=True)
class Report:
    """`figures` are those of `period`, `before` those of `period.before`, None when nothing was measured then."""

    period: Period
    figures: Figures | None
    before: Figures | None
    events: EventFigures

    @property
    def is_empty(self) -> bool:
        return not (self.figures and self.figures.visits) and not self.events.counts

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The figures at the top, with their names."""
        told: list[tuple[str, str]] = []
        if self.figures:
            told += [
                (said("Visites"), number(self.figures.visits)),
                self._visitors,
                (said("Pages"), number(self.figures.pages)),
                (said("Pages par visite"), number(self.figures.pages_per_visit, 1)),
                (said("Durée moyenne d'une visite"), duration(self.figures.mean_duration)),
            ]
        return [*told, *self._happened]

    @property
    def _happened(self) -> Iterator[tuple[str, str]]:
        """What the application's events tell, of those that it has."""
        events = self.events
        yield said("Simulations menées à leur terme"), number(total(events, "simulation"))
        for event, name in HAPPENED.items():
            if count := total(events, event):
                yield said(name), number(count)
        if events.users_month:
            yield said("Allocataires connectés, un mois moyen"), number(mean(events.users_month.values()))
        if events.users_period:
            yield said("Allocataires connectés sur la période"), number(events.users_period)
        for question, name in OPINIONS.items():
            if asked := total(events, "avis", question):
                share = 100 * sum(events.yes.get(question, {}).values()) / asked
                yield said(Phrase(name, nombre=number(asked))), percent(share)

    @property
    def _visitors(self) -> tuple[str, str]:
        """The visitors of the span; of a mean month when no key covers it: a sum would be wrong."""
        assert self.figures
        if self.figures.visitors_total is not None:
            return said("Visiteurs distincts"), number(self.figures.visitors_total)
        return said("Visiteurs distincts, un mois moyen"), number(mean(self.figures.visitors_month.values()))

    @property
    def change(self) -> str:
        """What changed since the period before, by days that were measured, in a sentence."""
        if not self.figures or not self.before or not self.before.visits:
            return said("Il n'y a pas de mesure de la période précédente, à laquelle comparer.")
        now, before = (found.visits / len(days(found)) for found in (self.figures, self.before))
        change = 100 * (now - before) / before
        pattern = "{visites} visites par jour, autant que sur la période précédente."
        if round(change, 1):
            pattern = "{visites} visites par jour, {ecart} % de plus que sur la période précédente ({avant})."
        if round(change, 1) < 0:
            pattern = "{visites} visites par jour, {ecart} % de moins que sur la période précédente ({avant})."
        ecart = number(abs(change), 0 if abs(change) >= 10 else 1)
        return said(Phrase(pattern, visites=a_day(now), ecart=ecart, avant=a_day(before)))

    @property
    def charts(self) -> list[Chart]:
        drawn: list[Chart] = []
        if self.figures and self.figures.visits:
            drawn += [weekdays(self.figures), week(self.figures), hours(self.figures), months(self.figures)]
            drawn += around_the_5th(self.figures)
        drawn += [simulations(self.events), teleprocedures(self.events), housing(self.events)]
        return [*drawn, *sections(self.events)]


def heading(period: Period) -> str:
    """`De juin 2012 à juin 2013`, `Octobre 2026`; days when it is not made of whole months."""
    if not period.is_of_months:
        return said(Phrase("Du {premier} au {dernier}", premier=period.first, dernier=period.last))
    if len(period.months) == 1:
        return capfirst(month(period.months[0]))
    return capfirst(said(Phrase("{du:de} à {au}", du=Mois.parse(period.months[0]), au=Mois.parse(period.months[-1]))))


# The charts of the study, in its order


def weekdays(figures: Figures) -> Chart:
    means = weekday_means(figures)
    most, least = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    pattern = "Le plus de visites le {jour} ({visites} en moyenne), le moins le {autre} ({moins})."
    if most == least:
        pattern = "Un seul jour de la semaine a été mesuré : {jour}."
    sentence = Phrase(
        pattern,
        **{"jour": weekday(most), "visites": number(means[most]), "autre": weekday(least), "moins": number(means[least])},
    )
    title = said("Visites selon le jour de la semaine")
    rows = [(said(WEEKDAYS[day]), (visits,)) for day, visits in means.items()]
    return _columns("visites-par-jour", title, said(sentence), (said("Jour"), said("Visites en moyenne")), rows)


def week(figures: Figures) -> Chart:
    means = weekday_means(figures)
    whole = sum(means.values())
    shares = {day: 100 * visits / whole for day, visits in means.items()}
    most = max(shares, key=shares.__getitem__)
    sentence = Phrase("Le {jour} fait {part} % des visites d'une semaine.", jour=weekday(most), part=number(shares[most], 1))
    rows = [(said(WEEKDAYS[day]), share) for day, share in shares.items()]
    title, head = said("Part de chaque jour dans la semaine"), (said("Jour"), said("Part des visites (%)"))
    return _bars("part-de-la-semaine", title, said(sentence), head, rows, percent, 1)


def hours(figures: Figures) -> Chart:
    pages = [figures.pages_hour[str(hour)] for hour in range(24)]
    shares = {f"part_{first}": number(100 * sum(pages[first:last]) / figures.pages, 1) for first, last in HOURS}
    pattern = "De 9 h à 16 h : {part_9} % des pages. De 20 h à minuit : {part_20} %. De 1 h à 6 h : {part_1} %."
    rows = [(said(Phrase("{heure} h", heure=hour)), (float(count),)) for hour, count in enumerate(pages)]
    title = said("Pages vues selon l'heure")
    return _columns("pages-par-heure", title, said(Phrase(pattern, **shares)), (said("Heure"), said("Pages")), rows)


def months(figures: Figures) -> Chart:
    visits, visitors = figures.visits_month, figures.visitors_month
    most = max(visits, key=visits.__getitem__)
    once = "Le mois le plus fréquenté : {mois}, {visites} visite."
    pattern = once if visits[most] == 1 else "Le mois le plus fréquenté : {mois}, {visites} visites."
    sentence = Phrase(pattern, mois=month(most), visites=number(visits[most]))
    rows = [(name, (float(visits[name]), float(visitors.get(name, 0)))) for name in sorted(visits)]
    head = (said("Mois"), said("Visites"), said("Visiteurs distincts"))
    return _monthly("visites-et-visiteurs-par-mois", said("Visites et visiteurs par mois"), said(sentence), head, rows)


def around_the_5th(figures: Figures) -> list[Chart]:
    """The days of a mean month: the caisses pay on the 5th. Nothing until days near and far were measured."""
    met: dict[int, list[int]] = {}
    for day in days(figures):
        met.setdefault(day.day, []).append(figures.visits_day.get(str(day), 0))
    means = {day: mean(visits) for day, visits in sorted(met.items())}
    near, far = ([visits for day, visits in means.items() if (day in AROUND) is close] for close in (True, False))
    if not near or not far:
        return []
    pattern = "Du 3 au 7 : {pres} visites par jour en moyenne ; les autres jours : {loin}."
    sentence = said(Phrase(pattern, pres=number(mean(near)), loin=number(mean(far))))
    title, head = said("Autour du 5, jour des paiements"), (said("Jour du mois"), said("Visites en moyenne"))
    return [_columns("autour-du-5", title, sentence, head, [(str(day), (visits,)) for day, visits in means.items()])]


def simulations(events: EventFigures) -> Chart:
    whole = total(events, "simulation")
    counted = [(said(name), events.of("simulation", kind)) for kind, name in known(events, "simulation", SIMULATIONS)]
    sentence = said("Aucune simulation menée à son terme.")
    if whole:
        share = 100 * total(events, "simulation", "logement") / whole
        pattern = "En tout : {nombre}, dont {part} % pour une aide au logement."
        sentence = said(Phrase(pattern, nombre=number(whole), part=number(share)))
    return _by_month("simulations-par-genre", said("Simulations menées à leur terme"), sentence, counted)


def teleprocedures(events: EventFigures) -> Chart:
    counted = [
        (said(name), total(events, "teleprocedure", kind)) for kind, name in known(events, "teleprocedure", TELEPROCEDURES)
    ]
    whole = sum(count for _, count in counted)
    sentence = said("Aucune téléprocédure validée.")
    if whole:
        name, count = max(counted, key=lambda one: one[1])
        pattern = "En tout : {nombre}. La plus fréquente : {genre}, {part} %."
        sentence = said(Phrase(pattern, nombre=number(whole), genre=in_a_sentence(name), part=number(100 * count / whole)))
    rows = [(name, float(count)) for name, count in sorted(counted, key=lambda one: -one[1])]
    head = (said("Téléprocédure"), said("Validées"))
    return _bars("teleprocedures-par-genre", said("Téléprocédures validées"), sentence, head, rows, number, 0)


def sections(events: EventFigures) -> list[Chart]:
    """The sections of an account, where there are accounts."""
    counted = [(said(name), float(total(events, "rubrique", kind))) for kind, name in known(events, "rubrique", SECTIONS)]
    if not counted:
        return []
    name, count = max(counted, key=lambda one: one[1])
    pattern = "La plus consultée : {rubrique}, {nombre} fois."
    sentence = said(Phrase(pattern, rubrique=in_a_sentence(name), nombre=number(count)))
    head, rows = (said("Rubrique"), said("Consultations")), sorted(counted, key=lambda one: -one[1])
    return [_bars("rubriques-du-compte", said("Rubriques du compte consultées"), sentence, head, rows, number, 0)]


def housing(events: EventFigures) -> Chart:
    kinds = ("aide_logement", "maintien_dans_les_lieux")
    counted = [(said(TELEPROCEDURES[kind]), events.of("teleprocedure", kind)) for kind in kinds]
    sentence = said("Aucune demande d'aide au logement validée.")
    if any(requests := counted[0][1].values()):
        most = max(counted[0][1], key=counted[0][1].__getitem__)
        pattern = "Le plus de demandes d'aide au logement en {mois} : {nombre}."
        sentence = said(Phrase(pattern, mois=month(most), nombre=number(max(requests))))
    return _by_month("logement-par-mois", said("Demandes liées au logement, par mois"), sentence, counted)


# How they are drawn


def _columns(slug: str, title: str, sentence: str, head: tuple[str, ...], rows: Rows) -> Chart:
    series = list(zip(*(values for _, values in rows), strict=True)) or [()]
    drawn = Columns(slug, title, sentence, [short(name) for name, _ in rows], series, whole_number)
    return Chart(slug, title, sentence, _svg(drawn), head, rows)


def _bars(
    slug: str,
    title: str,
    sentence: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, float]],
    value: Callable[[float], str],
    decimals: int,
) -> Chart:
    drawn = Bars(slug, title, sentence, rows, value)
    return Chart(slug, title, sentence, _svg(drawn), head, [(name, (count,)) for name, count in rows], decimals)


def _monthly(slug: str, title: str, sentence: str, head: tuple[str, ...], rows: Rows) -> Chart:
    """`rows` by month: written short under the columns, whole in the table."""
    series = list(zip(*(values for _, values in rows), strict=True)) or [()]
    drawn = Columns(slug, title, sentence, [short_month(name) for name, _ in rows], series, whole_number)
    named = [(month(name), values) for name, values in rows]
    return Chart(slug, title, sentence, _svg(drawn), head, named, keys=tuple(name for name, _ in rows))


def _by_month(slug: str, title: str, sentence: str, counted: Sequence[tuple[str, Mapping[str, int]]]) -> Chart:
    names = sorted({name for _, counts in counted for name in counts})
    rows = [(name, tuple(float(counts.get(name, 0)) for _, counts in counted)) for name in names]
    return _monthly(slug, title, sentence, (said("Mois"), *(name for name, _ in counted)), rows)


def _svg(drawn: Columns | Bars) -> SafeString:
    return mark_safe(drawn.svg())  # the chart escapes its words itself


# How they are written


def number(value: float, decimals: int = 0) -> str:
    """`1 234`, `3,8`, as the language of the page writes it; without decimals that say nothing."""
    return in_figures(value, decimals if round(value, decimals) != round(value) else 0)


def a_day(visits: float) -> str:
    return number(visits, 0 if visits >= 100 else 1)


def percent(value: float) -> str:
    return said(Phrase("{part} %", part=number(value, 1)))


def duration(seconds: float) -> str:
    """`4 min 12 s`."""
    return said(Phrase("{minutes} min {secondes} s", minutes=int(seconds) // 60, secondes=int(seconds) % 60))


def month(name: str) -> str:
    """`octobre 2026`, of `2026-10`."""
    return written(Mois.parse(name))


def short_month(name: str) -> str:
    """`oct. 26`."""
    read = Mois.parse(name)
    return f"{said(SHORT_MONTHS[read.numero - 1])} {read.annee % 100:02}"


def weekday(day: int) -> str:
    """A weekday inside a sentence: English has it with a capital."""
    return said(WEEKDAYS[day]) if in_english() else WEEKDAYS[day].lower()


def short(name: str) -> str:
    """Under a column: `lun.` for a weekday; hours and days as they are."""
    return f"{name[:3]}." if name.isalpha() and len(name) > 4 else name


def known(events: EventFigures, event: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The kinds that were met, ours first, with their names."""
    met = events.counts.get(event, {})
    return [*((kind, name) for kind, name in names.items() if kind in met), *((k, k) for k in met if k not in names)]


def total(events: EventFigures, event: str, kind: str | None = None) -> int:
    return sum(events.of(event, kind).values())
