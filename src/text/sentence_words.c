/* Abbreviations that end in a full stop, in the languages that are known.
 * Single letters are initials everywhere and are not listed. */
#include "base/str.h"
#include "text/sentence.h"

static const char *const english[] = {
    "mr",    "mrs",  "ms",   "dr",   "prof", "st",   "sr",   "jr",   "rev",
    "gen",   "col",  "lt",   "sgt",  "capt", "cmdr", "adm",  "maj",  "pvt",
    "gov",   "sen",  "rep",  "pres", "hon",  "atty", "supt", "det",  "insp",
    "vs",    "etc",  "e.g",  "i.e",  "cf",   "al",   "inc",  "corp", "ltd",
    "co",    "bros", "dept", "univ", "assn", "ave",  "blvd", "rd",   "mt",
    "ft",    "jan",  "feb",  "mar",  "apr",  "jun",  "jul",  "aug",  "sep",
    "sept",  "oct",  "nov",  "dec",  "mon",  "tue",  "tues", "wed",  "thu",
    "thur",  "fri",  "sat",  "sun",  "u.s",  "u.k",  "u.n",  "e.u",  "d.c",
    "a.m",   "p.m",  "no",   "nos",  "vol",  "pp",   "fig",  "est",  "approx",
    "calif", "fla",  "tex",  "mass", "conn", "ariz", "colo", "ill",  "mich",
    "minn",  "miss", "wash", "wis",  "ala",  "ark",  "okla", "ore",  "pa",
    "va",    "ky",   "tenn", "ga",   "nev",  "neb",  "mont", "ind",  "kan",
    "ph.d",  "b.a",  "m.a",  ""};
static const char *const german[] = {
    "dr",    "prof",  "hr",    "fr",   "st",   "str", "nr",   "bzw",  "ca",
    "z.b",   "d.h",   "u.a",   "usw",  "etc",  "vgl", "abs",  "art",  "bd",
    "jan",   "feb",   "apr",   "jun",  "jul",  "aug", "sep",  "sept", "okt",
    "nov",   "dez",   "mo",    "di",   "mi",   "do",  "sa",   "so",   "geb",
    "gest",  "verh",  "ing",   "dipl", "mag",  "mio", "mrd",  "tsd",  "evtl",
    "ggf",   "inkl",  "exkl",  "max",  "min",  "sog", "s.o",  "s.u",  "o.ä",
    "i.d.r", "z.z",   "z.t",   "v.a",  "u.u",  "u.s", "usa",  "jh",   "jhd",
    "chr",   "v.chr", "n.chr", "bspw", "zzgl", "abt", "allg", "hl",   "vors",
    ""};
static const char *const french[] = {
    "m",    "mm",  "mme",  "mlle", "mgr", "me",  "dr",   "pr",   "st",
    "ste",  "av",  "bd",   "boul", "art", "cf",  "etc",  "ex",   "env",
    "p.ex", "p",   "pp",   "vol",  "no",  "n",   "fig",  "janv", "févr",
    "fév",  "avr", "juil", "sept", "oct", "nov", "déc",  "lun",  "mar",
    "mer",  "jeu", "ven",  "sam",  "dim", "apr", "j.-c", "tél",  ""};
static const char *const spanish[] = {
    "sr",   "sra",  "srta",  "sres", "dr",   "dra", "d",    "dña",   "da",
    "ud",   "uds",  "vd",    "prof", "ing",  "lic", "gral", "cap",   "cnel",
    "av",   "avda", "c",     "pág",  "págs", "núm", "n",    "art",   "etc",
    "p.ej", "ej",   "aprox", "ene",  "feb",  "mar", "abr",  "may",   "jun",
    "jul",  "ago",  "sep",   "sept", "oct",  "nov", "dic",  "ee.uu", "a.c",
    "d.c",  "a.m",  "p.m",   "s.a",  "sta",  "sto", "tel",  "vol",   ""};
static const char *const italian[] = {
    "sig",  "sigg", "dott", "prof", "avv", "ing",   "on",    "sen",  "gen",
    "col",  "cap",  "mons", "s",    "ss",  "sta",   "pag",   "pagg", "art",
    "ecc",  "es",   "p.es", "cfr",  "vol", "n",     "nr",    "gen",  "feb",
    "mar",  "apr",  "mag",  "giu",  "lug", "ago",   "sett",  "set",  "ott",
    "nov",  "dic",  "a.c",  "d.c",  "spa", "s.p.a", "s.r.l", "tel",  "dr",
    "arch", "geom", "rag",  ""};
static const char *const portuguese[] = {
    "sr",    "sra", "srta", "dr",  "dra", "prof", "profa", "eng",  "exmo",
    "exma",  "av",  "r",    "pág", "n",   "art",  "etc",   "ex",   "p.ex",
    "aprox", "jan", "fev",  "mar", "abr", "mai",  "jun",   "jul",  "ago",
    "set",   "out", "nov",  "dez", "a.c", "d.c",  "s.a",   "ltda", "tel",
    "vol",   "d",   "gen",  "cel", "cap", ""};
static const char *const dutch[] = {
    "dhr",  "mevr",  "mw",   "dr",   "drs", "prof",  "ir",    "mr",
    "ing",  "bijv",  "bv",   "bvb",  "o.a", "m.a.w", "d.w.z", "enz",
    "etc",  "i.v.m", "t/m",  "blz",  "nr",  "art",   "ca",    "jl",
    "jr",   "sr",    "st",   "jan",  "feb", "mrt",   "apr",   "jun",
    "jul",  "aug",   "sep",  "sept", "okt", "nov",   "dec",   "ma",
    "di",   "wo",    "do",   "vr",   "za",  "zo",    "v.chr", "n.chr",
    "resp", "incl",  "excl", "max",  "min", "tel",   ""};

const char *const *dtl_abbreviations(dtl_str language)
{
    static const struct {
        const char *tag;
        const char *const *words;
    } languages[] = {{"de", german},  {"fr", french},     {"es", spanish},
                     {"it", italian}, {"pt", portuguese}, {"nl", dutch}};

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (dtl_str_starts_nocase(language, dtl_str_of(languages[i].tag)) &&
            (language.len == 2 || !dtl_is_alpha(language.ptr[2])))
            return languages[i].words;
    }
    return english;
}
