from __future__ import annotations

import codecs

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.normalize.decode import decode
from builder.normalize.mojibake import mojibake
from builder.read.cleaning import read_cleaning_rules

EVERYDAY = read_cleaning_rules().everyday

KOREAN = (
    "두 나라 장관은 월요일 오래된 시청에서 만나 곡물 무역을 두 시간 동안 논의했다고 대변인이 밝혔다.\n다음은 항구다.\n"
)
JAPANESE = "両国の大臣は月曜日に旧市庁舎で会談し、穀物の貿易について二時間話し合ったと報道官が述べた。\n次は秋だ。\n"
SIMPLIFIED = "两国部长星期一在旧市政厅会面，就粮食贸易谈了两个小时，发言人会后表示。\n下一次会议将在另一国首都举行。\n"
TRADITIONAL = "兩國部長星期一在舊市政廳會面，就糧食貿易談了兩個小時，發言人會後表示。\n下一次會議將在另一國首都舉行。\n"
RUSSIAN = "Министры двух стран встретились в понедельник в старой ратуше и два часа говорили о зерне.\nДалее — порт.\n"
UKRAINIAN = "Міністри двох країн зустрілися в понеділок у старій ратуші й дві години говорили про зерно.\n"
FRENCH = (
    "Les ministres se sont réunis lundi à l’hôtel de ville et ont parlé du blé pendant deux heures – à huis clos.\n"
)
GERMAN = "Die Minister beider Länder trafen sich im alten Rathaus. Das nächste Treffen fände später statt – größer.\n"
SPANISH = "Los ministros se reunieron el lunes en el antiguo ayuntamiento. La próxima reunión será mañana, según él.\n"
POLISH = (
    "Ministrowie obu krajów spotkali się w poniedziałek w starym ratuszu i rozmawiali o zbożu, powiedział rzecznik.\n"
)
TURKISH = "İki ülkenin bakanları pazartesi günü eski belediye binasında buluştu ve iki saat tahıl konuştu.\n"
GREEK = "Οι υπουργοί των δύο χωρών συναντήθηκαν τη Δευτέρα στο παλιό δημαρχείο και μίλησαν για το σιτάρι.\n"
ARABIC = "التقى وزيرا البلدين يوم الاثنين في مبنى البلدية القديم وتحدثا عن الحبوب ساعتين.\n"
HEBREW = "שרי שתי המדינות נפגשו ביום שני בבית העירייה הישן ודיברו שעתיים על תבואה.\n"
THAI = "รัฐมนตรีของทั้งสองประเทศพบกันเมื่อวันจันทร์ที่ศาลากลางเก่า\n"


def read(data: bytes) -> tuple[str, str]:
    decoded = decode(data, EVERYDAY)
    assert decoded is not None
    return decoded


@pytest.mark.parametrize("text", [KOREAN, JAPANESE, SIMPLIFIED, RUSSIAN, FRENCH, "plain\n", ""])
def test_utf8_is_read_as_what_it_is(text: str) -> None:
    assert read(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
@pytest.mark.parametrize("text", [KOREAN, FRENCH, "plain"])
def test_a_byte_order_mark_is_believed_and_is_no_letter(text: str, mark: bytes, encoding: str, name: str) -> None:
    assert read(mark + text.encode(encoding)) == (text, name)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [KOREAN, JAPANESE, SIMPLIFIED, TRADITIONAL, RUSSIAN, FRENCH, "plain text\n"])
def test_utf16_without_a_mark_is_known_by_its_spaces(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp949", KOREAN),
        ("gb18030", SIMPLIFIED),
        ("big5hkscs", TRADITIONAL),
        ("cp932", JAPANESE),
        ("euc_jp", JAPANESE),
        ("cp1251", RUSSIAN),
        ("cp1251", UKRAINIAN),
        ("koi8-u", RUSSIAN.replace("—", "-")),
        ("cp1252", FRENCH),
        ("cp1252", GERMAN),
        ("cp1252", SPANISH),
        ("cp1250", POLISH),
        ("cp1254", TURKISH),
        ("cp1253", GREEK),
        ("cp1255", HEBREW),
        ("cp1256", ARABIC),
        ("cp874", THAI),
        ("iso2022_jp", JAPANESE),
    ],
)
def test_legacy_encodings_that_nobody_declared_are_told_apart(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)) == (text, encoding)
    assert read((text * 200).encode(encoding))[1] == encoding
    page = f"<html><body><div class='menu'><a href='/'>Home</a></div><p>{text}</p></body></html>"
    assert text in read(page.encode(encoding))[0]


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("euc-kr", "cp949", KOREAN + "똠방각하"),
        ("KS_C_5601-1987", "cp949", KOREAN),
        ("gb2312", "gb18030", SIMPLIFIED + "镕"),
        ("x-sjis", "cp932", JAPANESE + "①"),
        ("iso-8859-1", "cp1252", FRENCH + "“€”"),
        ("windows-1250", "cp1250", "Předseda vlády řekl, že jednání začne zítra.\n"),
        ("iso-8859-5", "iso8859-5", "Министры встретились в понедельник.\n"),
        ("big5", "big5hkscs", TRADITIONAL),
    ],
)
def test_the_declared_encoding_is_tried_by_the_name_that_browsers_mean(declared: str, encoding: str, text: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{text}'
    assert read(page.encode(encoding)) == (page, encoding)


def test_utf8_is_believed_before_a_declaration_that_says_otherwise() -> None:
    page = f"<meta charset=euc-kr><p>{KOREAN}"
    assert read(page.encode()) == (page, "utf-8")


@pytest.mark.parametrize(
    "declared",
    [
        "zlib",
        "hex",
        "rot13",
        "undefined",
        "unicode_escape",
        "utf-7",
        "utf_7",
        "idna",
        "utf-16",
        "no-such",
        "\x00",
        "a" * 99,
    ],
)
def test_a_declaration_of_what_is_no_encoding_of_pages_counts_for_nothing(declared: str) -> None:
    text, encoding = read(f"<meta charset={declared}>".encode() + KOREAN.encode("cp949"))
    assert encoding == "cp949"
    assert KOREAN in text


def test_a_torn_byte_costs_a_letter_and_not_the_page() -> None:
    data = KOREAN.encode()
    text, encoding = read(data[:30] + b"\xff" + data[30:])
    assert encoding == "utf-8 with torn bytes"
    assert text == KOREAN[: len(data[:30].decode())] + "\ufffd" + KOREAN[len(data[:30].decode()) :]
    assert read(data[:-3])[1] == "utf-8 with torn bytes"
    text, encoding = read(KOREAN.encode("cp949") + b"\xff\n")
    assert encoding == "cp949 with torn bytes"
    assert text.startswith(KOREAN)
    text, encoding = read(codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le") + b"\x00")
    assert encoding == "utf-16 with torn bytes"
    assert text.startswith(KOREAN)
    assert read(codecs.BOM_UTF8 + data[:-3])[0].startswith(KOREAN[:20])


def test_a_few_accents_in_a_long_english_page_are_letters_and_not_torn_bytes() -> None:
    text = "The ministers met and talked. " * 200 + "A café – “naïve”.\n"
    assert read(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(64)) * 30,
        b"%PDF-1.7\n" + b"\x00\x01\x02\x03" * 500,
        b"\x7fELF" + bytes(2000),
        bytes(5000),
        b"PK\x03\x04" + bytes(range(0, 250, 3)) * 40,
    ],
    ids=["all-bytes", "png", "pdf", "elf", "zeros", "zip"],
)
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert decode(data, EVERYDAY) is None


@pytest.mark.parametrize("data", [b"\xff", b"\xfe", b"\xff\xfe", b"\x80" * 5, b"\xe3\x81", b"\x1b$B", b"\x1b$" * 50])
def test_scraps_of_bytes_are_read_or_refused_and_never_raise(data: bytes) -> None:
    decoded = decode(data, EVERYDAY)
    assert decoded is None or isinstance(decoded[0], str)


@pytest.mark.parametrize("text", [FRENCH, KOREAN, RUSSIAN, GERMAN * 3])
def test_utf8_taken_for_windows_1252_is_named(text: str) -> None:
    garbled = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    said = mojibake(garbled)
    assert said is not None
    assert "UTF-8 that was taken for windows-1252" in said


def test_other_encodings_taken_for_latin_1_and_lost_letters_are_named() -> None:
    assert "wrong encoding" in str(mojibake(KOREAN.encode("euc-kr").decode("latin-1")))
    assert "wrong encoding" in str(mojibake(RUSSIAN.encode("cp1251").decode("latin-1")))
    assert "3 letters that were lost" in str(mojibake("The caf\ufffd, the na\ufffdve and the r\ufffdle."))


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        GERMAN,
        SPANISH,
        POLISH,
        TURKISH,
        GREEK,
        ARABIC,
        THAI,
        KOREAN,
        "Ãéà, São João, «Ça», ½ ¾ £5 – “naïve” Þórður",
    ],
)
def test_what_can_be_read_is_no_mojibake(text: str) -> None:
    assert mojibake(text * 5) is None


def test_a_garbled_capture_is_warned_of_and_read_all_the_same() -> None:
    page = "Le blé dans l’hôtel de ville\n\n" + FRENCH * 2 + "\n" + FRENCH
    garbled = "".join(
        bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in page.encode()
    )
    made = normalize(Capture("captures/a.txt", garbled.encode()), read_cleaning_rules())
    assert made.draft is not None
    assert ["windows-1252" in str(problem) for problem in made.problems] == [True]
    assert made.problems[0].severity == "warning"


@pytest.mark.parametrize(
    ("top", "rest", "encoding"),
    [
        (KOREAN, KOREAN, "cp949"),
        (KOREAN[:8], KOREAN, "cp949"),
        (JAPANESE, JAPANESE, "cp932"),
        (RUSSIAN, RUSSIAN, "cp1251"),
        (FRENCH, FRENCH, "cp1252"),
        (KOREAN, RUSSIAN, "cp1251"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["utf8-first", "utf8-last"])
def test_a_page_put_together_of_two_encodings_is_read_part_by_part(
    top: str, rest: str, encoding: str, *, turned: bool
) -> None:
    parts = [(f"<h1>{top}</h1>\n", "utf-8"), (f"<p>{rest}</p>\n" * 3, encoding)]
    parts = parts[::-1] if turned else parts
    data = b"".join(text.encode(name) for text, name in parts)
    assert decode(data, EVERYDAY) == ("".join(text for text, _ in parts), f"utf-8 and {encoding}")


def test_two_encodings_in_one_capture_are_warned_of() -> None:
    data = f"<meta charset=utf-8><h1>{KOREAN[:8]}</h1>".encode() + f"<p>{KOREAN * 4}</p>".encode("cp949") * 3
    made = normalize(Capture("captures/a.html", data), read_cleaning_rules())
    assert made.draft is not None
    assert made.draft.text.startswith(KOREAN.strip()[:10])
    assert any("two encodings, utf-8 and cp949" in problem.message for problem in made.problems)
