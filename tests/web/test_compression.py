"""Pages are sent compressed, and their length tells nothing."""

import gzip

from guichet.web.compression import padded


def test_what_is_compressed_is_what_was_written(client):
    plain, sent = client.get("/aide"), client.get("/aide", headers={"accept-encoding": "br, gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert sent.headers["Content-Length"] == str(len(sent.content))
    assert "Accept-Encoding" in sent.headers["Vary"]
    assert gzip.decompress(sent.content) == plain.content
    assert len(sent.content) < len(plain.content) / 2


def test_what_is_short_is_sent_as_it_is(client):
    assert "Content-Encoding" not in client.get("/theme.css", headers={"accept-encoding": "gzip"}).headers


def test_the_same_page_has_many_lengths():
    page = b"<p>a page</p>" * 100
    made = {padded(page) for _ in range(60)}
    assert len({len(one) for one in made}) > 10
    assert {gzip.decompress(one) for one in made} == {page}
