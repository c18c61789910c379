/* Abbreviations that end in a full stop, in the languages that are known.
 * Single letters are initials everywhere and are not listed. Sorted by bytes.
 */
#include "base/str.h"
#include "text/sentence.h"

static const char *const english[] = {
    "a.m",  "adm",  "al",   "ala",  "approx", "apr",  "ariz",  "ark",  "assn",
    "atty", "aug",  "ave",  "b.a",  "blvd",   "bros", "calif", "capt", "cf",
    "cmdr", "co",   "col",  "colo", "conn",   "corp", "d.c",   "dec",  "dept",
    "det",  "dr",   "e.g",  "e.u",  "est",    "etc",  "feb",   "fig",  "fla",
    "fri",  "ft",   "ga",   "gen",  "gov",    "hon",  "i.e",   "ill",  "inc",
    "ind",  "insp", "jan",  "jr",   "jul",    "jun",  "kan",   "ky",   "lt",
    "ltd",  "m.a",  "maj",  "mar",  "mass",   "mich", "minn",  "miss", "mon",
    "mont", "mr",   "mrs",  "ms",   "mt",     "neb",  "nev",   "no",   "nos",
    "nov",  "oct",  "okla", "ore",  "p.m",    "pa",   "ph.d",  "pp",   "pres",
    "prof", "pvt",  "rd",   "rep",  "rev",    "sat",  "sen",   "sep",  "sept",
    "sgt",  "sr",   "st",   "sun",  "supt",   "tenn", "tex",   "thu",  "thur",
    "tue",  "tues", "u.k",  "u.n",  "u.s",    "univ", "va",    "vol",  "vs",
    "wash", "wed",  "wis"};
static const char *const german[] = {
    "abs",   "abt",   "allg", "apr", "art",  "aug",  "bd",    "bspw", "bzw",
    "ca",    "chr",   "d.h",  "dez", "di",   "dipl", "do",    "dr",   "etc",
    "evtl",  "exkl",  "feb",  "fr",  "geb",  "gest", "ggf",   "hl",   "hr",
    "i.d.r", "ing",   "inkl", "jan", "jh",   "jhd",  "jul",   "jun",  "mag",
    "max",   "mi",    "min",  "mio", "mo",   "mrd",  "n.chr", "nov",  "nr",
    "o.ä",   "okt",   "prof", "s.o", "s.u",  "sa",   "sep",   "sept", "so",
    "sog",   "st",    "str",  "tsd", "u.a",  "u.s",  "u.u",   "usa",  "usw",
    "v.a",   "v.chr", "verh", "vgl", "vors", "z.b",  "z.t",   "z.z",  "zzgl"};
static const char *const french[] = {
    "apr", "art",  "av",   "avr", "bd",  "boul", "cf",   "dim",  "dr",
    "déc", "env",  "etc",  "ex",  "fig", "fév",  "févr", "j.-c", "janv",
    "jeu", "juil", "lun",  "m",   "mar", "me",   "mer",  "mgr",  "mlle",
    "mm",  "mme",  "n",    "no",  "nov", "oct",  "p",    "p.ex", "pp",
    "pr",  "sam",  "sept", "st",  "ste", "tél",  "ven",  "vol"};
static const char *const spanish[] = {
    "a.c",   "a.m",  "abr",  "ago", "aprox", "art",  "av",  "avda", "c",
    "cap",   "cnel", "d",    "d.c", "da",    "dic",  "dr",  "dra",  "dña",
    "ee.uu", "ej",   "ene",  "etc", "feb",   "gral", "ing", "jul",  "jun",
    "lic",   "mar",  "may",  "n",   "nov",   "núm",  "oct", "p.ej", "p.m",
    "prof",  "pág",  "págs", "s.a", "sep",   "sept", "sr",  "sra",  "sres",
    "srta",  "sta",  "sto",  "tel", "ud",    "uds",  "vd",  "vol"};
static const char *const italian[] = {
    "a.c",  "ago",  "apr", "arch",  "art",   "avv",  "cap", "cfr",
    "col",  "d.c",  "dic", "dott",  "dr",    "ecc",  "es",  "feb",
    "gen",  "geom", "giu", "ing",   "lug",   "mag",  "mar", "mons",
    "n",    "nov",  "nr",  "on",    "ott",   "p.es", "pag", "pagg",
    "prof", "rag",  "s",   "s.p.a", "s.r.l", "sen",  "set", "sett",
    "sig",  "sigg", "spa", "ss",    "sta",   "tel",  "vol"};
static const char *const portuguese[] = {
    "a.c", "abr", "ago",  "aprox", "art",   "av",   "cap", "cel",  "d",
    "d.c", "dez", "dr",   "dra",   "eng",   "etc",  "ex",  "exma", "exmo",
    "fev", "gen", "jan",  "jul",   "jun",   "ltda", "mai", "mar",  "n",
    "nov", "out", "p.ex", "prof",  "profa", "pág",  "r",   "s.a",  "set",
    "sr",  "sra", "srta", "tel",   "vol"};
static const char *const dutch[] = {
    "apr",   "art",   "aug",  "bijv", "blz",   "bv",   "bvb",  "ca",  "d.w.z",
    "dec",   "dhr",   "di",   "do",   "dr",    "drs",  "enz",  "etc", "excl",
    "feb",   "i.v.m", "incl", "ing",  "ir",    "jan",  "jl",   "jr",  "jul",
    "jun",   "m.a.w", "ma",   "max",  "mevr",  "min",  "mr",   "mrt", "mw",
    "n.chr", "nov",   "nr",   "o.a",  "okt",   "prof", "resp", "sep", "sept",
    "sr",    "st",    "t/m",  "tel",  "v.chr", "vr",   "wo",   "za",  "zo"};

dtl_abbreviation_list dtl_abbreviations(dtl_str language)
{
#define LIST(words)                                                            \
    {                                                                          \
        words, sizeof words / sizeof *words                                    \
    }
    static const struct {
        const char *tag;
        dtl_abbreviation_list list;
    } languages[] = {{"en", LIST(english)}, {"de", LIST(german)},
                     {"fr", LIST(french)},  {"es", LIST(spanish)},
                     {"it", LIST(italian)}, {"pt", LIST(portuguese)},
                     {"nl", LIST(dutch)}};
#undef LIST

    for (size_t i = 1; i < sizeof languages / sizeof *languages; i++) {
        if (dtl_str_starts_nocase(language, dtl_str_of(languages[i].tag)) &&
            (language.len == 2 || !dtl_is_alpha(language.ptr[2])))
            return languages[i].list;
    }
    return languages[0].list;
}
