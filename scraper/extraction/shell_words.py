"""Tabular: what error pages and consent walls say, by language."""

# ruff: noqa: E501

import re

MISSING = re.compile(
    r"\b(?:404|410)\b(?!\s*(?:people|deaths|killed))|(?:page|article|story|content).{0,20}(?:not found|(?:no longer|not) (?:available|exists?)|does(?:n.t| not) exist|been (?:removed|deleted|moved))"
    r"|not found$|seite.{0,20}nicht gefunden|nicht (?:mehr )?verfügbar|page (?:introuvable|non trouvée)|n.existe (?:pas|plus)|página no (?:encontrada|existe|disponible)|no se (?:ha )?encontr(?:ado|ó) la página"
    r"|página não encontrada|pagina non trovata|pagina niet gevonden|siden (?:finnes ikke|ble ikke funnet)|sidan (?:hittades inte|finns inte)|nie znaleziono|страница не найдена|сторінку не знайдено"
    r"|(?:ページ|記事)(?:が|は)(?:見つかりません|存在しません|削除)|お探しのページ|(?:页面|頁面|文章|内容)(?:不存在|未找到|已删除|已刪除)|找不到(?:页面|頁面|网页)|페이지를 찾을 수 없|존재하지 않는 (?:페이지|기사)|삭제된 기사"
    r"|ไม่พบหน้า|الصفحة غير موجودة|لم يتم العثور|הדף (?:לא נמצא|אינו קיים|המבוקש)|העמוד לא נמצא|sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"(?:we|our partners?|and our \d+ partners).{0,60}\b(?:use|store|access).{0,40}\bcookies?|before you continue|accept (?:all )?cookies|manage (?:your )?(?:privacy|consent|cookie)|your privacy (?:choices|matters)"
    r"|cookies? (?:akzeptieren|zulassen)|wir (?:und unsere partner )?(?:verwenden|nutzen|benötigen).{0,60}(?:cookies?|zustimmung)|mit werbung (?:weiterlesen|lesen)|nous (?:et nos partenaires )?utilisons des cookies|accepter (?:et continuer|les cookies)"
    r"|(?:usamos|utilizamos) (?:las )?cookies|aceptar (?:y continuar|cookies)|utilizziamo i cookie|consent to (?:the use|our)|verify you are (?:a )?human|checking your browser|enable javascript and cookies|are you a robot|access denied|just a moment\.\.\.|captcha"
    r"|クッキー(?:の使用)?に同意|クッキーを使用|同意(?:使用|接受)\s?cookie|쿠키(?:를)? (?:사용|허용)|используем (?:файлы )?cookie|ملفات تعريف الارتباط|עוגיות",
    re.IGNORECASE,
)
