"""Tabular: what class and id names of elements say, as words without hyphens in lower case.

A name is cut into its words ("ArticleShare-bar" says article, share and bar); up to three
neighbours are looked up together, so "shareholder" is no "share" and "share-bar" is "sharebar".
"""

# ruff: noqa: SIM905

# Boxes that are no part of an article.
BOX_WORDS = frozenset(
    """
    articlebyline talkback talkbacks talkbackscomponent reaction reactions reactionbox emoticon
    emoticons disclaimer disclaimers subeditor chargewall paywallbox newsletterblock
    subscribewall articletools articletool toolbar snslist sharetools nextprev prevnext
    prevnextarticle articlenav articlefunction functionbtn printmail mailprint aboutauthor
    abouttheauthor adbox adcontainer addtoany adslot adunit advert advertisement advertisements
    adverts adwrapper affiliate affiliatebox affiliatelink affiliatelinks affiliatewidget
    alsoread appbanner appdownload apppromo articlecard articlerelated articleshare articletags
    audioplayer authorbio authorbox authorcard authorinfo authorprofile bestnews biobox
    breadcrumb breadcrumbs bylinebio comment commentarea commentbox commentcontainer commentform
    commentlist comments commentsarea commentscontainer commentsection commentsform commentslist
    commentssection commentswrapper commentwrap commentwrapper consent consentbanner consentwall
    cookie cookiebanner cookieconsent cookienotice copyright correctionform czytajtakze
    czytajwiecej dealbox dealsbox dealswidget dealwidget disqus disqusthread donate donatebanner
    donatebox donation donationbanner donationbox feedback feedbackbox followbox followbutton
    followbuttons followus footernews gdpr googlenews googlenewsbtn hashtag hashtags hotnews
    inarticlepromo inarticlerecirc inarticlerelated inhaltsverzeichnis journalistbox keyword
    keywordarea keywordbox keywordlist keywords keywordsarea keywordsbox keywordslist lasmer
    latest latestarticles latestnews latestposts lateststories leesook leetambien leiamais
    leiatambem lesezeit lesogsa linknews lireaussi loginbox loginprompt loginwall masnoticias
    mehrzumthema morearticles morefrom morenews moreon morestories moretopic mostnews
    mostpopular mostread mostviewed newsletter newsletterbox newslettercta newsletterform
    newsletterpromo newsletters newslettersignup newsletterteaser nextarticle nextpost nextstory
    nextup noticiasrelacionadas othernews outbrain paywallcta paywalloffer paywallprompt
    pianocontainer pianooffer poll popular populararticles popularnews popularposts
    postnavigation pricebox pricecomparison productbox productcard productlist
    productrecommendation productrecommendations productteaser productwidget pushdownpromo
    rankingarea rankinglist readalso readingtime readmore readtime recirc recirculation
    recomendados recommend recommendation recommendations recommended recommendlist
    registrationwall regwall relacionadas relacionados related relatedarea relatedarticle
    relatedarticles relatedcontent relateditems relatedlinks relatedlist relatednews relatedpost
    relatedposts relatedstories relatedtopics relationlink relnews reporterarea reporterbox
    reportercard reporterinfo reporterprofile reporterwrap respond seealso share sharearea
    sharebar sharebox sharebtn sharebutton sharebuttons sharedaddy shareicons sharelink
    sharelinks sharelist shares sharethis sharetool sharetools sharing shoppingbox
    shoppingwidget sns snsarea snsbtn snsshare social socialbar socialbuttons sociallinks
    socialmedia socialshare spendenbanner spendenbox sponsored subscribe subscribebanner
    subscribebox subscribecta subscribeform subscribewrap subscriptionbox subscriptioncta
    subscriptionoffer supportus tableofcontents taboola tag tagarea tagbox tagcloud tagcontainer
    taglinks taglist tags tagsarea tagsbox tagscloud tagscontainer tagslinks telegramchannel
    telegramlink timetoread toc trending ttsarea ttsbox ttsplayer umfrage utilmenu verwandt
    verwandteartikel videoplayer whatsappbanner whatsappbox whatsappchannel whatsapppromo
    """.split()
)
# Boxes that tell the background: no part of the text that they stand beside.
FACT_BOX_WORDS = frozenset(
    """
    boxout calloutbox definitionbox despiece encadre encart factbox factfile faktaboks faktabox
    faktaruta faktenbox faktenkasten hintergrundbox infoboks infobox infografic infografik
    infokasten ramka recuadro sidebox textkasten zusatzbox
    """.split()
)
# What holds a picture with what is said of it.
PICTURE_WORDS = frozenset(
    """
    bild caption captions figure foto image images img photo photos pic picture pictures
    """.split()
)
# What stands under a picture, where it is not in a figcaption.
CAPTION_WORDS = frozenset(
    """
    bildauthor bildcaption bildcaptiontext bildcopyright bildcopyrighttext bildcredit
    bildcredits bildcreditstext bildcredittext bilddesc bilddescription bildinfo bildlegend
    bildlegendtext bildnachweis bildquelle bildsource bildsourcetext bildtext bildunterschrift
    bilduntertitel billedtekst caption captions captiontext cutline didascalia figcap figcaption
    fotoauthor fotocaption fotocaptiontext fotocopyright fotocopyrighttext fotocredit
    fotocredits fotocreditstext fotocredittext fotodesc fotodescription fotoinfo fotolegend
    fotolegendtext fotosource fotosourcetext fototext imageauthor imagecaption imagecaptiontext
    imagecopyright imagecopyrighttext imagecredit imagecredits imagecreditstext imagecredittext
    imagedesc imagedescription imageinfo imagelegend imagelegendtext imagesource imagesourcetext
    imagetext imgauthor imgcaption imgcaptiontext imgcopyright imgcopyrighttext imgcredit
    imgcredits imgcreditstext imgcredittext imgdesc imgdescription imginfo imglegend
    imglegendtext imgsource imgsourcetext imgtext imgtxt kuvateksti legende mediacaption
    mediacaptiontext mediacopyright mediacopyrighttext mediacredit mediacredits mediacreditstext
    mediacredittext medialegend medialegendtext mediasource mediasourcetext photoauthor photoby
    photocap photocaption photocaptiontext photocopyright photocopyrighttext photocredit
    photocredits photocreditstext photocredittext photodesc photodescription photographer
    photoinfo photolegend photolegendtext photosource photosourcetext phototext phototxt
    pictureauthor picturecaption picturecaptiontext picturecopyright picturecopyrighttext
    picturecredit picturecredits picturecreditstext picturecredittext picturedesc
    picturedescription pictureinfo picturelegend picturelegendtext picturesource
    picturesourcetext picturetext piedefoto piefoto podpis resimalti wpcaption wpcaptiontext
    wpcopyright wpcopyrighttext wpcredit wpcredits wpcreditstext wpcredittext wplegend
    wplegendtext wpsource wpsourcetext
    """.split()
)
# What only screen readers, or voices that read the text out, are told.
COPY_WORDS = frozenset(
    """
    a11yhidden a11yonly a11ytext accessibility assistivetext blind elementinvisible hiddentext
    hidetext irtext nodisplay offscreen screenreader screenreadercontent screenreaderonly
    screenreadertext sronly uhiddenvisually visiblehidden visuallyhidden
    """.split()
)
# What stands between the headline and the text, and belongs to the text.
STANDFIRST_WORDS = frozenset(
    """
    abstract abstracttext accroche anlauf anleser annotation announc announce announcement
    announcment anons anriss anrisstext articleintro articlelead articlesubtitle articlesummary
    bajada bigode blurb catenaccio chapeau chapo copete daodu daoyu deck dek desc description
    digest einleitung entrada entradilla excerpt haberspot headnote heddek ingress inleiding
    intro introcontent introduction introp introtext kickertext kopintro kurzfassung lead
    leadcontent leadin leadnews leadp leadpara leadparagraph leadtext leadwrap lede lidkhabar
    linhafina manchet manchette midtitle midtitletext newslead newslid newssubtitle newssummary
    occhiello ozet perex podnadpis podtytul preamble preface resumo rotitr shortdesc
    shortdescription shorttext shorttitle sommario sootitr sotitr sottotitolo spottext
    standfirst standfirsttext strapline subhead subheading subheadings subheadline subheadlines
    subheads subhed subheds subline sublines subtext subtexts subtit subtitle subtitlearea
    subtitles subtitula subtitulo subtxt subtxts sumario summary summarybox summarytext synopsis
    teaser teaserbody teasercontent teasercopy teaserparagraph teasertext titsub underline
    underrubrik undertitle untertitel unterzeile volanta vorspann wstep zajawka zhaiyao zirtitr
    """.split()
)
# The entries of a live blog.
LIVE_WORDS = frozenset(
    """
    eventolive liveblog livecenter livecoverage liveentry liveevent livefeed livepost liveticker
    livetext liveupdate liveupdates direto endirecto endirect minutoaminuto newsticker
    tickerentry tickeritem liveblogentry livereporting onlinereport
    """.split()
)
