/* The words of credits, and a search that looks only at those that begin as
 * the text does. Each list is sorted by bytes, in small letters. */
#include "article/credit_words.h"

#include "article/measure.h"
#include "base/str.h"
#include "base/utf8.h"

static const char *const heads[] = {
    "(c)",
    "archivbild",
    "archivfoto",
    "arkivbild",
    "arkivfoto",
    "autor",
    "beeld",
    "bild",
    "bilde",
    "bilder",
    "bildnachweis",
    "bildquelle",
    "bildrechte",
    "billede",
    "bron",
    "copyright",
    "cortesía",
    "courtesy",
    "credit",
    "credito",
    "credits",
    "crédit",
    "crédit photo",
    "crédit photos",
    "crédito",
    "créditos",
    "crédits",
    "crédits photo",
    "crédits photos",
    "divulgação",
    "file photo",
    "font",
    "fonte",
    "forrás",
    "fot",
    "fot.",
    "foto",
    "fotocredit",
    "fotograf",
    "fotografia",
    "fotografie",
    "fotografin",
    "fotografía",
    "fotografías",
    "fotos",
    "fotoğraf",
    "fotó",
    "fotók",
    "fuente",
    "gambar",
    "grafik",
    "graphic",
    "illustration",
    "image",
    "image credit",
    "image source",
    "imagem",
    "imagen",
    "imagen de",
    "imagens",
    "images",
    "imagine",
    "imatge",
    "immagine",
    "imágenes",
    "izvor",
    "kaynak",
    "kilde",
    "kuva",
    "kuvat",
    "källa",
    "kép",
    "lehtikuva",
    "ljósmynd",
    "mynd",
    "nguồn",
    "nuotr",
    "nuotrauka",
    "photo",
    "photo credit",
    "photo credits",
    "photograph",
    "photographer",
    "photographie",
    "photographs",
    "photography",
    "photos",
    "picture",
    "picture credit",
    "pictures",
    "quelle",
    "reprodução",
    "snímek",
    "source",
    "sumber",
    "sursa",
    "sursa foto",
    "sursă foto",
    "symbolbild",
    "symbolfoto",
    "valokuva",
    "zdjęcia",
    "zdjęcie",
    "zdroj",
    "źródło",
    "πηγή",
    "φωτο",
    "φωτογραφία",
    "φωτό",
    "джерело",
    "извор",
    "источник",
    "слика",
    "снимка",
    "снимки",
    "фото",
    "фотографии",
    "фотография",
    "צילום",
    "תמונה",
    "الصورة",
    "المصدر",
    "تصوير",
    "صورة",
    "عکس",
    "तस्वीर",
    "फोटो",
    "ছবি",
    "ภาพ",
    "ảnh",
    "写真",
    "写真提供",
    "写真撮影",
    "出典",
    "图源",
    "图片",
    "图片来源",
    "圖",
    "圖片",
    "圖片來源",
    "提供",
    "摄",
    "摄影",
    "撮影",
    "攝影",
    "画像",
    "사진",
};

static const char *const by[] = {
    "af",  "av", "by", "courtesy of", "da",  "de",  "del", "di",  "for", "from",
    "für", "od", "of", "par",         "per", "por", "van", "via", "von",
};

static const char *const agencies[] = {
    "adobe stock",
    "afp",
    "agerpres",
    "alamy",
    "anp",
    "ansa",
    "ap",
    "ap photo",
    "apa",
    "associated press",
    "belga",
    "bloomberg",
    "ddp",
    "depositphotos",
    "dpa",
    "efe",
    "epa",
    "epd",
    "europa press",
    "getty",
    "getty images",
    "hina",
    "imago",
    "imago images",
    "istock",
    "keystone",
    "kna",
    "kyodo",
    "lapresse",
    "lehtikuva",
    "lusa",
    "mti",
    "ntb",
    "pa media",
    "pa wire",
    "pap",
    "pexels",
    "picture alliance",
    "pixabay",
    "reuters",
    "rex",
    "ria novosti",
    "ritzau scanpix",
    "scanpix",
    "shutterstock",
    "sipa",
    "tass",
    "tt",
    "ukrinform",
    "unian",
    "unsplash",
    "wikimedia commons",
    "xinhua",
    "yonhap",
    "zuma press",
    "čtk",
};

#define LIST(list)                                                             \
    {                                                                          \
        .words = list, .count = sizeof list / sizeof *list                     \
    }

dtl_credit_words dtl_credit_heads = LIST(heads);
dtl_credit_words dtl_credit_by = LIST(by);
dtl_credit_words dtl_credit_agencies = LIST(agencies);

bool dtl_credit_matches(dtl_str s, size_t at, const char *text, size_t *end)
{
    dtl_str t;
    size_t i = at, k = 0, n, m;

    if (at >= s.len || ((unsigned char)s.ptr[at] ^ (unsigned char)*text) & 0x80)
        return false;
    t = dtl_str_of(text);
    while (k < t.len) {
        if (i >= s.len)
            return false;
        if (!((s.ptr[i] | t.ptr[k]) & 0x80)) {
            if (dtl_lower(s.ptr[i++]) != t.ptr[k++])
                return false;
            continue;
        }
        if (dtl_fold(dtl_utf8_decode(s, i, &n)) != dtl_utf8_decode(t, k, &m))
            return false;
        i += n;
        k += m;
    }
    *end = i;
    return true;
}

bool dtl_credit_letter_at(dtl_str s, size_t at)
{
    uint32_t cp;
    size_t n;

    if (at >= s.len)
        return false;
    if ((unsigned char)s.ptr[at] < 0x80)
        return dtl_is_alpha(s.ptr[at]) || dtl_is_digit(s.ptr[at]);
    cp = dtl_utf8_decode(s, at, &n);
    return dtl_is_word_char(cp) && !dtl_is_wide(cp);
}

/* What a word at `at` begins with: its first letter, folded, or its first two
 * where both are ASCII. */
static size_t beginning_at(dtl_str s, size_t at, char out[4])
{
    size_t n, len = dtl_utf8_encode(dtl_fold(dtl_utf8_decode(s, at, &n)), out);

    if (len == 1 && at + 1 < s.len && (unsigned char)s.ptr[at + 1] < 0x80)
        out[len++] = dtl_lower(s.ptr[at + 1]);
    return len;
}

/* As strncmp; most words differ at once. */
static inline int order(const char *word, const char *key, size_t len)
{
    size_t i = 0;

    while (i + 1 < len && word[i] == key[i])
        i++;
    return (unsigned char)word[i] - (unsigned char)key[i];
}

/* The first word that does not stand before those that begin so. */
static size_t first_from(const dtl_credit_words *w, const char *key, size_t len)
{
    size_t low = 0, high = w->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (order(w->words[mid], key, len) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void note_pairs(void *list)
{
    dtl_credit_words *w = list;

    for (size_t i = 0; i < w->count; i++)
        w->pairs[w->words[i][0] & 31] |= UINT32_C(1) << (w->words[i][1] & 31);
}

/* Whether a word may begin at `at`, which nearly all places are told by. */
static bool may_begin(dtl_credit_words *w, dtl_str s, size_t at)
{
    if (at + 1 >= s.len || (s.ptr[at] | s.ptr[at + 1]) & 0x80)
        return at < s.len;
    dtl_once_run(&w->once, note_pairs, w);
    return w->pairs[s.ptr[at] & 31] >> (s.ptr[at + 1] & 31) & 1;
}

size_t dtl_credit_word(dtl_credit_words *w, dtl_str s, size_t at)
{
    char key[4];
    size_t len, i, best = 0, end;

    if (!may_begin(w, s, at))
        return 0;
    len = beginning_at(s, at, key);
    for (i = first_from(w, key, len);
         i < w->count && order(w->words[i], key, len) == 0; i++)
        if (dtl_credit_matches(s, at, w->words[i], &end) && end > best &&
            !dtl_credit_letter_at(s, end))
            best = end;
    return best;
}
