"""Files that hold pages: real ones, written by the libraries people use, come apart into captures that read right."""

from __future__ import annotations

import gzip
import io
import plistlib
import re
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from builder.add import Added, add
from builder.apart import run_apart
from builder.cache import NoCache
from builder.intake import Found, FoundPage, LeftOut, container_of, pages_of
from builder.normalizing import normalize
from builder.parallel import Failure, InlineExecutor
from builder.read.captures import read_captures

SENTENCES = "The ministers agreed on a timetable for the ferry, and named a person for every line of it. " * 4
PAGE = f"<html><head><title>Ferry talks</title></head><body><article><h1>Ferry talks</h1><p>{SENTENCES}</p></article>"
KOREAN = "두 나라 장관은 항구에서 만나 여객선 운항 일정을 확정하고 책임자를 정했다고 밝혔다. " * 6


def found(name: str, data: bytes) -> list[FoundPage | LeftOut]:
    return list(pages_of(name, io.BytesIO(data), size=len(data)))


def pages(name: str, data: bytes) -> list[FoundPage]:
    return [one for one in found(name, data) if isinstance(one, FoundPage)]


def reasons(name: str, data: bytes) -> list[str]:
    return [one.reason for one in found(name, data) if isinstance(one, LeftOut)]


def warc(*records: tuple[str, str, bytes], packed: bool = True, status: str = "200 OK") -> bytes:
    """Responses of address, content type and body, as a crawler writes them."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for address, kind, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        details = {"WARC-Date": "2026-03-04T05:06:07Z"}
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=details
        )
        writer.write_record(record)
    return file.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "site.yaml").write_text("title: Shelf\n", "utf-8")
    return tmp_path / "archive"


def taken(site: Path, name: str, data: bytes) -> Added:
    path = site.parent / name
    path.write_bytes(data)
    return add(site, [path], url=None, retrieved="2026-11-20")


def article_text(site: Path) -> str:
    """The one article that comes of what was added."""
    normalize(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    (path,) = (site / "content" / "articles").glob("*.md")
    return path.read_text("utf-8")


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_of_a_web_archive_is_a_capture_with_its_own_address_and_day(site: Path, packed: bool) -> None:
    data = warc(
        ("https://quay.example/ferry", "text/html; charset=utf-8", PAGE.encode()),
        ("https://quay.example/tide?page=2", "application/xhtml+xml", PAGE.replace("Ferry", "Tide").encode()),
        ("https://quay.example/map.png", "image/png", b"\x89PNG"),
        packed=packed,
    )
    report = taken(site, "crawl.warc.gz" if packed else "crawl.warc", data)
    assert report.problems == ()
    assert [path for _, path in report.added] == [
        "content/captures/2026-03/quay.example-ferry.html",
        "content/captures/2026-03/quay.example-tide-page-2.html",
    ]
    first, second = read_captures(site)[0]
    assert (first.data, first.origin.url) == (PAGE.encode(), "https://quay.example/ferry")
    assert first.origin.retrieved == "2026-03-04T05:06+00:00"
    assert (first.origin.record or "").startswith("urn:uuid:")
    assert second.origin.url == "https://quay.example/tide?page=2"


def test_what_is_there_already_is_not_taken_twice(site: Path) -> None:
    data = warc(("https://quay.example/ferry", "text/html", PAGE.encode()))
    assert len(taken(site, "crawl.warc.gz", data).added) == 1
    again = taken(site, "crawl.warc.gz", data)
    assert (len(again.added), len(again.present)) == (0, 1)


def test_the_charset_of_the_server_is_kept_for_a_page_that_names_none(site: Path) -> None:
    page = f"<html><head><title>여객선 회담</title></head><body><h1>여객선 회담</h1><p>{KOREAN}</p>"
    data = warc(("https://quay.example/ko", "text/html; charset=EUC-KR", page.encode("cp949")))
    taken(site, "crawl.warc.gz", data)
    assert read_captures(site)[0][0].origin.charset == "EUC-KR"
    assert "여객선 운항 일정을 확정하고" in article_text(site)


def test_records_that_are_no_whole_pages_are_passed_over() -> None:
    assert found("a.warc", warc(("https://quay.example/", "text/html", b"gone"), status="404 Not Found")) == []
    assert found("a.warc", warc(("dns:quay.example", "text/dns", b"1.2.3.4"))) == []
    assert reasons("a.warc", warc(("https://quay.example/", "text/html", b"  "))) == ["https://quay.example/: is empty"]


def test_what_holds_no_pages_is_told(site: Path) -> None:
    (told,) = taken(site, "crawl.warc.gz", b"no web archive at all").problems
    assert (told.severity, told.message) == ("error", "holds no pages")


def test_a_web_archive_that_is_torn_gives_what_stood_before_the_tear() -> None:
    data = warc(*((f"https://quay.example/{n}", "text/html", PAGE.encode() * 20) for n in range(3)))
    assert len(pages("a.warc.gz", data[:-200])) >= 2
    assert found("a.warc.gz", b"no web archive at all") == []


def test_a_bomb_in_a_web_archive_is_named_and_memory_stays_bounded() -> None:
    record = warc(("https://quay.example/", "image/png", b""), packed=False).rstrip(b"\r\n")
    packer = zlib.compressobj(wbits=31)
    head = packer.compress(re.sub(rb"(?<=Content-Length: )\d+", b"300000000", record) + b"\r\n\r\n")
    head += packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing depends on what came before, so that one packed megabyte serves for all.
    bomb = head + (packer.compress(b"\0" * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)) * 300
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        assert reasons("a.warc.gz", bomb) == ["swells beyond all measure when unpacked"]
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("head", "endless", "reason"),
    [
        (b"WARC/1.0\r\nX: ", b"a", "is damaged (a line of headers has more than 64 KB)"),
        (b"", b"a", "is damaged (a line of headers has more than 64 KB)"),
        (b"WARC/1.0\r\n", b"X: y\r\n", "is damaged (a record has more than 10000 lines of headers)"),
    ],
    ids=["one-long-line", "no-line-at-all", "lines-without-end"],
)
def test_headers_without_end_are_named_and_memory_stays_bounded(head: bytes, endless: bytes, reason: str) -> None:
    file = io.BytesIO()
    with gzip.open(file, "wb", 1) as packed:
        packed.write(head)
        for _ in range(200):
            packed.write(endless * (1_000_000 // len(endless)))
    data = file.getvalue()
    tracemalloc.start()
    try:
        assert reasons("a.warc.gz", data) == [reason]
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("said", ["-5", "99999999999999999999", "0", "abc", "", "20", "1e3"])
def test_a_record_that_lies_about_its_length_is_read_or_named_without_a_word_on_the_terminal(
    said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = warc(("https://quay.example/1", "text/html", PAGE.encode()), packed=False)
    lying = re.sub(rb"Content-Length: \d+", b"Content-Length: " + said.encode(), data, count=1)
    assert found("a.warc", lying)
    assert capfd.readouterr() == ("", "")


def test_an_address_with_spaces_is_mended_without_a_word_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    data = warc(("https://quay.example/a b\x1b[2J", "text/html", PAGE.encode()), packed=False)
    assert len(found("a.warc", data)) <= 1
    data = warc(("https://quay.example/a b", "text/html", PAGE.encode()), packed=False)
    assert [page.origin.url for page in pages("a.warc", data)] == ["https://quay.example/a%20b"]
    assert capfd.readouterr() == ("", "")


def test_a_response_in_packing_that_is_not_undone_is_named() -> None:
    record = warc(("https://quay.example/1", "text/html", b"\x8b\x03\x80 no markup"), packed=False)
    packed = record.replace(b"Content-Type: text/html\r\n", b"Content-Encoding: br\r\nContent-Type: text/html\r\n")
    length = int(re.findall(rb"Content-Length: (\d+)", record)[0])
    packed = packed.replace(b"Length: %d" % length, b"Length: %d" % (length + len(b"Content-Encoding: br\r\n")))
    assert reasons("a.warc", packed) == ["https://quay.example/1: is packed as br"]


def test_a_bomb_in_a_pages_own_packing_is_named() -> None:
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], "HTTP/1.1")
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    body = io.BytesIO(gzip.compress(b"a" * 100_000_000))
    writer.write_record(writer.create_warc_record("https://quay.example/", "response", body, http_headers=headers))
    assert reasons("a.warc.gz", file.getvalue()) == ["https://quay.example/: is larger than 32 MB"]


def test_a_wacz_gives_the_pages_of_its_web_archives(site: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", warc(("https://quay.example/ferry", "text/html", PAGE.encode())))
    report = taken(site, "crawl.wacz", file.getvalue())
    assert [path for _, path in report.added] == ["content/captures/2026-03/quay.example-ferry.html"]


def test_a_zip_of_saved_pages_gives_them_and_not_what_lies_beside_them() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("saved/../../etc/ferry.html", PAGE)
        archive.writestr("__MACOSX/._ferry.html", "shadow")
        archive.writestr("saved/map.png", "png")
    assert [(page.name, page.data) for page in pages("saved.zip", file.getvalue())] == [("ferry.html", PAGE.encode())]


def test_a_zip_bomb_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", b"\0" * 100_000_000)
        for n in range(10):
            archive.writestr(f"{n}.html", b"\0" * 30_000_000)
    assert reasons("saved.zip", file.getvalue()) == [
        "a.html: is larger than 32 MB",
        "swells beyond all measure when unpacked",
    ]
    assert reasons("saved.zip", b"PK no zip") == ["is damaged (File is not a zip file)"]


def test_a_newsletter_is_an_article_with_its_subject_sender_and_date(site: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "항구 소식: 여객선 회담"
    mail["From"] = "항구 편지 <letter@quay.example>"
    mail["Date"] = "Tue, 03 Mar 2026 09:30:00 +0900"
    mail["Message-ID"] = "<1@quay.example>"
    mail.set_content("plain")
    mail.add_alternative(f"<html><body><p>{KOREAN}</p></body></html>", subtype="html")
    taken(site, "letter.eml", mail.as_bytes())
    text = article_text(site)
    assert "title: '항구 소식: 여객선 회담'" in text or 'title: "항구 소식: 여객선 회담"' in text
    assert "published: 2026-03-03T09:30+09:00" in text
    assert "항구 편지" in text
    assert "여객선 운항 일정을 확정하고" in text


def test_a_plain_mail_keeps_its_paragraphs() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Ferry"
    mail.set_content("One <line>\nand its end.\n\nTwo.")
    (page,) = pages("letter.eml", mail.as_bytes())
    assert b"<p>One &lt;line&gt;\nand its end.</p>\n<p>Two.</p>" in page.data
    assert reasons("empty.eml", b"Subject: nothing\n\n") == ["holds no text"]
    assert reasons("none.eml", b"no mail")[0].startswith("is no mail")


def test_mail_nested_past_all_sense_is_named() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
    assert reasons("deep.eml", deep) in (["its parts are nested too deeply"], ["holds no text"])


FEED = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{site}</title><language>ko</language>
<item><title>여객선 회담</title><link>https://quay.example/ko/7</link><guid>q-7</guid><dc:creator>한수진</dc:creator>
<category>항만</category><pubDate>Tue, 03 Mar 2026 09:30:00 +0900</pubDate>
<content:encoded><![CDATA[<p>{body}</p>]]></content:encoded></item>
<item><title>짧은 소식</title><description>요약뿐이다.</description></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr", "utf-16"])
def test_an_entry_with_its_whole_article_is_a_capture_and_a_summary_is_named(site: Path, encoding: str) -> None:
    text = FEED.format(encoding=encoding, site="항구 신문", body=KOREAN)
    report = taken(site, "feed.rss", text.encode("cp949" if encoding == "euc-kr" else encoding))
    assert [str(one).partition(": ")[2] for one in report.problems] == [
        "warning: holds only an entry's summary (save the page that the entry names, and add that)"
    ]
    article = article_text(site)
    for line in ("published: 2026-03-03T09:30+09:00", "항구 신문", "한수진", "항만", "https://quay.example/ko/7"):
        assert line in article
    assert read_captures(site)[0][0].origin.record == "q-7"


def test_atom_content_of_every_type_is_read() -> None:
    entry = '<entry><title>T</title><id>{n}</id><link href="https://quay.example/{n}"/>{content}</entry>'
    contents = (
        "<content type='html'>&lt;p&gt;as &amp;lt;b&amp;gt; html&lt;/p&gt;</content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>as <b>x</b>html<br/>&lt;i&gt;</p></div>"
        "</content>",
        "<content>as &lt;text&gt;</content>",
        "<content type='html' src='https://quay.example/far'/>",
    )
    entries = "".join(entry.format(n=n, content=content) for n, content in enumerate(contents))
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Quay</title>{entries}</feed>'
    html, xhtml, plain = pages("feed.atom", feed.encode())
    assert b"<p>as &lt;b&gt; html</p>" in html.data
    assert b"<div><p>as <b>x</b>html<br>&lt;i&gt;</p></div>" in xhtml.data
    assert b"<p>as &lt;text&gt;</p>" in plain.data
    assert b'<html lang="en">' in html.data


def test_a_feed_with_entities_of_its_own_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><rss>&d;</rss>'
    assert reasons("feed.xml", bomb.encode()) == ["defines XML entities"]
    assert reasons("feed.xml", b"<rss>")[0].startswith("is no feed that can be read")
    assert reasons("feed.xml", b"<rss/>") == ["holds no entries"]


@pytest.mark.parametrize(
    "header",
    ["Subject: =?utf-8?b?a?=", "Subject: =?undefined?q?abc?=", "Subject: =?idna?q?=ff?="],
)
def test_mail_headers_that_cannot_be_decoded_stand_as_they_are(header: str) -> None:
    (page,) = pages("a.eml", f"From: a@quay.example\r\n{header}\r\n\r\nThey met.\r\n".encode())
    assert header.removeprefix("Subject: ").encode() in page.data


def test_mail_headers_without_end_are_read_in_time() -> None:
    start = time.process_time()
    for header in ("Subject: " + "=?utf-8?q?a?= " * 50_000, "From: " + "((" * 50_000, "Date: " + "1 " * 50_000):
        (page,) = pages("a.eml", f"{header}\r\nMessage-ID: <1@quay.example>\r\n\r\nThey met.\r\n".encode())
        assert b"<p>They met.</p>" in page.data
    assert time.process_time() - start < 5


@pytest.mark.parametrize("charset", ["undefined", "idna", "rot13", "utf-9"])
def test_mail_in_what_is_no_charset_is_read_as_utf_8(charset: str) -> None:
    kind = f"Content-Type: text/plain; charset={charset}"
    (page,) = pages("a.eml", f"Subject: Ferry\r\n{kind}\r\n\r\nThey met for a caf\u00e9.\r\n".encode())
    assert "<p>They met for a café.</p>".encode() in page.data


def test_an_address_that_is_none_is_no_origin_and_loses_no_page() -> None:
    bad = "http://[quay"
    mhtml = f"Snapshot-Content-Location: {bad}\r\nContent-Type: text/html\r\n\r\n<p>They met.\r\n"
    rss = f"<rss><item><title>Ferry</title><link>{bad}</link><description>{SENTENCES * 4}</description></item></rss>"
    atom = f"<entry><link href='{bad}'/><content type='html'>They met.</content></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'>{atom}</feed>"
    for name, text in (("page.mhtml", mhtml), ("page.rss", rss), ("page.atom", atom)):
        (page,) = pages(name, text.encode())
        assert page.origin.url is None
    crawl = warc((bad, "text/html", PAGE.encode()), ("https://quay.example/1", "text/html", PAGE.encode()))
    assert [page.origin.url for page in pages("crawl.warc.gz", crawl)] == ["https://quay.example/1"]


def test_a_long_author_is_read_in_time() -> None:
    author = "<author>" + "@" * 200_000 + "</author>"
    item = f"<item><title>Ferry</title>{author}<description>{SENTENCES * 4}</description></item>"
    start = time.process_time()
    assert len(pages("feed.rss", f"<rss>{item}</rss>".encode())) == 1
    assert time.process_time() - start < 5


def pdf(content: bytes, sheets: int = 1, times: int = 1) -> bytes:
    """A PDF whose sheets all show the same, packed; so many times over."""
    packer = zlib.compressobj()
    packed = b"".join([*(packer.compress(content) for _ in range(times)), packer.flush()])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (sheets, b"3 0 R " * sheets),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, places = bytearray(b"%PDF-1.7\n"), b""
    for number, one in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    head = b"xref\n0 6\n0000000000 65535 f \n%s" % places
    return bytes(file + head + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(file))


def test_the_text_of_a_pdf_is_a_capture(site: Path) -> None:
    report = taken(site, "talks.pdf", pdf(b"BT /F 9 Tf (The ministers met in the harbour town.) Tj ET"))
    assert report.problems == ()
    assert read_captures(site)[0][0].data == b"The ministers met in the harbour town.\n"


def test_a_pdf_that_costs_past_all_measure_is_named_and_those_beside_it_are_taken(site: Path) -> None:
    folder = site.parent / "sheets"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf(b"\0" * 1_000_000, times=300))
    (folder / "b.pdf").write_bytes(pdf(b"BT /F 9 Tf (The ministers met.) Tj ET"))
    report = add(site, [folder], url=None, retrieved="2026-11-20")
    assert [(Path(one.place.path).name, one.severity) for one in report.problems] == [("a.pdf", "warning")]
    assert len(report.added) == 1


def test_what_reads_a_file_without_end_is_ended() -> None:
    data = pdf(b"BT /F 9 Tf (a) Tj ET\n" * 20_000, sheets=399)
    outcome: list[object] = []

    def within_a_second(read: Callable[[], list[Found]]) -> list[Found]:
        outcome.append(run_apart(read, seconds=1, wait=600))
        return []

    assert list(pages_of("talks.pdf", io.BytesIO(data), size=len(data), take=within_a_second)) == []
    (failed,) = outcome
    assert isinstance(failed, Failure)
    assert "took more than 1 s" in failed.trace


def test_a_damaged_or_locked_pdf_is_named() -> None:
    (reason,) = reasons("talks.pdf", b"%PDF-1.7 torn")
    assert reason.startswith("is damaged")


@pytest.mark.parametrize(
    ("name", "ending"),
    [("A.WARC.GZ", ".warc.gz"), ("a.warc", ".warc"), ("a.mht", ".mht"), ("a.tar.gz", None), ("a.html", None)],
)
def test_kinds_go_by_the_ending(name: str, ending: str | None) -> None:
    assert container_of(name) == ending


@pytest.mark.parametrize("ending", [".warc", ".warc.gz", ".wacz", ".zip", ".mhtml", ".eml", ".rss", ".pdf"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, b"\x1f\x8b\x08" + b"\xff" * 50, b"PK\x03\x04" + b"\xff" * 80, b"WARC/1.0\r\n"]
)
def test_rubbish_of_any_kind_gives_no_page_and_no_traceback(ending: str, data: bytes) -> None:
    assert pages(f"a{ending}", data) == []


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_saved_by_safari_comes_with_its_address(site: Path, form: plistlib.PlistFormat) -> None:
    resource = {
        "WebResourceData": PAGE.encode("utf-16"),
        "WebResourceURL": "https://quay.example/ferry",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-16",
    }
    picture = {"WebResourceData": b"\x89PNG", "WebResourceMIMEType": "image/png"}
    data = plistlib.dumps({"WebMainResource": resource, "WebSubresources": [picture]}, fmt=form)
    assert taken(site, "Ferry talks.webarchive", data).problems == ()
    (capture,) = read_captures(site)[0]
    assert (capture.path, capture.origin.url) == (
        "captures/2026-11/quay.example-ferry.html",
        "https://quay.example/ferry",
    )
    assert capture.origin.charset == "UTF-16"
    assert "named a person for every line of it" in article_text(site)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bplist00",
        b"<plist><dict><key>",
        b"<plist><key>WebMainResource</key></plist>",
        b"<plist><date>today</date></plist>",
        plistlib.dumps(["WebMainResource"]),
        plistlib.dumps({"WebMainResource": {"WebResourceMIMEType": "text/html", "WebResourceData": "no bytes"}}),
        plistlib.dumps({"WebMainResource": {"WebResourceMIMEType": "image/png", "WebResourceData": b"\x89PNG"}}),
    ],
)
def test_a_safari_archive_without_a_page_is_told(data: bytes) -> None:
    assert reasons("a.webarchive", data) == ["holds no HTML page"]
