"""Tabular: by what names outlets file opinion, live blogs, videos, audio and galleries."""

# ruff: noqa: E501, SIM905

import re

# Names of sections, in lower case, whole. Analyses are reports, and so not here.
OPINION_SECTIONS = frozenset(
    name.strip()
    for name in (
        "opinion, opinions, op-ed, op-eds, op ed, oped, comment, comments, commentary, editorial, editorials, leader, leaders, column, columns, columnists, columnist, views, viewpoint, viewpoints, perspective, perspectives, voices, letters, guest column, guest essay, guest opinion, from the editor, the editorial board, "
        "meinung, meinungen, kommentar, kommentare, leitartikel, kolumne, kolumnen, gastbeitrag, gastbeiträge, gastkommentar, gastkommentare, glosse, glossen, standpunkt, standpunkte, debatte, debatten, leserbriefe, "
        "opinions, tribune, tribunes, idées, débats, débats et idées, éditorial, éditos, édito, éditoriaux, chronique, chroniques, point de vue, points de vue, billet, "
        "opinión, opinion, editorial, editoriales, columna, columnas, columnistas, tribuna, tribunas, tribuna abierta, firmas, cartas al director, opinió, opinião, opiniao, coluna, colunas, colunistas, artigo de opinião, crónica, tribuna livre, "
        "opinioni, opinione, commenti, commento, editoriale, editoriali, rubriche, l'editoriale, opinie, opinies, columns, meningen, commentaar, "
        "meninger, mening, ledare, leder, ledere, debatt, debat, kronikk, kronik, kronikker, kommentarer, insändare, kolumner, krönika, krönikor, mielipide, pääkirjoitus, pääkirjoitukset, kolumni, kolumnit, skoðun, skoðanir, leiðari, "
        "opinie, publicystyka, komentarze, felieton, felietony, komentáře, komentář, názory, názor, komentáre, glosa, glosy, vélemény, publicisztika, opinii, editoriale, comentarii, kolumne, mišljenje, komentari, kolumna, stav, kolumnista, gledišta, "
        "görüş, yorum, yazarlar, köşe yazıları, köşe yazısı, мнение, мнения, мнение редакции, колонки, колонка, колумнисты, комментарии экспертов, авторские колонки, думка, думки, погляд, погляди, блоги і думки, колонки і блоги, мнения и коментари, мнения и анализи, коментари, становище, колумни, мишљење, ставови, "
        "γνώμη, γνώμες, απόψεις, άποψη, αρθρογραφία, "
        "رأي, آراء, الرأي, الآراء, مقالات, مقالات الرأي, مقال, مقال رأي, كتاب وآراء, أعمدة, وجهات نظر, یادداشت, سرمقاله, دیدگاه, نظرات و یادداشت, اداریہ, کالم, דעות, דעה, מאמר מערכת, טורים, "
        "社説, オピニオン, コラム, 論説, 主張, 社説・コラム, 社説・オピニオン, 評論, 寄稿, "
        "社论, 社論, 社評, 社评, 评论, 評論, 观点, 觀點, 论坛, 論壇, 时评, 時評, 言论, 言論, 专栏, 專欄, 意见, 意見, "
        "오피니언, 사설, 칼럼, 사설/칼럼, 사설·칼럼, 시론, 기고, 사설ㆍ칼럼, 논설, 오피니언/사설, 기자수첩, 시평, "
        "ความคิดเห็น, บทบรรณาธิการ, คอลัมนิสต์, คอลัมน์, บทความ, ทรรศนะ, opini, kolom, tajuk, tajuk rencana, editorial, rencana, góc nhìn, ý kiến, xã luận, bình luận, "
        "विचार, संपादकीय, सम्पादकीय, ओपिनियन, नज़रिया, ब्लॉग, अग्रलेख, सम्पादकीय, মতামত, সম্পাদকীয়, কলাম, অভিমত, উপ-সম্পাদকীয়, મંતવ્ય, તંત્રીલેખ, અભિપ્રાય, ઓપિનિયન, கருத்து, தலையங்கம், సంపాదకీయం, အယ်ဒီတာ့အာဘော်, အာဘော်, သဘောထားအမြင်, "
        "აზრი, მოსაზრება, կարծիք, пікір, maoni, tahariri, fikir, rəy"
    ).split(",")
)
# Parts of addresses, whole, below which only opinion stands.
OPINION_PARTS = frozenset(
    "opinion opinions op-ed oped op-eds commentary editorial editorials columnists columnist columns viewpoint viewpoints "
    "meinung kommentar kommentare leitartikel kolumne kolumnen gastbeitrag gastkommentar debatte tribune tribunes idees editos edito chroniques debats "
    "opiniones tribuna tribunas columnas columnistas firmas opinio opiniao colunas colunistas opinioni editoriali opinie meninger meningen ledare leder debatt kronikk kronik debat mielipide paakirjoitukset kolumnit skodun "
    "publicystyka felietony komentare nazory velemeny opinii kolumne stavovi misljenja yazarlar gorus mnenie mneniya opinions-fr dumka kolonki columnist_article apopseis gnomi "
    "shasetsu column_article shelun pinglun guandian opini kolom tajuk goc-nhin matamot sampadakiya sompadokiyo araa ra2y opinions-blogs letters-to-the-editor".split()
)
# First labels of hosts below a site's own domain that say what stands there.
HOST_KINDS = {
    "opinion": frozenset("opinion opinions".split()),
    "video": frozenset("video videos".split()),
    "audio": frozenset("podcast podcasts".split()),
}
OPINION_TITLES = re.compile(
    r"(?:opinion|op-ed|editorial|commentary|view|viewpoint|guest (?:essay|column)|meinung|kommentar|leitartikel|kolumne|gastbeitrag|gastkommentar|glosse|tribune|édito(?:rial)?|chronique|opinión|columna|opinião|editoriale|opinie|leder|ledare|kronikk|debatt|pääkirjoitus|kolumni|komentář|názor|felieton|мнение|колонка|думка|άποψη|γνώμη|رأي|افتتاحية|یادداشت|سرمقاله|דעה|maoni)\s{0,2}[:|：–—]"
    r"|[【\[（(〈《「]?(?:社説|社论|社論|社评|社評|主張|論説|コラム|时评|時評|评论|評論|사설|칼럼|시론|기고|오피니언|기자수첩|मत|संपादकीय)[】\])）〉》」:：｜|]"
    r"|[（(【\[]社説[）)】\]]",
    re.IGNORECASE,
)

LIVE_PARTS = re.compile(
    r"live-?blog|live-?ticker|live-?updates?|live-?news|news-?blog|newsticker|live-?coverage|minuto-a-minuto|minute-par-minute|en-direct|en-vivo|ao-vivo|in-diretta|live-reporting|direkte-|canli-?(?:blog|anlatim)|onlain|liveuutis|na-zivo|online-reportaz|al-minuto"
    r"|(?:^|/)live/",
    re.IGNORECASE,
)
LIVE_TITLES = re.compile(
    r"\W{0,3}(?:live|live ?blog|live ?ticker|live updates?|news ?blog|ticker|en direct|direct|en vivo|en directo|directo|última hora|ao vivo|em direto|diretta|la diretta|liveblog|direkte|direkt|suorana|na żywo|relacja na żywo|online|živě|élő|онлайн|хроника|наживо|canlı(?: anlatım| blog)?|مباشر|زنده|【(?:詳報|ライブ|速報|随時更新|タイムライン)】|直播|【直播|滚动更新|\[(?:속보|실시간|라이브)\]|실시간)(?:\s{0,2}[:|：/–—-]|\s{0,2}】|\s{0,2}$)"
    r"|.{0,300}(?:[-–—|:(,]\s{0,2}|\b)(?:live ?blog|live ?ticker|live updates?|as it happened|minute par minute|minuto a minuto|in diretta|news ?blog|som det skedde|relacja na żywo|ライブ更新|リアルタイム更新|实时更新|即時更新|更新中|실시간 중계)(?:\W|$)",
    re.IGNORECASE,
)

MEDIA_SECTIONS = {
    "video": frozenset("video videos vidéo vidéos vídeo vídeos videot film filmy wideo видео відео βίντεο فيديو الفيديو ویدیو ویدئو וידאו 動画 视频 視頻 影音 影片 영상 동영상 วิดีโอ คลิป वीडियो ভিডিও વીડિયો ဗီဒီယို tv mediathek watch av".split()),
    "audio": frozenset("audio podcast podcasts pódcast podcasty podkast podkasty подкаст подкасты подкасти بودكاست پادکست פודקאסט 音声 ポッドキャスト 播客 音频 팟캐스트 พอดแคสต์ पॉडकास्ट পডকাস্ট radio listen ljud écouter hörfunk".split()),
    "gallery": frozenset("gallery galleries photo-gallery photogallery photos pictures in-pictures slideshow slideshows bilder bildergalerie bilderstrecke fotostrecke fotostrecken galerie galerien diaporama diaporamas portfolio fotos fotogalería fotogaleria fotogalerías galería galerías galeria galerias fotogalerie fotogallery foto zdjęcia fotogalerii kuvat bildspel фото фотогалерея фоторепортаж фотолента foto-galeri fotogaleri galeri صور ألبوم تصاویر عکس گالری גלריה 写真 写真特集 フォト 图片 圖片 图集 圖集 組圖 组图 포토 화보 사진 ภาพข่าว आलोकचित्र तस्वीरें ছবি ફોટો-ગેલેરી".split()),
}  # fmt: skip
# Those that name other things as well: films, broadcasters, a verb.
AMBIGUOUS_SECTIONS = frozenset(
    "film filmy tv watch av radio listen ljud audio photos pictures portfolio bilder foto фото".split()
)
MEDIA_TITLES = {
    "video": re.compile(r"[\[【(〈]?(?:video|watch|vidéo|vídeo|wideo|видео|відео|βίντεο|بالفيديو|فيديو|ویدئو|ویدیو|فیلم|צפו|動画|视频|視頻|影音|影片|영상|동영상|คลิป|वीडियो|ভিডিও)(?:\s{0,2}[:|：/–—-]|[\]】)〉])", re.IGNORECASE),
    "audio": re.compile(r"[\[【(]?(?:podcast|audio|listen|подкаст|بودكاست|پادکست|ポッドキャスト|音声|播客|팟캐스트)(?:\s{0,2}[:|：–—-]|[\]】)])", re.IGNORECASE),
    "gallery": re.compile(r"[\[【(]?(?:in pictures|(?:photo )?gallery|photos|pictures|bildergalerie|fotostrecke|diaporama|en images|en imágenes|fotogalería|fotogaleria|fotogallery|galeria|fotogalerie|фоторепортаж|фотогалерея|بالصور|تصاویر|גלריה|写真特集|【?写真|组图|組圖|图集|圖集|포토|화보|사진|तस्वीरें)(?:\s{0,2}[:|：–—-]|[\]】)])", re.IGNORECASE),
}  # fmt: skip
