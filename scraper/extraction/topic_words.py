"""Tabular: how topics are told from other keywords and other links."""

# ruff: noqa: E501

import re

# Paths of the pages of one topic.
TAG_PATH = re.compile(
    r"/(?:tags?|topics?|thema|themen?|themes?|temas?|keywords?|hashtag|sujet|etiquetas?|etiket|argomenti|dossiers?|schlagwort|tagi|stichwort|label|konu|chu-de|issue)(?:/|[-=?:])",
    re.IGNORECASE,
)
# Names of boxes of topic links.
TAG_BOX = re.compile(
    r"(?:^|[\s_-])(?:tags?|topics?|keywords?|themen|schlagwort\w{0,10}|temas|hashtags?)(?:$|[\s_-])|(?<=[a-z])(?:Tags|Topics|Keywords)\b|taglist"
)
# Names of boxes of links that every page of the site shows.
NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navigation|menu|header|trending|hot|footer)(?:$|[\s_-])", re.IGNORECASE
)
# What content systems write among the keywords for themselves.
CODE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{5,}|(?-i:[A-Z]{2,8}:\S.{0,60})|(?:category|nlp [\w ]{1,20}|source|type|section|author|id)\s?:.{1,70}|_\w{1,40}"
    r"|(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,4}",
    re.IGNORECASE,
)
# Keywords that are said of all news.
GENERIC = re.compile(
    r"(?:(?:latest|breaking|world|top|live|today'?s?|online) )+news(?: (?:live|today|online|in .{1,12}))?"
    r"|.{1,20} (?:latest news|news live|news today)|today news .{1,20}"
    r"|ニュース|新聞|新闻|뉴스|أخبار|новости|новини|ειδήσεις|समाचार|ข่าว|articles?|newsroom daily",
    re.IGNORECASE,
)
# Links to more topics, or to the reader's own.
MORE = re.compile(
    r"(?:see |show |view )?(?:all|more)(?: tags| topics)?|alle(?: themen)?|(?:mehr|weitere).{0,20}|themen bearbeiten|ver más|voir (?:plus|tout)|tutti|все|всі|もっと見る|一覧|更多|더보기|المزيد",
    re.IGNORECASE,
)
# Addresses of links that share, not show.
SHARING = re.compile(
    r"^(?:#|mailto:|javascript:)|[/.](?:facebook|twitter|x|whatsapp|pinterest|telegram|linkedin|reddit)\.(?:com|me|org)/|[?&/]share",
    re.IGNORECASE,
)
