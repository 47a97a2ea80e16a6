"""The catalogue is compiled where it is needed, when it is needed."""

import gettext

from django.conf import settings

from guichet.web.catalogue import compiled


def test_it_is_compiled_once_and_again_when_the_sources_change(tmp_path):
    sources = tmp_path / "sources"
    (sources / "en").mkdir(parents=True)
    (sources / "en" / "one.po").write_text('msgid "oui"\nmsgstr "yes"\n')
    (sources / "en" / "two.po").write_text('msgid "non"\nmsgstr "no"\n')
    made = compiled(sources, tmp_path)
    file = made / "en" / "LC_MESSAGES" / "django.mo"
    said = gettext.translation("django", made, ["en"]).gettext
    assert (said("oui"), said("non"), said("peut-être")) == ("yes", "no", "peut-être")
    before = file.stat().st_mtime_ns
    assert compiled(sources, tmp_path) == made
    assert file.stat().st_mtime_ns == before
    (sources / "en" / "one.po").write_text('msgid "oui"\nmsgstr "aye"\n')
    assert gettext.translation("django", compiled(sources, tmp_path), ["en"]).gettext("oui") == "aye"


def test_the_catalogue_of_the_site_is_there():
    assert (settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES" / "django.mo").exists()
