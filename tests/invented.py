"""A small real archive of invented articles in many scripts, for tests of search and web pages."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from scraper.archive.schema import migrations
from scraper.archive.search import register

DAY_ONLY, OPINION, EDITED, HOSTILE = 11, 10, 12, 14  # articles
EXTRACTOR = "dateline/0.1.0 rules/3 trafilatura/2.3.1"
SCRIPT = "<script>document.title='PWNED'</script>"
NASTY = f"{SCRIPT}\"'><img src=x onerror=alert(1)>"

OUTLETS = (
    ("hoshi", "星の新聞", "JP", "ja"),
    ("xinghe", "星河日報", "TW", "zh-Hant"),
    ("hanbit", "한빛일보", "KR", "ko"),
    ("doi", "ข่าวดอย", "TH", "th"),
    ("najm", "صحيفة النجم", "EG", "ar"),
    ("kochav", "כוכב יומי", "IL", "he"),
    ("zvezda_vostoka", "Звезда востока", "RU", "ru"),
    ("morgenstern", "Der Morgenstern", "DE", "de"),
    ("lucero", "El Lucero", "ES", "es"),
    ("harbour", "Harbour Post", "GB", "en"),
    ("harbour_sport", "Harbour Sport", "GB", "en"),
)

# outlet, title, body, byline, published
ARTICLES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "hoshi",
        "北朝鮮、武器の輸出を否定",
        "北朝鮮は16日、武器の輸出を否定した。ＮＨＫの取材に外交筋が明らかにした。\n\n"
        "金正恩総書記とプーチン大統領は来月にも会談するとみられる。サーバーへの攻撃も続く。",
        "星野 灯",
        "2024-06-16T12:05:00Z",
    ),
    (
        "hoshi",
        "京都の桜、ﾒｰｶｰが支援",
        "京都の桜の保存をメーカーが支援する。震度５弱の地震の後も花は咲いた。",
        "月島 渚",
        "2024-04-02T00:30:00Z",
    ),
    (
        "xinghe",
        "港口談判延長",
        "雙方代表在港口繼續談判,預計戰爭不會擴大。\n\n代表說,和平仍有希望。",
        "林 星河",
        "2024-06-10T03:00:00Z",
    ),
    (
        "hanbit",
        "전쟁이 끝나지 않았다",
        "대통령은 전쟁이 아직 끝나지 않았다고 말했다. 남북 정상회담은 미정이다.",
        "한별 기자",
        "2024-06-12T09:00:00Z",
    ),
    (
        "doi",
        "สงครามการค้าส่งผลต่อท่าเรือ",
        "สงครามการค้าส่งผลกระทบต่อท่าเรือในภูมิภาค ผู้นำหารือกันเมื่อวานนี้",
        "ดาว ดอยงาม",
        "2024-05-20T02:00:00Z",
    ),
    (
        "najm",
        "الحرب في الميناء تدخل شهرها الثالث",
        "دخلت الحَرْب شهرها الثالث، وقال مسؤول إن المفاوضات مستمرة في المدينة.\n\n"
        "وأضاف أن السلام ممكن قبل نهاية العام.",
        "نجمة الصباح",
        "2024-06-14T18:00:00Z",
    ),
    (
        "najm",
        "بعد حرب طويلة عاد السكان",
        "عاد السكان إلى المدينة بعد حرب طويلة. وللحرب آثار لا تنسى.",
        "",
        "2024-03-01T08:00:00Z",
    ),
    (
        "kochav",
        "המלחמה בנמל נמשכת",
        "המלחמה בנמל נמשכת זה החודש השלישי, אמר הדובר. השיחות יתחדשו מחר.",
        "אור כוכבי",
        "2024-06-13T06:00:00Z",
    ),
    (
        "zvezda_vostoka",
        "Ещё один день переговоров",
        "Ещё один день переговоров в порту завершился без соглашения. Твой сын мой.",
        "Звёздная Мария",
        "2024-06-11T10:00:00Z",
    ),
    (
        "morgenstern",
        "Die Straße zum Hafen bleibt gesperrt",
        "Die Straße zum Hafen bleibt gesperrt, teilte die Behörde mit. Ein Café öffnet.",
        "Stella Abendrot",
        "2024-06-15T07:00:00Z",
    ),
    (
        "lucero",
        "El puerto espera la paz",
        "El puerto espera la paz. La conversación continúa mañana, según el portavoz.",
        "Luz Estrella",
        "2024-06-15T20:00:00Z",
    ),
    (
        "harbour",
        "Harbour talks enter second week",
        "Harbour talks entered a second week as negotiators met again near the old customs house.\n\n"
        "Twelve ships wait outside the port. A cold war of words goes on, one delegate said.",
        "Anna Tide, Ben Quay",
        "2024-06-16T09:00:00Z",
    ),
    (
        "harbour_sport",
        "Rowers win at dawn",
        "The rowers won at dawn, far from any talks.",
        "Ben Quay",
        "2024-06-01T09:00:00Z",
    ),
    ("harbour", NASTY, NASTY, NASTY, "2024-06-02T09:00:00Z"),
)  # fmt: skip


def build_archive(path: Path) -> None:
    """Write an archive with the schema's own migrations; articles are numbered from 1."""
    db = Database(path)
    register(db.conn)
    migrations.apply(db)
    for slug, name, country, language in OUTLETS:
        db.table("outlets").insert({
            "slug": slug, "name": name, "country": country, "languages": json.dumps([language]),
            "timezone": "UTC", "homepage": f"https://{slug.replace('_', '-')}.example/",
            "is_declared": 1, "added_at": "2024-01-01T00:00:00Z",
        })  # fmt: skip
    about = {slug: (country, language) for slug, _, country, language in OUTLETS}
    for number, (outlet, title, body, byline, published_at) in enumerate(ARTICLES, 1):
        country, language = about[outlet]
        is_nasty = title == NASTY
        add_article(db.conn, {
            "id": number,
            "url": f"javascript:alert('{number}')" if is_nasty else f"https://{outlet}.example/{number}",
            "outlet": outlet, "title": title, "body": body, "byline": byline,
            "section": NASTY if is_nasty else "World", "description": NASTY if is_nasty else "",
            "language": NASTY if is_nasty else language, "country": country,
            "published_at": published_at, "captured_at": "2024-06-17T00:00:00Z",
            "image_url": "https://pictures.example/1.jpg", "image_caption": NASTY if is_nasty else "",
            "field_sources": json.dumps({
                "title": NASTY if is_nasty else "json-ld", "published_at": "json-ld datePublished",
            }),
            "extractor": NASTY if is_nasty else EXTRACTOR,
            **_told(number, published_at, NASTY if is_nasty else ""),
        })  # fmt: skip
    add_credit(db.conn, EDITED, 3, "Carla Lens", "photographer")
    db.conn.execute("UPDATE outlets SET timezone = 'Asia/Tokyo' WHERE slug = 'lucero'")
    _edit(db.conn, EDITED, "Twelve ships", "Fourteen ships", "2024-06-17T06:00:00Z")
    db.conn.commit()
    db.close()


def add_article(connection: sqlite3.Connection, article: dict[str, Any]) -> None:
    """Insert an article with its first revision, its authors and its address."""
    row = {"checked_at": article["captured_at"], "content_hash": "0", "word_count": 9} | article
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", row)
    connection.execute(
        "INSERT INTO revisions (article, number, captured_at, title, byline, body, changed, content_hash) "
        "VALUES (:id, 1, :captured_at, :title, :byline, :body, '[]', '0')",
        row,
    )
    connection.execute(
        "INSERT INTO article_urls VALUES (:url, :id, 'canonical', :captured_at)", row
    )
    for position, name in enumerate(filter(None, row["byline"].split(", ")), 1):
        add_credit(connection, row["id"], position, name, "author")


def add_credit(
    connection: sqlite3.Connection, article: int, position: int, name: str, role: str
) -> None:
    """Credit somebody with an article."""
    connection.execute("INSERT OR IGNORE INTO authors (name) VALUES (?)", (name,))
    connection.execute(
        "INSERT INTO article_authors SELECT ?, id, ?, ?, 'person', ? FROM authors WHERE name = ?",
        (article, position, role, int(role == "author"), name),
    )


def _told(number: int, published_at: str, nasty: str) -> dict[str, Any]:
    """Return what the columns hold that say what the record rests on."""
    claims = [
        {
            "field": "published_at", "raw": published_at, "source": "json-ld datePublished",
            "at": published_at, "zone": "Z", "precision": "second", "chosen": True,
            "why": nasty or "the most exact",
        },
        {
            "field": "published_at", "raw": nasty or "yesterday", "source": nasty or "visible text",
            "at": None, "zone": nasty, "precision": "day", "chosen": False,
            "why": nasty or "could not be read",
        },
    ]  # fmt: skip
    return {
        "kind": nasty or ("opinion" if number == OPINION else "article"),
        "published_precision": "day" if number == DAY_ONLY else "minute",
        "stated_language": nasty or "x-stated",
        "key_points": json.dumps(
            [nasty or "The talks go on"] if number in (HOSTILE, EDITED) else []
        ),
        "date_evidence": json.dumps(claims),
    }


def _edit(connection: sqlite3.Connection, article: int, old: str, new: str, seen_at: str) -> None:
    connection.execute(
        "UPDATE articles SET body = replace(body, ?, ?), revision_count = 2 WHERE id = ?",
        (old, new, article),
    )
    connection.execute(
        "INSERT INTO revisions (article, number, captured_at, title, byline, body, changed, content_hash) "
        "SELECT id, 2, ?, title, byline, body, '[\"body\"]', '1' FROM articles WHERE id = ?",
        (seen_at, article),
    )
