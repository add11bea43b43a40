"""Tabular: what stands around an article without being part of it, by markup and by words."""

# ruff: noqa: E501

import re

# Elements that never hold article text.
DEAD_TAGS = (
    "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "input",
    "textarea", "object", "embed", "canvas", "dialog", "link", "meta", "source", "track",
)  # fmt: skip

# Class and id names of boxes; whole words within the name, so that "shareholder" stays.
BOX_NAMES = re.compile(
    r"(?:^|[\s_-])(?:share(?:s|-?(?:bar|box|buttons?|links?|tools?|list|this))?|sharing|social(?:-?(?:share|media|links|bar|buttons))?|addtoany|sharedaddy"
    r"|newsletter(?:s|-?(?:box|signup|form|cta|promo|teaser))?|reading-?time|read-?time|time-?to-?read|lesezeit"
    r"|read-?also|readmore|read-?more|also-?read|see-?also|related(?:-?(?:articles?|posts?|stories|content|links|news|topics|items))?|recirc(?:ulation)?"
    r"|recommend(?:ed|ations?)?|more-?(?:stories|news|articles|from|on)|latest(?:-?(?:news|posts|articles|stories))?|most-?(?:read|popular|viewed)"
    r"|popular(?:-?(?:posts|articles|news))?|trending|next-?(?:article|story|post|up)|comments?(?:-?(?:section|list|form|area|wrapper|container))?"
    r"|disqus(?:_thread)?|respond|breadcrumbs?|cookie(?:-?(?:banner|consent|notice))?|consent(?:-?(?:banner|wall))?|gdpr|paywall-?(?:cta|offer|prompt)"
    r"|subscribe(?:-?(?:box|cta|form|banner))?|subscription-?(?:box|cta|offer)|advert(?:isement)?s?|ad-?(?:slot|box|container|wrapper|unit)|sponsored"
    r"|taboola|outbrain|author-?(?:bio|box|card|info|profile)|about-?(?:the-?)?author|post-?navigation|article-?tags|tag-?list|tagcloud)(?:$|[\s_-])",
    re.IGNORECASE,
)
BOX_TAGS = (
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "footer",
    "form",
    "nav",
    "p",
    "span",
    "details",
    "dl",
    "figure",
    "header",
)

# Headings of boxes; the box goes where it is mostly links or a form.
BOX_HEADINGS = re.compile(
    r"(?:.{0,20}[:：]\s*)?(?:related(?: (?:articles|stories|posts|news|content|topics|coverage))?|read (?:more|also|next)|more (?:on this|stories|news|from .{1,30})|see also"
    r"|you (?:may|might) (?:also )?like|recommended(?: for you)?|(?:the )?latest(?: (?:news|stories|articles))?|most (?:read|popular|viewed)|popular(?: now)?|trending(?: now)?|editor'?s'? picks?"
    r"|up next|next (?:up|article)|comments?|leave a (?:comment|reply)|share(?: this.{0,20})?|topics?|tags|newsletters?|sign up.{0,40}|subscribe.{0,30}|follow us.{0,20}"
    r"|lesen sie auch|mehr zum thema|das könnte sie auch interessieren|meistgelesen|weitere (?:artikel|themen|nachrichten)|kommentare|teilen|neueste(?: (?:artikel|nachrichten))?|passend zum thema"
    r"|à lire aussi|lire aussi|sur le même sujet|articles? liés?|les plus lus|commentaires|partager|à la une|dernières (?:actualités|nouvelles|infos)"
    r"|lea también|te puede interesar|noticias relacionadas|más (?:noticias|leídas?|sobre .{1,30})|lo más (?:leído|visto)|comentarios|compartir|últimas noticias"
    r"|leia (?:também|mais)|notícias relacionadas|mais lidas|últimas notícias|compartilhe|comentários|leggi anche|articoli correlati|i più letti|ultime notizie|commenti|condividi"
    r"|lees ook|meest gelezen|les også|läs (?:också|mer)|læs også|lue myös|czytaj (?:także|też|więcej)|zobacz (?:także|też)|najczęściej czytane|komentarze|čtěte také|komentáře"
    r"|читайте также|читать далее|по теме|похожие (?:статьи|новости)|последние новости|самое читаемое|комментарии|поделиться|читайте також|схожі новини|коментарі"
    r"|関連(?:記事|ニュース|リンク|キーワード|トピックス?)|あわせて読みたい|おすすめ(?:記事)?|人気(?:記事|ランキング)?|最新(?:記事|ニュース)?|(?:アクセス)?ランキング|次を読む|こちらも.{0,10}|コメント(?:\s*[(（]\d+[)）])?|この記事を(?:共有|シェア).{0,4}|シェア(?:する)?|ニュースレター.{0,10}|タグ"
    r"|相关(?:阅读|新闻|文章|报道|链接)|相關(?:閱讀|新聞|文章|報導)|延伸(?:阅读|閱讀)|推荐(?:阅读)?|推薦(?:閱讀)?|热门.{0,4}|熱門.{0,4}|最新(?:新闻|新聞|消息)|评论|評論|留言|分享(?:到|至)?|標籤|标签|更多.{0,6}"
    r"|관련\s?(?:기사|뉴스)|추천\s?(?:기사|뉴스)?|많이 본 (?:기사|뉴스)|인기\s?(?:기사|뉴스)|최신\s?(?:기사|뉴스)|댓글(?:\s*\d+)?|공유(?:하기)?|주요\s?뉴스|뉴스레터.{0,10}"
    r"|ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|ข่าวล่าสุด|ข่าวแนะนำ|ยอดนิยม|อ่านเพิ่มเติม|ความคิดเห็น|แชร์|แท็ก|บทความที่เกี่ยวข้อง"
    r"|اقرأ أيضا[ًا]?|مواضيع ذات صلة|أخبار ذات صلة|ذات صلة|الأكثر قراءة|آخر الأخبار|التعليقات|تعليقات|شارك|مشاركة|المزيد|مطالب مرتبط|بیشتر بخوانید|پربازدیدها"
    r"|קראו (?:גם|עוד)|כתבות (?:קשורות|נוספות)|עוד ב(?:נושא|חדשות)|הנקראות ביותר|תגובות|שתפו|שיתוף|חדשות אחרונות"
    r"|baca juga|berita terkait|terpopuler|terbaru|komentar|bagikan|xem thêm|tin liên quan|bình luận|chia sẻ|ilgili haberler|çok okunanlar|son haberler|yorumlar|paylaş"
    r"|यह भी पढ़ें|संबंधित खबरें|ताज़ा खबरें|टिप्पणियां)"
    r"(?:\s*[:：>»→…]*|\s*[(（]\d+[)）])",
    re.IGNORECASE,
)
# Lines that are furniture wherever they stand.
LINES = re.compile(
    r"(?:责任)?(?:编辑|責任編輯|来源|來源|校对|审核)[:：].{0,30}|(?:本文|稿件)来源.{0,30}"
    r"|advertis(?:e|em)ents?|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|reklama?|реклама|広告|廣告|广告|광고|โฆษณา|إعلان|פרסומת|iklan|quảng cáo"
    r"|(?:share|print|e-?mail|save|copy link|listen|gift this article|view comments?|skip (?:to|past|advert).{0,40}|continue reading.{0,40}|story continues.{0,40}|scroll to continue.{0,40})"
    r"|(?:(?:estimated )?reading time|read time|lesezeit|temps de lecture|lecture|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|время чтения|読了時間|この記事は|預計閱讀|阅读时间|阅读时长|읽는 시간|เวลาอ่าน|مدة القراءة|زمن القراءة|זמן קריאה|waktu baca|okuma süresi)\s*[:：]?.{0,20}"
    r"|(?:about )?\d{1,3}\s*[-–]?\s*(?:min(?:ute)?s?\.?(?: read)?|min\.? lesezeit|minuten(?: lesezeit)?|分で読める|分钟阅读|분 소요|นาที)"
    r"|(?:share|teilen|partager|compartir|condividi|compartilhar?|поделиться|シェア|共有|分享|공유|แชร์|مشاركة|שתף)(?: (?:this|on|auf|sur|en|su|no|em|в|via)\b.{0,30})?"
    r"|(?:x|facebook|twitter|whatsapp|telegram|line|linkedin|reddit|pinterest|weibo|kakaotalk|bluesky|threads|instagram|flipboard|pocket|messenger|hatena|e-?mail)(?:\s*(?:で|に|へ)\s*(?:共有|シェア|送る|保存))?"
    r"|(?:[©Ⓒ]|copyright\b|\(c\)|all rights reserved|tutti i diritti|todos los derechos|alle rechte vorbehalten|無断転載|無断複写|版权所有|版權所有|저작권자|무단\s?전재|สงวนลิขสิทธิ์|جميع الحقوق|כל הזכויות|все права защищены).{0,120}"
    r"|.{0,10}(?:無断転載を禁じます|無断転載禁止|禁止转载|禁止轉載|무단\s?전재(?:\s*및)?\s*재배포\s*금지).{0,20}"
    r"|(?:(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:for|available to) (?:our )?(?:premium )?subscribers|(?:sign in|log in|subscribe|become a subscriber)\b.{0,30}(?:to (?:keep|continue) reading|or subscribe)|to (?:keep|continue) reading|already a subscriber\?).{0,80}"
    r"|(?:weiterlesen mit|jetzt weiterlesen|dieser artikel ist (?:nur )?für abonnenten|cet article est réservé|la suite est réservée|contenido exclusivo para suscriptores|solo para suscriptores|contenuto riservato agli abbonati|この記事は(?:有料)?会員限定|残り\s*\d+文字|会員登録(?:すると|して).{0,20}続き|이 기사는 (?:유료|구독).{0,10}|本文仅限订阅|此內容僅供訂閱|доступ(?:но|ен) только (?:по подписке|подписчикам)|هذا المحتوى للمشتركين|הכתבה למנויים).{0,80}"
    r"|(?:sign up|subscribe|register)\b.{0,60}newsletter.{0,60}|ニュースレター(?:に|を|の)?(?:登録|購読).{0,20}|뉴스레터 (?:구독|신청).{0,20}|订阅.{0,10}(?:通讯|简报).{0,10}",
    re.IGNORECASE,
)
# Lines that point to other articles: the words, a colon or nothing, then a headline.
POINTERS = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|related|more on this|recommended|lesen sie (?:auch|mehr|dazu)|mehr (?:dazu|zum thema)|lire aussi|à lire (?:aussi|également)|lea también|le puede interesar|leia (?:também|mais)"
    r"|leggi anche|lees ook|les også|läs (?:också|även|mer)|læs også|lue myös|czytaj (?:także|też|więcej)|zobacz (?:także|też)|čtěte (?:také|též)|читайте также|читайте також|прочтите также|関連記事|あわせて読みたい|相关阅读|相關閱讀|延伸閱讀|延伸阅读"
    r"|관련\s?기사|อ่านเพิ่มเติม|อ่านข่าวอื่น|اقرأ أيضا[ًا]?|إقرأ أيضا[ًا]?|قراءة المزيد|קראו (?:גם|עוד)|baca juga|xem thêm|ayrıca okuyun|यह भी पढ़ें)\s*[:：>»|–-].{0,160}",
    re.IGNORECASE,
)
