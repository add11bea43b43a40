"""Tabular: what tells an agency, a desk, an account and a place from a person's name."""

# ruff: noqa: E501

import re

AGENCIES = re.compile(
    r"(?:thomson\s+)?reuters|(?:the\s+)?associated\s+press|a\.?p\.?|a\.?f\.?p\.?|agence\s+france[\s-]presse|dpa(?:[-/]\w+)?|d\.?p\.?a\.?"
    r"|deutsche\s+presse[\s-]agentur|apa|kna|epd|sid|ap/\w+|efe|agencia\s+efe|ep|europa\s+press|ansa|agi|adnkronos|lusa|belga|anp|tt|ntb|ritzau"
    r"|stt|pap|čtk|ctk|tasr|sita|mti|agerpres|bta|бта|tanjug|танjуг|танјуг|hina|fena|beta|mia|tass|тасс|риа\s+новости|интерфакс(?:-украина)?|interfax(?:-україна)?|ukrinform|укринформ|укрінформ|unian|уніан|унн|прайм"
    r"|xinhua(?:\s+news(?:\s+agency)?)?|新华社|新華社|新华网|中新社|中新网|中央社|美聯社|美联社|法新社|路透社?|共同社|韩联社|韓聯社|彭博社?|塔斯社|德新社|埃菲社|共同通信(?:社)?|共同|時事通信(?:社)?|時事|ロイター(?:通信)?|afp(?:通信|=?時事)?|ap(?:通信|=共同)|kyodo(?:\s+news)?|jiji(?:\s+press)?|yonhap"
    r"|연합뉴스|뉴시스|뉴스1|신화(?:사|통신)?|로이터(?:통신)?|교도(?:통신)?|타스(?:통신)?|pti|ani|ians|uni|पीटीआई|भाषा|एएनआई|आईएएनएस|বাসস|ইউএনবি|রয়টার্স|এএফপি|এপি|antara|bernama|vna|ttxvn|ttxvn/vietnam\+|aap|pa(?:\s+media)?|press\s+association|canadian\s+press|the\s+canadian\s+press|upi"
    r"|bloomberg(?:\s+news)?|anadolu(?:\s+(?:agency|ajansı))?|aa|iha|dha|irna|isna|wafa|sana|petra|mena|spa|ایرنا|ایسنا|تسنیم|فارس|مهر|إرنا|وكالات|الوكالات|أ\s?\.?\s?ف\s?\.?\s?ب\.?|أ\s?ش\s?أ|رويترز|د\s?\.?\s?ب\s?\.?\s?أ|أسوشيتد\s?برس|الأناضول|فرانس\s?برس|و\s?\.?\s?م\s?\.?\s?ع\.?|واس|سانا|سبوتنيك|وفا|(?:news\s+)?agenc(?:y|ies)"
    r"|απε(?:-μπε)?|αφπ|ρόιτερς|רויטרס|อา?ร์?เอฟพี|เอเอฟพี|รอยเตอร์ส?|เอพี|ซินหัว|agenturen|agences|agencias|agenzie|agentury|wire\s+services?|news\s+services?|keystone-sda|sda|ats",
    re.IGNORECASE,
)
# Desks and teams: they sign, but are no people.
DESK = re.compile(
    r"redaktion\b|\b(?:newsroom|(?:news|web|sports?|world|foreign|international|digital|city|national|business|online)?\s?desk|editorial(?:\s+(?:board|team))?|redacción|redação|rédaction|redazione|redaktor|redakcja|redakce|toimitus|redaktionen|szerkesztőség|online|bureau|team)\b",
    re.IGNORECASE,
)
DESK_BEYOND_LATIN = re.compile(
    r"編集部|編輯部|编辑部|取材班|社会部|政治部|国際部|經濟部|经济部|社説|本報訊|專訊|新聞中心|新闻中心|報導中心|编辑室|頻道|频道|综合报道|綜合報導|편집국|디지털뉴스|온라인\s?뉴스|뉴스룸|특별취재|이슈팀|사설"
    r"|редакци[яиюя]|редакція|служба\s|отдел\s|відділ|σύνταξη|συντακτική|newsroom|מערכת|צוות"
    r"|تحریریه|گروه|سرویس|هیئة|هيئة\s+التحرير|فريق|قسم|التحرير|ويب\s?ديسك|ڈیسک"
    r"|एजेंसी|एजेंसियां|ایجنسیاں|এজেন্সি|डेस्क|ब्यूरो|नेटवर्क|टीम|प्रतिनिधि|न्यूज़|न्यूज|ডেস্ক|প্রতিবেদক|সংবাদদাতা|ব্যুরো|ডেস্ক|ডেস্ক|প্রতিনিধি|ટીમ|ડેસ્ક|બ્યૂરો|ન્યૂઝ|પ્રતિનિધિ"
    r"|نمائند(?:ہ|گان)|نامہ\s?نگار|رپورٹر|مراسلنا|محررو\s|مراسلونا|فريق\s|تحریریه|ٹیم"
    r"|(?:विशेष|निज|नगर|स्टाफ|स्टाफ़|हमारे|कार्यालय|जागरण)\s(?:संवाददाता|रिपोर्टर)|संवाद\s(?:सूत्र|सहयोगी)|এক\s?প্রতিবেদক|রিপোর্টার|রিপোর্ট$|করেসপন[্]?ডেন্ট|প্রতিবেদন$|સ્ટાફ\sરિપોર્ટર|સંવાદદાતા"
    r"|пресс-служба|пресслужба|соб\.\s?(?:корр|инф)|(?:наш|собственный)\s+корреспондент|ομάδα\s+σύνταξης|συντακτών|온라인\s?이슈|인터넷\s?뉴스|콘텐츠팀|即時新聞|即时新闻|國際中心|综合编译"
    r"|กองบรรณาธิการ|ทีมข่าว|ทีมงาน|โต๊ะข่าว|สำนักข่าว|အယ်ဒီတာ|သတင်းဌာန|သတင်းအဖွဲ့",
    re.IGNORECASE,
)
# Words that only names of organisations hold.
ORGANISATION = re.compile(
    r"\b(?:news|times|daily|herald|gazette|tribune|magazine|agency|agentur|association|institute|university|council|foundation|network|channel|television|radio|tv|fm|live|euronews|inc|ltd|llc|gmbh|ministry|zeitung|nachrichten|rundschau|anzeiger|presse|diario|periódico|agencia|noticias|jornal|revista|giornale|gazeta|gazetesi|haber|dagblad|shimbun|xinwen|ilbo|nieuws|tidning|blogger|contributors?)\b"
    r"|\.(?:com|net|org|de|at|ch|fr|es|it|nl|be|pl|is|co|ru|ua|kr|jp|cn|tw|tr|id|br|in|uk)\b",
    re.IGNORECASE,
)
ORGANISATION_BEYOND_LATIN = re.compile(
    r"新浪|搜狐|网易|腾讯|凤凰网|澎湃|界面新闻|财新|今日头条|百度|傳媒|传媒|明報|信報|知乎|微博|央视|客户端|日テレ|テレ朝|新聞|新闻|日報|日报|晚報|晚报|時報|时报|通信社|通訊社|通讯社|電視|电视|公司|协会|研究所|研究院|大学|大學|放送|テレビ|デジタル|オンライン|ニュース|편집부|뉴스|일보|신문|방송|통신|닷컴|네이버|다음카카오"
    r"|новости|новини|агентство|газета|вестник|телеканал|медиа|εφημερίδα|newsbeast|ειδήσεις"
    r"|(?<!\w)(?:نيوز|الجزيرة|العربية|عربية|بوابة|أخبار|الأخبار|الإخبارية|تلفزيون|راديو|مركز|مؤسسة|المصري\s+اليوم|اليوم\s+السابع|يورونيوز|نت|آنلاین|أونلاين)(?!\w)"
    r"|وكالة|صحيفة|جريدة|قناة|موقع|شبكة|خبرگزاری|روزنامه|بی\s?بی\s?سی|بي\s?بي\s?سي|समाचार|बीबीसी|लाइव|दैनिक|टाइम्स|\.कॉम|एनडीटीवी|एबीपी|आजतक|जागरण|দৈনিক|টাইমস|ডটকম|অনলাইন|প্রথম\s?আলো|কালের\s?কণ্ঠ|যুগান্তর|ইত্তেফাক|সমকাল|আনন্দবাজার|દિવ્ય\s?ભાસ્કર|સમાચાર|ગુજરાત|ટીવી|એબીપી|ออนไลน์|มติชน|ไทยรัฐ|ข่าวสด|ဧရာဝတီ|မဇ္ဈိမ|Українська\s+правда|বিবিসি|পত্রিকা|সংবাদ|બીબીસી|ข่าว|บีบีซี|ဘီဘီစီ|သတင်း",
    re.IGNORECASE,
)
# Accounts and placeholders that content systems print where an author should stand.
NOBODY = re.compile(
    r"(?:wp[-_ ]?)?admin(?:istrator|istrador)?[-_ ]?\w{0,12}|web ?master|root|test(?:er|user)?\d*|user[-_ ]?\d*|(?:\S{1,40}\s)?developers?|dev|importer|migration|null|none|undefined|nan|false"
    r"|unknown|anonym(?:ous|e|us)?|n/?a|guest|default|editor\d*|author|authors|staff|superuser|system|cms|bot|autor|redactor|no author|by|von|par|por|view all posts|see bio|more from author|follow|share|more|profile|\S{0,12}admin\S{0,12}"
    r"|super[-_ ]?user|(?:joomla|drupal|wordpress)\w{0,12}|(?:demo|api|site|web|content|news)[-_ ]?(?:user|editor|manager|owner|uploader|publisher)\d{0,3}|api|rss|feeds?|uploader|moderator|publisher"
    r"|админ(?:истратор)?|адмін(?:істратор)?|модератор|гость|管理员|管理員|系统管理员|系統管理員|超级管理员|管理者|サイト管理者|관리자|운영자|أدمن|مدير\s+الموقع|المشرف|ادمین|مدیر(?:\s+سایت)?|ایڈمن|एडमिन|অ্যাডমিন|এডমিন|એડમિન|แอดมิน|ผู้ดูแลระบบ|διαχειριστής"
    r"|[\u3400-\u9fff]{1,6}担当|フォロー(?:する)?|シェア|プロフィール|もっと見る|팔로우|구독(?:하기)?|기자\s?구독|공유|프로필|다른\s?기사\s?보기|关注|關注|分享|追蹤|加入書籤|متابعة|تابع|مشاركة|دنبال\s?کنید|फॉलो(?:\s?करें)?|शेयर(?:\s?करें)?|ফলো(?:\s?করুন)?|শেয়ার|ติดตาม|แชร์|подписаться|поделиться|підписатися|поширити|ακολουθήστε|\W*",
    re.IGNORECASE,
)
# jane-doe, jane_doe2, j.doer: the tail of an address or an account; t-online and mbl.is are none.
SLUG = re.compile(r"[a-z]{3,30}(?:[-_][a-z0-9]{2,30}){1,4}|[a-z]{1,30}\.[a-z]{4,30}\d{0,4}")

# What stands in brackets or before a name and is none: East Asian places and tags.
HAN_PLACE = re.compile(
    r"台北|臺北|新北|桃園|新竹|苗栗|台中|臺中|彰化|南投|雲林|嘉義|台南|臺南|高雄|屏東|宜蘭|花蓮|台東|臺東|澎湖|金門|馬祖|基隆"
    r"|香港|澳門|北京|上海|廣州|深圳|東京|首爾|華盛頓|紐約|洛杉磯|舊金山|倫敦|巴黎|柏林|布魯塞爾|日內瓦|莫斯科|新德里|曼谷|河內|雅加達|馬尼拉|吉隆坡|新加坡|耶路撒冷|杜拜|特拉維夫|基輔|華府|渥太華|雪梨|坎培拉|外電|綜合|综合|連線|专题|專題"
)
ARABIC_PLACE = re.compile(
    r"(?:القاهرة|الإسكندرية|الجيزة|بيروت|دمشق|حلب|عم[اّ]ن|بغداد|أربيل|البصرة|الموصل|الرياض|جدة|مكة|الدوحة|أبوظبي|أبو\s?ظبي|دبي|الشارقة|الكويت|المنامة|مسقط|صنعاء|عدن|الخرطوم|طرابلس|بنغازي|تونس|الجزائر|الرباط|الدار\s+البيضاء|طنجة|مراكش|فاس|أكادير|نواكشوط|غزة|رام\s+الله|القدس(?:\s+المحتلة)?|الناصرة|نابلس|الضفة\s+الغربية|إسطنبول|أنقرة|طهران|واشنطن|نيويورك|لندن|باريس|برلين|بروكسل|جنيف|موسكو|كييف|بكين|طوكيو|نيودلهي|إسلام\s?آباد|كابول|مقديشو|جيبوتي|روما|مدريد|وكالات|خاص)"
)
# Places of two words, which look like a person's name behind one, and seats of the news in scripts
# without capitals.
PLACE = re.compile(
    r"(?:New|West|East|North|South|Nova|Nueva)\s(?:York(?:\sCity)?|Delhi|Orleans|Jersey|Haven|Zealand|Mexico|Hampshire|Bank|London|Iguaçu|Friburgo)|Los\sAngeles|San\s(?:Francisco|Diego|José|Salvador|Juan|Sebastián|Antonio|Luis|Miguel)|Las\s(?:Vegas|Palmas)|St\.?\s(?:Louis|Petersburg|Gallen|Pölten|Paul)|Washington,?\sD\.?C\.?|Mexico\sCity|Cape\sTown|Hong\sKong|Kuala\sLumpur|Phnom\sPenh|Tel\sAviv|Abu\sDhabi|Addis\sAbeba|Addis\sAbaba|Sri\sLanka|Saudi\sArabia|El\sSalvador|Costa\sRica|Puerto\sRico|Sierra\sLeone|Den\sHaag|The\sHague|La\s(?:Paz|Habana|Plata|Haye|Coruña)|Le\s(?:Caire|Havre|Mans)|Port[- ]au[- ]Prince|Santo\sDomingo|Santiago\sde\s(?:Chile|Compostela)|Buenos\sAires|Ciudad\sde\sMéxico|Mar\sdel\sPlata|Bad\s[A-Z]\w{2,12}|Frankfurt\s(?:am\sMain|a\.\s?M\.)|Ho\sChi\sMinh\sCity|Islas\sCanarias"
    r"|Porto\s(?:Alegre|Velho|Seguro)|São\s(?:Paulo|Luís|José\s(?:dos\sCampos|do\sRio\sPreto)|Bernardo\sdo\sCampo|Carlos)|Rio\s(?:de\sJaneiro|Branco|Grande|Preto)|Belo\sHorizonte|Campo\sGrande|Boa\sVista|João\sPessoa|Ribeirão\sPreto|Juiz\sde\sFora|Foz\sdo\sIguaçu|Porto\sPrincipe|Mato\sGrosso(?:\sdo\sSul)?|Minas\sGerais"
    r"|(?:Нижний|Великий)\sНовгород|Нижний\sТагил|Великие\sЛуки|Набережные\sЧелны|Старый\sОскол|Сергиев\sПосад|Минеральные\sВоды|Южно-Сахалинск|Новый\sУренгой|Нью-Йорк|Лос-Анджелес|Тель-Авив|Абу-Даби|Сан-Франциско|Кривий\sРіг|Кривой\sРог|Біла\sЦерква|Кам[ʼ’']янець-Подільський|Івано-Франківськ|Белая\sЦерковь|Горно-Алтайск"
    r"|Νέα\s(?:Υόρκη|Υόρκης)|Τελ\sΑβίβ|Άγιος\sΝικόλαος|Λος\sΆντζελες|Αθήνα|Θεσσαλονίκη|Βρυξέλλες|Λευκωσία|Παρίσι|Λονδίνο|Βερολίνο|Ουάσιγκτον|Κωνσταντινούπολη|Άγκυρα"
    r"|नई\sदिल्ली|नयी\sदिल्ली|दिल्ली|मुंबई|लखनऊ|पटना|भोपाल|जयपुर|रांची|देहरादून|कोलकाता|चंडीगढ़|इंदौर|वाराणसी|प्रयागराज|कानपुर|आगरा|नोएडा|गोरखपुर|वाशिंगटन|वॉशिंगटन|लंदन|इस्लामाबाद|काठमांडू|ग्रेटर\sनोएडा|न्यूयॉर्क"
    r"|ঢাকা|কলকাতা|চট্টগ্রাম|রাজশাহী|খুলনা|সিলেট|বরিশাল|রংপুর|ময়মনসিংহ|ময়মনসিংহ|বগুড়া|বগুড়া|কুমিল্লা|যশোর|গাজীপুর|নারায়ণগঞ্জ|দিল্লি|নয়া\s?দিল্লি|নয়াদিল্লি|নয়াদিল্লি|ওয়াশিংটন|লন্ডন|শিলিগুড়ি|কক্সবাজার|হাওড়া|আগরতলা"
    r"|અમદાવાદ|સુરત|વડોદરા|રાજકોટ|ગાંધીનગર|ભાવનગર|જામનગર|નવી\s?દિલ્હી|મુંબઈ|ભુજ|જૂનાગઢ"
    r"|กรุงเทพ(?:ฯ|มหานคร)?|เชียงใหม่|ขอนแก่น|ภูเก็ต|ရန်ကုန်|နေပြည်တော်|မန္တလေး|ချင်းမိုင်"
    r"|تهران|اصفهان|مشهد|شیراز|تبریز|قم|اهواز|کرمان|رشت|کابل|هرات|کراچی|لاہور|اسلام\s?آباد|پشاور|کوئٹہ|راولپنڈی|نئی\s?دہلی|لندن|واشنگٹن|نيقوسيا|الناصرة|حيفا|الخليل|جنين|طولكرم|خان\s?يونس|رفح|الخرطوم|دهوك|السليمانية|كركوك|النجف|كربلاء|الأنبار|حمص|حماة|إدلب|اللاذقية|درعا|صيدا|طرابلس|زحلة|بعلبك|أسوان|الأقصر|المنصورة|طنطا|أسيوط|سوهاج|المنيا|الفيوم|بورسعيد|السويس|وهران|قسنطينة|عنابة|صفاقس|سوسة|وجدة|مكناس|تطوان|آسفي|العيون|أديس\s?أبابا|نيروبي|فيينا|أثينا"
)
PLACE_BEHIND = re.compile(
    rf"(?:\s?[-–ـ/،,(]\s?|(?<=\S\s)(?=[^\x00-\u024f]))(?:{PLACE.pattern}|{ARABIC_PLACE.pattern})\)?$"
)
NO_NAME_IN_BRACKETS = re.compile(
    r".*(?:都|道|府|県|区|市|郡|町|村|部|局|版|略|分|時|日|年|月|歳|面|紙|社|省|庁|店|円|人|回|位|号|章|上|中|下|了|完|終|報|電|院|署|課|会|党|共同|談|者|員|局長|部長|課長|社長|会長|市長|町長|村長|区長|知事|大臣|首相|校長|所長|館長|院長|理事|監督|選手|教授|議員|代表|中継|おわり|つづく|続く)$"
    r"|.*(?:[0-9０-９]|関連|記事|動画|写真|特集|解説|情報|詳細|速報|独自|図解|一覧|地図|年表|募集|購読|登録|更新|参照|無料|有料|提供|掲載|敬称|電力|大学|経済|国際|社会|政治|全国|地域|事件|会見|発表).*"
)
JAPANESE_SURNAME = re.compile(
    r"佐藤|鈴木|高橋|田中|伊藤|伊東|渡辺|渡邉|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|齋藤|斉藤|清水|山崎|池田|橋本|阿部|安部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|三浦|藤原|中野|中川|原田|松田|竹内|小野|田村|中山|和田|石田|森田|上田|内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|谷口|今井|工藤|高田|増田|丸山|杉山|村田|大塚|新井|小山|平野|藤本|河野|上野|野口|武田|松井|千葉|菅原|岩崎|久保|木下|佐野|野村|松尾|市川|菊地|菊池|杉本|古川|大西|島田|水野|桜井|高野|渡部|吉川|山内|西田|飯田|西川|小松|北村|安田|五十嵐|川口|平田|中田|久保田|服部|岩田|土屋|川崎|福島|本田|樋口|秋山|永井|山中|中西|吉村|川上|大橋|石原|松岡|浜田|馬場|森本|矢野|浅野|松下|星野|大久保|吉岡|小池|野田|荒木|熊谷|松浦|大谷|内藤|黒田|尾崎|永田|川村|望月|松村|田口|松原|荒井|小西|岡崎|奥村|石橋|西山|須藤|関口|大石|栗原|小田|松永|大島|中尾|植田|萩原|片山|宮田|大森|田辺|上原|鎌田|大川|三宅|本間|早川|川島|飯塚|平井|成田|白石|今村|西野|大山|榎本|広瀬|津田|吉野|富田|宇野|川端|神谷|江口|浅井|清宮|西尾|堀|森|林|岡|原|関|東|辻|南|北|谷|星|角"
)
# Surnames of three characters and more: what follows them with a space is a given name.
LONG_SURNAME = re.compile(
    r"佐々木|長谷川|五十嵐|久保田|大久保|小笠原|宇都宮|伊集院|勅使河原|長宗我部|小早川|二階堂|佐久間|日比野|日下部|長谷部|小野寺|小野田|小山田|小田切|八重樫|曽我部|東海林|我那覇|喜屋武|喜友名|仲宗根|具志堅|与那覇|与那嶺|加賀谷|阿久津|波多野|宇佐美|宇田川|大河原|大河内|三田村|竹之内|山之内|武者小路|西園寺|伊地知|井之上|一ノ瀬|一之瀬|二ノ宮|海老原|海老名|海老沢|羽田野|御手洗|小比類巻|生田目|早乙女|八木沢|和久井|和久田|小宮山|小久保|小佐野|小松原|大曽根|中曽根|北大路"
)
KOREAN_SURNAME = re.compile(
    r"(?:남궁|황보|제갈|선우|독고|사공|서문|[가간갈감강개견경계고곡공곽구국권금기길김나남노뇌단담당대도동두라류마맹명모목문민박반방배백범변복봉부빈사상서석선설섭성소손송승시신심아안양어엄여연염엽영예오옥온옹왕용우원위유육윤은음이인임자장전정제조종좌주지진차채천초최추탁탄탕태판팽편평포표피필하한함허현형호홍화환황])"
)
NO_KOREAN_NAME = re.compile(
    r".*(?:부|팀|청|뉴스|일보|신문|방송|타임즈|투데이|경제|닷컴|저널)|한겨레|연합뉴|선임|전문|인턴|수습|온라인|정치|국제|사회|문화|이날|한편|당시|정리|도쿄|방콕|홍콩|서울|파리|상하이|하노이|부산|대구|인천|대전|광주|울산|제주|수원|전주|춘천|청주|창원|해당|현장|지역|외신|취재|시민|방송|공동|담당|종합|영상|사진|객원|대학생?|본지|동행|여러|모든|일부|언론|전직|현직|남성|여성|주재|전속|전담|출입"
)
HAN_SURNAME = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾鐘谭譚陆陸汪范金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閆阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂塗成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺官封谈談匡鞠惠荆荊乐樂冀郁胥南班储儲原栗燕楚鄢劳勞谌諶奚皮粟冼蔺藺楼樓盘盤满滿闻聞厉厲伊仝区區郜海阚闞花权權强強帅帥屠朴盖蓋练練廉禹井祖漆巴丰豐支卿狄平计計索宣晋晉门門云雲容敬晁芮阙闕浦戈伏薄雍辜乌烏裘修邰赫杭况況那宿鲜鮮印茹慕危玉湛宾賓戎茅尉元束檀衣展阴陰智幸衡尧堯上诸諸司"
)
HOUSE_IN_ROW = re.compile(
    r".*(?:网|網|報|报|社|台|刊|新闻|新聞|传媒|客户端|中心|频道|頻道|大学|研究员|教授|电)$"
)
