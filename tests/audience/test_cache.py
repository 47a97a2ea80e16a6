"""What is compiled at install is used by whoever runs it, where they may write."""

from __future__ import annotations

import numba
import pytest

from guichet.audience import cache


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that is installed, with what was compiled then; the user's home is elsewhere."""
    folder = tmp_path / "package"
    folder.mkdir()
    for name in cache.COMPILED:
        (folder / name).write_text("")
    monkeypatch.setattr(cache, "PACKAGE", folder)
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return folder


def chosen(package, monkeypatch, *closed):
    ours = cache._ours
    monkeypatch.setattr(
        cache, "_ours", lambda folder: not any(folder.is_relative_to(one) for one in closed) and ours(folder)
    )
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    cache.choose()
    return numba.config.CACHE_DIR


def test_beside_the_package(package, monkeypatch):
    assert chosen(package, monkeypatch).startswith(str(package / "__pycache__" / "numba-"))


def test_copied_where_the_package_cannot_be_written(package, tmp_path, monkeypatch):
    installed = package / "__pycache__"
    compiled = chosen(package, monkeypatch)
    (installed / compiled / "parse.nbi").write_text("compiled")

    users = chosen(package, monkeypatch, installed)

    assert users.startswith(str(tmp_path / "home" / "guichet"))
    assert (tmp_path / "home" / "guichet" / users / "parse.nbi").read_text() == "compiled"


def test_a_temporary_folder_at_last(package, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    assert chosen(package, monkeypatch, package, tmp_path / "home").startswith(str(tmp_path / "temporary"))


def test_a_changed_file_is_compiled_again(package, monkeypatch):
    before = chosen(package, monkeypatch)
    (package / "lines.py").write_text("changed = True")

    assert chosen(package, monkeypatch) != before


def test_a_folder_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    assert cache._ours(tmp_path / "mine")
    monkeypatch.setattr("os.getuid", lambda: 12345)

    assert not cache._ours(tmp_path / "theirs")
