/* Labels of dates: words looked for in what stands before a date. Text is
 * folded for ASCII case only; words of other scripts have one case, or stand
 * here in both. */
#include "article/date_labels.h"
#include "base/needles.h"

static const struct {
    const char *word;
    uint8_t label;
} words[] = {
    {"updat", DTL_LABEL_MODIFIED},
    {"modified", DTL_LABEL_MODIFIED},
    {"edited", DTL_LABEL_MODIFIED},
    {"revised", DTL_LABEL_MODIFIED},
    {"last change", DTL_LABEL_MODIFIED},
    {"aktualisiert", DTL_LABEL_MODIFIED},
    {"ge\xC3\xA4ndert", DTL_LABEL_MODIFIED},
    {"\xC3\xA4nderung", DTL_LABEL_MODIFIED},
    {"bearbeitet", DTL_LABEL_MODIFIED},
    {"mis \xC3\xA0 jour", DTL_LABEL_MODIFIED},
    {"mise \xC3\xA0 jour", DTL_LABEL_MODIFIED},
    {"modifi\xC3\xA9", DTL_LABEL_MODIFIED},
    {"actualizad", DTL_LABEL_MODIFIED},
    {"actualizaci\xC3\xB3n", DTL_LABEL_MODIFIED},
    {"atualizad", DTL_LABEL_MODIFIED},
    {"actualitzat", DTL_LABEL_MODIFIED},
    {"aggiornat", DTL_LABEL_MODIFIED},
    {"aggiornamento", DTL_LABEL_MODIFIED},
    {"bijgewerkt", DTL_LABEL_MODIFIED},
    {"gewijzigd", DTL_LABEL_MODIFIED},
    {"opdateret", DTL_LABEL_MODIFIED},
    {"oppdatert", DTL_LABEL_MODIFIED},
    {"uppdaterad", DTL_LABEL_MODIFIED},
    {"p\xC3\xA4ivitetty", DTL_LABEL_MODIFIED},
    {"zaktualizowan", DTL_LABEL_MODIFIED},
    {"aktualizac", DTL_LABEL_MODIFIED},
    {"aktualizov", DTL_LABEL_MODIFIED},
    {"friss\xC3\xADtve", DTL_LABEL_MODIFIED},
    {"actualizat", DTL_LABEL_MODIFIED},
    {"atnaujint", DTL_LABEL_MODIFIED},
    {"g\xC3\xBCncelle", DTL_LABEL_MODIFIED},
    {"diperbarui", DTL_LABEL_MODIFIED},
    {"c\xE1\xBA\xADp nh\xE1\xBA\xADt", DTL_LABEL_MODIFIED},
    {"обновлен", DTL_LABEL_MODIFIED},
    {"Обновлен", DTL_LABEL_MODIFIED},
    {"оновлен", DTL_LABEL_MODIFIED},
    {"Оновлен", DTL_LABEL_MODIFIED},
    {"изменен", DTL_LABEL_MODIFIED},
    {"νημέρωση", DTL_LABEL_MODIFIED},
    {"νημερώθηκε", DTL_LABEL_MODIFIED},
    {"تحديث", DTL_LABEL_MODIFIED},
    {"עודכן", DTL_LABEL_MODIFIED},
    {"अपडेट", DTL_LABEL_MODIFIED},
    {"更新", DTL_LABEL_MODIFIED},
    {"수정", DTL_LABEL_MODIFIED},
    {"publish", DTL_LABEL_PUBLISHED},
    {"posted", DTL_LABEL_PUBLISHED},
    {"gepostet", DTL_LABEL_PUBLISHED},
    {"geschrieben", DTL_LABEL_PUBLISHED},
    {"ver\xC3\xB6"
     "ffentlicht",
     DTL_LABEL_PUBLISHED},
    {"erschienen", DTL_LABEL_PUBLISHED},
    {"erstellt", DTL_LABEL_PUBLISHED},
    {"publi\xC3\xA9", DTL_LABEL_PUBLISHED},
    {"publicad", DTL_LABEL_PUBLISHED},
    {"publicat", DTL_LABEL_PUBLISHED},
    {"pubblicat", DTL_LABEL_PUBLISHED},
    {"gepubliceerd", DTL_LABEL_PUBLISHED},
    {"geplaatst", DTL_LABEL_PUBLISHED},
    {"publiceret", DTL_LABEL_PUBLISHED},
    {"udgivet", DTL_LABEL_PUBLISHED},
    {"publisert", DTL_LABEL_PUBLISHED},
    {"publicerad", DTL_LABEL_PUBLISHED},
    {"julkaistu", DTL_LABEL_PUBLISHED},
    {"opublikowan", DTL_LABEL_PUBLISHED},
    {"publikac", DTL_LABEL_PUBLISHED},
    {"zve\xC5\x99"
     "ejn",
     DTL_LABEL_PUBLISHED},
    {"publikov", DTL_LABEL_PUBLISHED},
    {"objavljen", DTL_LABEL_PUBLISHED},
    {"megjelen", DTL_LABEL_PUBLISHED},
    {"public\xC4\x93ts", DTL_LABEL_PUBLISHED},
    {"paskelbt", DTL_LABEL_PUBLISHED},
    {"yay\xC4\xB1n", DTL_LABEL_PUBLISHED},
    {"diterbitkan", DTL_LABEL_PUBLISHED},
    {"опубликован", DTL_LABEL_PUBLISHED},
    {"Опубликован", DTL_LABEL_PUBLISHED},
    {"опубліковано", DTL_LABEL_PUBLISHED},
    {"ημοσίευση", DTL_LABEL_PUBLISHED},
    {"ημοσιεύθηκε", DTL_LABEL_PUBLISHED},
    {"نشر", DTL_LABEL_PUBLISHED},
    {"פורסם", DTL_LABEL_PUBLISHED},
    {"प्रकाशित", DTL_LABEL_PUBLISHED},
    {"发布", DTL_LABEL_PUBLISHED},
    {"發布", DTL_LABEL_PUBLISHED},
    {"公開", DTL_LABEL_PUBLISHED},
    {"掲載", DTL_LABEL_PUBLISHED},
    {"入力", DTL_LABEL_PUBLISHED},
    {"입력", DTL_LABEL_PUBLISHED},
    {"등록", DTL_LABEL_PUBLISHED},
    {"copyright", DTL_LABEL_OTHER},
    {"\xC2\xA9", DTL_LABEL_OTHER},
    {"expires", DTL_LABEL_OTHER},
    {"valid until", DTL_LABEL_OTHER},
    {"registered", DTL_LABEL_OTHER},
    {"registriert", DTL_LABEL_OTHER},
    {"member since", DTL_LABEL_OTHER},
    {"mitglied seit", DTL_LABEL_OTHER},
    {"joined", DTL_LABEL_OTHER},
    {"inscrit", DTL_LABEL_OTHER},
    {"current time", DTL_LABEL_OTHER},
    {"aktuelle zeit", DTL_LABEL_OTHER},
    {"aktuelles datum", DTL_LABEL_OTHER},
    {"retrieved", DTL_LABEL_OTHER},
    {"abgerufen", DTL_LABEL_OTHER},
    {"consult\xC3\xA9", DTL_LABEL_OTHER},
};

/* The last one counts: "Published 3 May, updated 5 May". */
dtl_date_label dtl_date_label_of(dtl_str text)
{
    dtl_needles x;
    size_t at, k, last;

    dtl_needles_init(&x, &words[0].word, sizeof words / sizeof *words,
                     sizeof *words);
    for (at = text.len; at-- > 0;) {
        last = SIZE_MAX;
        for (k = dtl_needles_at(&x, text, at, 0); k != SIZE_MAX;
             k = dtl_needles_at(&x, text, at, k + 1))
            last = k;
        if (last != SIZE_MAX)
            return (dtl_date_label)words[last].label;
    }
    return DTL_LABEL_NONE;
}
