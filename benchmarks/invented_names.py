"""A table of invented names: of authors in six scripts, of agencies, of sections, of outlets."""

SCRIPTS = {"ru": "ru", "ar": "ar", "ja": "ja", "zh": "zh", "ko": "ko"}  # others: Latin

GIVEN = {
    "latin": "Ann Bo Carla David Elena Felix Greta Hugo Ines Jonas Karin Louis Maria Nils "
    "Olga Paul Rosa Samuel Teresa Viktor Amara Bruno Chloé Diego Emma Fiona Gabriel "
    "Hannah Isabel José Kofi Lena Miguel Nadia Oscar Petra Quentin Rita Stefan Ursula",
    "ru": "Анна Борис Вера Глеб Дарья Егор Жанна Захар Ирина Кирилл Лидия Михаил Нина Олег Павел "
    "Роман Софья Тимур Ульяна Фёдор",
    "ar": "أحمد ليلى محمود سارة خالد نورا يوسف مريم عمر هدى سامي رنا "
    "طارق دينا كريم سلمى حسن منى علي ريم",
    "ja": "一郎 花子 健太 美咲 大輔 直子 翔 由美 誠 恵 拓也 香織 浩二 真理 隆 明美 亮 千夏 学 里奈",
    "zh": "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚",
    "ko": "민준 서연 지훈 수진 현우 지은 동현 유나 성민 하늘 준호 "
    "미경 태형 은지 재석 보라 상철 나래 경수 다은",
}
FAMILY = {
    "latin": "Lee Ray Müller García Rossi Dubois Silva Novak Larsen Okafor Mensah Patel Singh "
    "Brown Taylor Weber Fischer Moreau Lefèvre Romero Torres Costa Pereira Almeida "
    "Kowalski Nagy Horvat Berg Lindqvist Virtanen Murphy O'Neill Campbell Stewart Nguyen Santos "
    "Cruz Mwangi Dlamini Fernando Schneider Hoffmann Bernard Petit Ortega Vargas Mendes Ribeiro "
    "Jensen Hansen Byrne Walsh Cohen Haddad Rahman Perera Tan Reyes Bauer Keller",
    "ru": "Иванова Петренко Смирных Кузнец Соколова Лебедь Козлов Новик Морозко Волк Зайцев Павлюк "
    "Семёнов Голубь Виноград Богданова Воробей Фёдоров Михайлова Беляк",
    "ar": "الحسن المصري الخطيب النجار حداد العلي الشامي منصور الصالح القاسم بدر الفارس عيسى الزين "
    "الكردي سعيد حمدان الراشد جابر ناصر",
    "ja": "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 "
    "中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 "
    "林 清水 山崎 森 阿部 池田 橋本 石川 前田 藤田 後藤 岡田 長谷川",
    "zh": "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 "
    "孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹",
    "ko": "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍",
}
JOINED = {"ja": " ", "zh": "", "ko": ""}  # family name first; the others: given name, space, family

BY = {"en": "By ", "de": "Von ", "fr": "Par ", "es": "Por ", "pt": "Por "}
AND = {
    "en": " and ",
    "de": " und ",
    "fr": " et ",
    "es": " y ",
    "pt": " e ",
    "ru": " и ",
    "ar": " و",
}

AGENCIES = {
    "en": ("Reuters", "AP"),
    "de": ("dpa", "AFP"),
    "fr": ("AFP", "Belga"),
    "es": ("EFE", "Télam"),
    "pt": ("Lusa", "Agência Brasil"),
    "ru": ("ТАСС", "Интерфакс"),
    "ar": ("وفا", "واس"),
    "ja": ("共同通信", "時事通信"),
    "zh": ("新华社", "中新社"),
    "ko": ("연합뉴스", "뉴시스"),
}

SECTIONS = {
    "en": "World,Politics,Business,Technology,Science,Health,Sport,Culture",
    "de": "Ausland,Politik,Wirtschaft,Technik,Wissen,Gesundheit,Sport,Kultur",
    "fr": "Monde,Politique,Économie,Technologies,Sciences,Santé,Sports,Culture",
    "es": "Mundo,Política,Economía,Tecnología,Ciencia,Salud,Deportes,Cultura",
    "pt": "Mundo,Política,Economia,Tecnologia,Ciência,Saúde,Esporte,Cultura",
    "ru": "Мир,Политика,Экономика,Технологии,Наука,Здоровье,Спорт,Культура",
    "ar": "العالم,سياسة,اقتصاد,تكنولوجيا,علوم,صحة,رياضة,ثقافة",
    "ja": "国際,政治,経済,テクノロジー,科学,医療,スポーツ,文化",
    "zh": "国际,政治,财经,科技,科学,健康,体育,文化",
    "ko": "국제,정치,경제,기술,과학,건강,스포츠,문화",
}

PLACES = {
    "latin": "Northport Eastvale Marlow Kingsford Ardenne Lindau Castella Riverbend Sankt-Martin "
    "Montclair Valverde Portela Halden Weston Oakridge Altamira Belmont Grafton Solano Verdal",
    "ru": "Северск Волжск Приморье Горный Луговая Заречье",
    "ar": "النيل الشرق الخليج الأفق المدينة الساحل",
    "ja": "北浜 東雲 西海 南原 中央 湾岸 高原 瀬戸",
    "zh": "江南 北方 东海 西城 南湖",
    "ko": "한강 남산 동해 서해",
}
PAPERS = {
    "en": "Herald Tribune Courier Post Chronicle",
    "de": "Zeitung Anzeiger Nachrichten Rundschau Kurier",
    "fr": "Matin Dépêche Gazette Éclair Journal",
    "es": "Diario Noticias Correo Tiempo Mundo",
    "pt": "Jornal Folha Diário Correio Notícias",
    "ru": "вестник новости газета курьер",
    "ar": "اليوم الأخبار الجريدة",
    "ja": "新聞 日報 ニュース",
    "zh": "日报 新闻网 晚报",
    "ko": "일보 뉴스",
}


def script_of(language: str) -> str:
    """Return the key of a language's names in these tables."""
    return SCRIPTS.get(language, "latin")


def author_names(language: str) -> list[str]:
    """Return all author names of a language's script."""
    script = script_of(language)
    given, family = GIVEN[script].split(), FAMILY[script].split()
    if script in JOINED:
        return [f"{f}{JOINED[script]}{g}" for g in given for f in family]
    return [f"{g} {f}" for g in given for f in family]


def outlet_name(language: str, place: int) -> str:
    """Return the name of a language's outlet, different for each place up to the product of both.

    >>> outlet_name("en", 0), outlet_name("ja", 9)
    ('Northport Herald', '東雲日報')
    """
    places, papers = PLACES[script_of(language)].split(), PAPERS[language].split()
    town, paper = places[place % len(places)], papers[place // len(places) % len(papers)]
    return f"{town}{'' if language in ('ja', 'zh') else ' '}{paper}"
