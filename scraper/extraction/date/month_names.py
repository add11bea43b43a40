"""A table of month names as news prints them, folded: the civil calendar's and the Persian one's.

From Unicode CLDR 47 (format and stand-alone, wide and abbreviated, some 80 languages), with what
outlets print besides: Levantine, Maghrebi, Egyptian names, spellings of the Indic and Thai press.
"""

import re
import unicodedata
from functools import lru_cache

_CIVIL = {
    1: (
        "ama|amajjii|ean|eanair|ene|enero|gen|gener|gennaio|ian|ianuarie|ion|ionawr|jaan|"
        "jaanuar|jan|janaayo|janairu|janar|janeiro|jannaayo|jannar|janner|janoary|januar|"
        "januara|januari|januarie|januaro|january|januwari|janv|janvaris|janvier|janyuwari|"
        "jen|jenuwari|led|leden|ledna|mut|mutarama|oca|ocak|osu sere|phe|pherekgong|rbn|"
        "rebendan|san|sanuali|saus|sausio|sausis|sij|sijecanj|sijecnja|sty|styczen|"
        "stycznia|tammi|tammikuu|tammikuuta|urt|urtarrila|xan|xaneiro|yan|yanvar|yanwar|"
        "ιαν|ιανουαριοσ|ιανουαριου|нэгдүгээр сар|сту|студзень|студзеня|січ|січень|січня|"
        "янв|январ|январь|января|яну|януари|јан|јануар|јануари|қаң|қаңтар|հնվ|հունվար|"
        "հունվարի|ינו|ינואר|جانفی|جنوری|جینوری|ژانویه|کانون الثانی|کانون ثانی|"
        "کانوونی دووەم|ینایر|जन|जनवरी|जाने|जानेवारी|জানু|জানুযারি|জানুযারী|জানুৱাৰী|ਜਨ|"
        "ਜਨਵਰੀ|જાન્યુ|જાન્યુઆરી|ଜାନୁଆରୀ|ஜன|ஜனவரி|జన|జనవరి|ಜನ|ಜನವರಿ|ജനു|ജനുവരി|ජන|ජනවාරි|"
        "ม.ค|มกราคม|มค|ມ.ກ|ມັງກອນ|ဇန်|ဇန်နဝါရီ|იან|იანვარი|ጃን|ጃንዋሪ|ጥሪ|មករា"
    ),
    2: (
        "chw|chwef|chwefror|fab|faburairu|feabh|feabhra|feb|febbraio|febr|febraayo|"
        "febreiro|febrer|febrero|febroary|februar|februara|februari|februarie|februaris|"
        "februaro|february|februwari|fep|fepueli|fev|fevereiro|fevr|fevral|fevrier|few|"
        "fewral|fra|frar|gas|gashyantare|gur|guraandhala|helmi|helmikuu|helmikuuta|hlakola|"
        "lut|lutego|luty|osu erele|ots|otsaila|peb|pebrero|pebruari|sbt|shk|shkurt|sibat|"
        "sub|subat|uno|unor|unora|vas|vasario|vasaris|veebr|veebruar|velj|veljaca|veljace|"
        "φεβ|φεβρουαριοσ|φεβρουαριου|ақп|ақпан|лют|лютага|лютии|лютого|люты|феб|фебруар|"
        "фев|февр|феврал|февраль|февраля|февруари|хоердугаар сар|փետրվար|փետրվարի|փտվ|פבר|"
        "פברואר|شباط|شوبات|فبرایر|فبروری|فروری|فوریه|فیفری|فېبروری|फर|फरवरी|फेब्रु|"
        "फेब्रुअरी|फेब्रुवारी|ফেব|ফেব্রুযারি|ফেব্রুযারী|ফেব্ৰু|ফেব্ৰুৱাৰী|ਫਰ|ਫਰਵਰੀ|ફેબ્રુ|"
        "ફેબ્રુઆરી|ଫେବୃଆରୀ|பிப்|பிப்ரவரி|ఫిబ్ర|ఫిబ్రవరి|ಫೆಬ್ರ|ಫೆಬ್ರವರಿ|ഫെബ്രു|ഫെബ്രുവരി|"
        "පෙබ|පෙබරවාරි|ก.พ|กพ|กุมภาพันธ์|ກ.ພ|ກຸມພາ|ဖေ|ဖေဖော်ဝါရီ|თებ|თებერვალი|ለካ|ለካቲት|ፌብ|"
        "ፌብሩዋሪ|កុម្ភៈ"
    ),
    3: (
        "adar|adr|bitootessa|bre|brezen|brezna|hlakubele|kov|kovas|kovo|maa|maachi|maalis|"
        "maaliskuu|maaliskuuta|maarso|maart|mac|machi|mae|maerz|mar|marc|marca|march|"
        "marcius|marco|marec|maret|maris|mars|marso|mart|marta|martie|marto|marts|martsa|"
        "martxoa|marz|marzec|marzo|marzu|mas|mashi|mat|matshi|maw|mawrth|maʻa|maʻasi|mer|"
        "merc|merca|mrt|mrz|osu erena|ozu|ozujak|ozujka|ube|wer|werurwe|μαρ|μαρτιοσ|"
        "μαρτιου|бер|берез|березень|березня|гуравдугаар сар|мар|март|марта|нау|наурыз|сак|"
        "сакавік|сакавіка|մարտ|մարտի|մրտ|מרץ|اذار|مارس|مارچ|یازار|मार्च|মার্চ|মাৰ্চ|ਮਾਰਚ|"
        "માર્ચ|ମାର୍ଚ୍ଚ|மார்|மார்ச்|మార్చి|ಮಾರ್ಚ್|മാർ|മാർച്ച്|මාර්|මාර්තු|มี.ค|มีค|มีนาคม|"
        "ມ.ນ|ມີນາ|မတ်|მარ|მარტი|መጋ|መጋቢት|ማርች|មីនា"
    ),
    4: (
        "abr|abrell|abriil|abril|afi|afirilu|aib|aibrean|api|apirila|apr|aprel|april|"
        "aprila|aprile|aprili|aprilie|aprilis|aprill|aprilo|aprily|apryl|apryla|avr|avril|"
        "bal|balandis|balandzio|dub|duben|dubna|d’abr|d’abril|ebr|ebrill|eebila|elb|eph|"
        "ephreli|epr|epreel|epreli|huhti|huhtikuu|huhtikuuta|kwi|kwiecien|kwietnia|mata|"
        "mme|mmesa|nis|nisan|nsn|osu igbe|pri|prill|tra|travanj|travnja|ʻepe|ʻepeleli|απρ|"
        "απριλιοσ|απριλιου|апр|апрел|апрель|апреля|април|дөрөвдүгээр сар|квіт|квітень|"
        "квітня|кра|красавік|красавіка|сәу|сәуір|ապր|ապրիլ|ապրիլի|אפר|אפריל|ابریل|افریل|"
        "اوریل|اپریل|نیسان|अप्रिल|अप्रेल|अप्रैल|एप्रि|एप्रिल|এপ্রি|এপ্রিল|এপ্ৰিল|ਅਪ੍ਰੈ|"
        "ਅਪ੍ਰੈਲ|એપ્રિલ|ଅପ୍ରେଲ|ஏப்|ஏப்ரல்|ఏప్రి|ఏప్రిల్|ಏಪ್ರಿ|ಏಪ್ರಿಲ್|ഏപ്രി|ഏപ്രിൽ|අප්රේල්|"
        "เม.ย|เมย|เมษายน|ມ.ສ|ເມສາ|ဧပြီ|აპრ|აპრილი|ሚያ|ሚያዝያ|ኤፕሪ|ኤፕሪል|មេសា"
    ),
    5: (
        "beal|bealtaine|caamsaa|cam|geg|geguze|geguzes|gic|gicurasi|gln|gulan|kve|kveten|"
        "kvetna|maayo|mag|maggio|mai|maiatza|maig|maijs|maio|maj|maja|majo|majus|may|mayo|"
        "mayu|mayıs|me|mee|mei|mej|meja|meje|mejju|mey|meyi|mot|motsheanong|osu ebibi|svi|"
        "svibanj|svibnja|touko|toukokuu|toukokuuta|μαη|μαι|μαιοσ|μαιου|маи|мам|мамыр|мая|"
        "мај|тавдугаар сар|трав|травень|травня|մայիս|մայիսի|մյս|מאי|ایار|مای|مایو|مه|می|"
        "میی|مۍ|یایار|मई|मे|মে|ਮਈ|મે|ମଇ|மே|మే|ಮೇ|മേയ്|මැයි|พ.ค|พค|พฤษภาคม|ພ.ພ|ພຶດສະພາ|မေ|"
        "მაი|მაისი|ሜይ|ጉንበት|ግን|ឧសភា"
    ),
    6: (
        "birz|birzelio|birzelis|cerven|cervna|cvn|cze|czerwca|czerwiec|eka|ekaina|giu|"
        "giugno|gun|gunju|haz|haziran|heziran|hun|hunyo|hzr|iun|iunie|iyn|iyun|jon|jona|"
        "juin|jun|juna|june|junho|juni|junie|junij|junija|junijs|junio|junius|juny|juu|"
        "juun|juuni|kam|kamena|kesa|kesakuu|kesakuuta|lipanj|lipnja|meh|mehefin|meith|"
        "meitheamh|osu okudu|phupjane|qer|qershor|sun|sune|wax|waxabajjii|xuno|yun|yuni|"
        "ιουν|ιουνιοσ|ιουνιου|зургаадугаар сар|июн|июнь|июня|мау|маусым|черв|червень|"
        "червня|чэр|чэрвень|чэрвеня|юни|јун|јуни|հնս|հունիս|հունիսի|יוני|جوان|جون|حزیران|"
        "حوزەیران|ژوین|یونیه|یونیو|जुन|जून|জুন|ਜੂਨ|જૂન|ଜୁନ|ஜூன்|జూన్|ಜೂನ್|ജൂൺ|ජූනි|มิ.ย|"
        "มิถุนายน|มิย|ມິ.ຖ|ມິຖຸນາ|ဇွန်|ივნ|ივნისი|ሰነ|ጁን|មិថុនា"
    ),
    7: (
        "ado|adoolessa|cervence|cervenec|cvc|gor|gorff|gorffennaf|heina|heinakuu|"
        "heinakuuta|hul|hulyo|iuil|iul|iulie|iyl|iyul|jol|jolay|juil|juillet|jul|jula|"
        "julai|julayi|julho|juli|julie|julij|julija|julijs|julio|juliol|julius|july|juuli|"
        "korr|korrik|liep|liepa|liepos|lip|lipca|lipiec|lug|luglio|lul|lulju|luulyo|nya|"
        "nyakanga|osu agemo|phupu|siu|siulai|srpanj|srpnja|tem|temmuz|tirmeh|trm|upu|uzt|"
        "uztaila|xul|xullo|yul|yuli|ιουλ|ιουλιοσ|ιουλιου|долоодугаар сар|июл|июль|июля|лип|"
        "липень|липня|ліп|ліпень|ліпеня|шіл|шілде|юли|јул|јули|հլս|հուլիս|հուլիսի|יולי|"
        "تموز|تەمووز|جولای|جولایی|جویلیه|ژوییه|یولیه|یولیو|یولیوز|जुल|जुलाई|जुलै|জুল|জুলাই|"
        "ਜੁਲਾ|ਜੁਲਾਈ|જુલાઈ|ଜୁଲାଇ|ஜூலை|జులై|ಜುಲೈ|ജൂലൈ|ජූලි|ก.ค|กค|กรกฎาคม|ກ.ລ|ກໍລະກົດ|ဇူ|"
        "ဇူလိုင်|ივლ|ივლისი|ሓም|ሓምለ|ጁላይ|កក្កដា"
    ),
    8: (
        "abu|abuztua|ag|aga|agasti|ago|agost|agosti|agosto|ags|agt|agu|agust|agusta|"
        "agustos|agustus|aog|aogositra|aout|aug|august|augusta|augusti|augusto|augusts|"
        "augustus|augusztus|avg|avgust|avq|avqust|awg|awgust|awgusta|awst|aww|awwissu|d’ag|"
        "d’agost|elo|elokuu|elokuuta|gush|gusht|hag|hagayya|kan|kanama|kol|kolovoz|"
        "kolovoza|lun|lunasa|ogo|ogoost|ogos|ogosto|ogs|osu ogun|pha|phato|rugp|rugpjucio|"
        "rugpjutis|sie|sierpien|sierpnia|srp|srpen|srpna|tbx|tebax|ʻaok|ʻaokosi|αυγ|"
        "αυγουστοσ|αυγουστου|авг|август|августа|жні|жнівень|жніуня|наимдугаар сар|серп|"
        "серпень|серпня|там|тамыз|օգոստոս|օգոստոսի|օգս|אוג|אוגוסט|اب|اغسطس|اوت|اګست|اگست|"
        "اگوست|غشت|یاب|अग|अगस्ट|अगस्त|ऑग|ऑगस्ट|অগস্ট|আগ|আগষ্ট|আগস্ট|ਅਗ|ਅਗਸਤ|ઑગસ્ટ|ઓગસ્ટ|"
        "ଅଗଷ୍ଟ|ஆக|ஆகஸ்ட்|ఆగ|ఆగస్టు|ಆಗ|ಆಗಸ್ಟ್|ഓഗ|ഓഗസ്റ്റ്|අගෝ|අගෝස්තු|ส.ค|สค|สิงหาคม|"
        "ສ.ຫ|ສິງຫາ|သြဂုတ်|ဩဂုတ်|აგვ|აგვისტო|ነሓ|ነሓሰ|ኦገስ|ኦገስት|សីហា"
    ),
    9: (
        "eyl|eylul|ful|fulbaana|iln|ilon|ira|iraila|leo|lwetse|mean fomhair|medi|mfomh|nze|"
        "nzeri|osu owewe|rugs|rugsejis|rugsejo|ruj|rujan|rujna|sat|satumba|seb|sebteembar|"
        "sebtembar|sen|sentabr|sentyabr|sep|sepitema|sept|septambra|septemba|septembar|"
        "september|septembra|septembre|septembrie|septembris|septembro|septhemba|"
        "septiembre|septyembre|set|setembre|setembro|setiembre|settembre|settembru|"
        "setyembre|sht|shtator|syys|syyskuu|syyskuuta|szept|szeptember|wrz|wrzesien|"
        "wrzesnia|zar|zari|σεπ|σεπτ|σεπτεμβριοσ|σεπτεμβριου|вер|верасень|верасня|верес|"
        "вересень|вересня|есдүгээр сар|сен|сент|сентябр|сентябрь|сентября|сеп|септембар|"
        "септември|қыр|қыркүиек|սեպ|սեպտեմբեր|սեպտեմբերի|ספט|ספטמבר|ایلول|سبتمبر|ستمبر|"
        "سپتامبر|سپتمبر|سېپتمبر|شتنبر|یەیلوول|सप्टें|सप्टेंबर|सित|सितंबर|सितम्बर|"
        "सेप्टेम्बर|ছেপ্তে|ছেপ্তেম্বৰ|সেপ|সেপ্টে|সেপ্টেম্বর|ਸਤੰ|ਸਤੰਬਰ|સપ્ટે|સપ્ટેમ્બર|"
        "ସେପ୍ଟେମ୍ବର|செப்|செப்டம்பர்|సెప్టెం|సెప్టెంబర్|ಸೆಪ್ಟೆಂ|ಸೆಪ್ಟೆಂಬರ್|സെപ്റ്റം|"
        "സെപ്റ്റംബർ|සැප්|සැප්තැම්බර්|ก.ย|กย|กันยายน|ກ.ຍ|ກັນຍາ|စက်|စက်တင်ဘာ|სექ|სექტემბერი|"
        "መስ|መስከረም|ሴፕቴ|ሴፕቴምበር|កញ្ញា"
    ),
    10: (
        "cot|cotmeh|deireadh fomhair|dfomh|d’oct|d’octubre|eki|ekim|hyd|hydref|loka|"
        "lokakuu|lokakuuta|mph|mphalane|oct|october|octobre|octombrie|octubre|okt|oktabr|"
        "okthoba|okthobha|oktoba|oktobar|oktober|oktobra|oktobris|oktobro|oktoobar|"
        "oktoober|oktubre|oktyabr|onk|onkoloolessa|osu owara|ott|ottobre|ottubru|out|"
        "outubro|paz|pazdziernik|pazdziernika|rij|rijen|rijna|spal|spalio|spalis|tet|tetor|"
        "ukw|ukwakira|urr|urria|ʻoka|ʻokatopa|οκτ|οκτωβριοσ|οκτωβριου|аравдугаар сар|жовт|"
        "жовтень|жовтня|кас|кастрычнік|кастрычніка|окт|октобар|октомври|октябр|октябрь|"
        "октября|қаз|қазан|հոկ|հոկտեմբեր|հոկտեմբերի|אוק|אוקטובר|اکتبر|اکتوبر|تشرین الاول|"
        "تشرین اول|تشرینی یەکەم|अक्टू|अक्टूबर|अक्टोबर|अक्तूबर|ऑक्टो|ऑक्टोबर|অক্টো|"
        "অক্টোবর|অক্টোবৰ|ਅਕਤੂ|ਅਕਤੂਬਰ|ઑક્ટો|ઑક્ટોબર|ઓક્ટોબર|ଅକ୍ଟୋବର|அக்|அக்டோபர்|అక్టో|"
        "అక్టోబర్|ಅಕ್ಟೋ|ಅಕ್ಟೋಬರ್|ഒക്ടോ|ഒക്ടോബർ|ඔක්|ඔක්තෝබර්|ต.ค|ตค|ตุลาคม|ຕ.ລ|ຕຸລາ|"
        "အောက်|အောက်တိုဘာ|ოქტ|ოქტომბერი|ኦክቶ|ኦክቶበር|ጥቅ|ጥቅምቲ|តុលា"
    ),
    11: (
        "aza|azaroa|kas|kasım|lapkr|lapkricio|lapkritis|lis|listopad|listopada|listopadu|"
        "marras|marraskuu|marraskuuta|mijdar|mjd|nen|nentor|nob|nobyembre|nof|noiembrie|"
        "noofeembar|nop|nopember|nov|novambra|novema|novemba|novembar|november|novembra|"
        "novembre|novembris|novembro|novembru|noviembre|now|nowember|nowembra|noy|noyabr|"
        "nuw|nuwamba|osu belu|pudungwana|pun|sadaasa|samh|samhain|stu|studeni|studenoga|"
        "tach|tachwedd|ugu|ugushyingo|νοε|νοεμβριοσ|νοεμβριου|арван нэгдүгээр сар|лист|"
        "листопад|листопада|ліс|лістапад|лістапада|нов|новембар|ное|ноември|ноя|нояб|ноябр|"
        "ноябрь|ноября|қар|қараша|նոյ|նոյեմբեր|նոյեմբերի|נוב|נובמבר|تشرین الثانی|"
        "تشرین ثانی|تشرینی دووەم|نوامبر|نوفمبر|نومبر|نونبر|नव|नवंबर|नवम्बर|नोभेम्बर|"
        "नोव्हें|नोव्हेंबर|নভে|নভেম্বর|নৱে|নৱেম্বৰ|ਨਵੰ|ਨਵੰਬਰ|નવે|નવેમ્બર|ନଭେମ୍ବର|நவ|"
        "நவம்பர்|నవం|నవంబర్|ನವೆಂ|ನವೆಂಬರ್|നവം|നവംബർ|නොවැ|නොවැම්බර්|พ.ย|พย|พฤศจิกายน|ພ.ຈ|"
        "ພະຈິກ|နို|နိုဝင်ဘာ|ნოე|ნოემბერი|ሕዳ|ሕዳር|ኖቬም|ኖቬምበር|វិច្ឆិកា"
    ),
    12: (
        "abe|abendua|ara|aralık|berfanbar|brf|dec|decembar|december|decembra|decembre|"
        "decembrie|decembris|decembro|dek|dekabr|des|desambra|desemba|desember|desembre|"
        "dets|detsember|dez|dezember|dezembro|dhj|dhjetor|dic|dicembre|dicembru|diciembre|"
        "dis|disamba|diseembar|disemba|disember|disyembre|gru|grudnia|grudzien|gruod|"
        "gruodis|gruodzio|joulu|joulukuu|joulukuuta|mud|mudde|noll|nollaig|osu ope|pro|"
        "prosinac|prosinca|prosince|prosinec|rhag|rhagfyr|tis|tisema|tsh|tshitwe|uku|"
        "ukuboza|δεκ|δεκεμβριοσ|δεκεμβριου|арван хоердугаар сар|груд|грудень|грудня|дек|"
        "декабр|декабрь|декабря|декември|дец|децембар|жел|желтоқсан|сне|снежань|снежня|դեկ|"
        "դեկտեմբեր|դեկտեմբերի|דצמ|דצמבר|دجنبر|دسامبر|دسمبر|دیسمبر|کانون الاول|کانون اول|"
        "کانونی یەکەم|डिसें|डिसेंबर|डिसेम्बर|दिस|दिसंबर|दिसम्बर|ডিচে|ডিচেম্বৰ|ডিসে|"
        "ডিসেম্বর|ਦਸੰ|ਦਸੰਬਰ|ડિસે|ડિસેમ્બર|ଡିସେମ୍ବର|டிச|டிசம்பர்|డిసెం|డిసెంబర్|ಡಿಸೆಂ|"
        "ಡಿಸೆಂಬರ್|ഡിസം|ഡിസംബർ|දෙසැ|දෙසැම්බර්|ธ.ค|ธค|ธันวาคม|ທ.ວ|ທັນວາ|ဒီ|ဒီဇင်ဘာ|დეკ|"
        "დეკემბერი|ታሕ|ታሕሳስ|ዲሴም|ዲሴምበር|ធ្នូ"
    ),
}
# Persian months, Afghanistan's names of them (Dari, Pashto) beside Iran's.
_PERSIAN = {
    1: "فروردین|حمل|وری",
    2: "اردیبهشت|ثور|غویی",
    3: "خرداد|جوزا|غبرګولی",
    4: "تیر|سرطان|چنګاښ",
    5: "مرداد|امرداد|اسد|زمری",
    6: "شهریور|سنبله|وږی",
    7: "مهر|میزان|تله",
    8: "ابان|عقرب|لړم",
    9: "اذر|قوس|لیندۍ",
    10: "دی|جدی|مرغومی",
    11: "بهمن|دلو|سلواغه",
    12: "اسفند|حوت|کب",
}
_OTHERWISE = {  # where one word names another month in one language
    ("hr", "lip"): 6,
    ("hr", "lis"): 10,
    ("hr", "listopad"): 10,
    ("hr", "listopada"): 10,
    ("hr", "srp"): 7,
}

MARKS = re.compile("[\u0640\u200b-\u200f]")  # tatweel, joiners, direction marks
SPELLINGS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ۃ": "ه"})

MONTHS = {word: month for month, words in _CIVIL.items() for word in words.split("|")}
PERSIAN_MONTHS = {word: month for month, words in _PERSIAN.items() for word in words.split("|")}
LONGEST_WORDS = max(word.count(" ") + 1 for word in MONTHS)  # of one name


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Return a word without case, accents, points and the spellings that differ by country.

    Vowel signs of Indic and Thai words stay: they tell words apart.

    >>> folded("Févr."), folded("مارٍس"), folded("फ़रवरी")
    ('fevr', 'مارس', 'फरवरी')
    """
    kept = []
    for c in unicodedata.normalize("NFKD", MARKS.sub("", word.casefold())):
        # 7: nukta; 10 to 35: points of Hebrew and Arabic; from 200: accents
        kind = unicodedata.combining(c)
        if not (kind == 7 or 10 <= kind <= 35 or kind >= 200):
            kept.append(c)
    return "".join(kept).translate(SPELLINGS).strip(" .॰׳'’")


def civil_month(folded: str, languages: tuple[str, ...] = ()) -> int:
    """Return the month that a folded name means, 0 where it means none.

    Where languages disagree, the first of the given ones that has a say decides.

    >>> civil_month("listopada"), civil_month("listopada", ("hr",)), civil_month("monday")
    (11, 10, 0)
    """
    for language in languages:
        if month := _OTHERWISE.get((language.partition("-")[0], folded)):
            return month
    return MONTHS.get(folded, 0)
