"""Tabular: what an outlet calls its summary in points, in its markup and in its headings."""

# ruff: noqa: E501

import re

# Names of classes and ids, in the words of content systems.
KEY_POINTS_NAMES = re.compile(
    r"key-?_?(?:points?|facts?|takeaways?|highlights)|take-?aways|article-?_?(?:highlights|bullets)"
    r"|story-?_?highlights|at-?a-?glance|in-?brief(?:$|[\s_-])|bullet-?_?points|tl-?dr|mol-bullets"
    r"|quick-?_?(?:read|summary)|summary-?_?(?:list|points|box|bullets)|points-?_?cles|essentiel"
    r"|auf-?einen-?blick|kurz-?zusammengefasst|das-?wichtigste|claves|puntos-?clave|in-?sintesi",
    re.IGNORECASE,
)
KEY_POINTS_HEADINGS = re.compile(
    r"(?:key (?:points|facts|takeaways|findings|events|highlights)|(?:the )?(?:main )?takeaways|highlights"
    r"|in (?:short|brief|a nutshell|summary)|at a glance|the gist|tl;?dr|what (?:to|you need to) know"
    r"|story highlights|quick (?:read|summary)|summary|here(?:'|’)s what (?:to|you need to) know"
    r"|das wichtigste(?: in kürze| im überblick| zum thema)?|in kürze|auf einen blick|kurz zusammengefasst"
    r"|darum geht(?:'|’)?s|darum geht es|zusammenfassung|die wichtigsten punkte"
    r"|l['’]essentiel|en bref|en résumé|ce qu['’]il faut (?:savoir|retenir)|les points clés|à retenir"
    r"|(?:las )?claves|en resumen|puntos clave|lo más importante|resumen|em resumo|pontos-chave|resumo"
    r"|in (?:breve|sintesi)|i punti chiave|in het kort|samenvatting|kort (?:fortalt|sagt|om)|oppsummert"
    r"|saken oppsummert|i korthet|sammanfattning|det vigtigste|tiivistelmä|w skrócie|najważniejsze informacje"
    r"|shrnutí|hlavní body|kısaca|özet|öne çıkanlar|ringkasan|poin penting|tóm tắt"
    r"|главное|коротко|кратко|самое важное|головне|коротко про головне|με λίγα λόγια|τα βασικά σημεία|σύνοψη"
    r"|要点|ポイント|この記事のポイント|記事の要点|まとめ|3行まとめ|核心提示|内容提要|摘要|重點(?:整理|摘要)?|重点|懶人包"
    r"|핵심\s?요약|핵심\s?포인트|요약|세\s?줄\s?요약|기사\s?요약|สรุป(?:ข่าว|ประเด็น)?|ประเด็นสำคัญ|สาระสำคัญ"
    r"|النقاط الرئيسية|أبرز النقاط|ملخص|باختصار|خلاصه(?: خبر)?|نکات کلیدی|מה צריך לדעת|בקצרה|תקציר|עיקרי הדברים"
    r"|मुख्य (?:बातें|बिंदु)|सारांश|खास बातें|মূল বিষয়|সারসংক্ষেপ|একনজরে|এক নজরে|મુખ્ય મુદ્દા|હાઇલાઇટ્સ"
    r"|အဓိကအချက်များ|အကျဉ်းချုပ်)\s*[:：.]?",
    re.IGNORECASE,
)
