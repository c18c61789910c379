/* Words by which prose says who speaks, a table for each language.
 *
 * tools/quote_words/LANGUAGE.txt has the words in classes, and
 * tools/make_quote_words.py turns them into quote_words_table.c; a language
 * is added there alone. A word may be in several classes. */
#ifndef DTL_TEXT_QUOTE_WORDS_H
#define DTL_TEXT_QUOTE_WORDS_H

#include <dateline.h>
#include <string.h>

/* Numbers of the classes' bits. The generator reads them here. */
enum {
    DTL_QW_DET,         /* determiner: the, some */
    DTL_QW_NUM,         /* number word */
    DTL_QW_POSS,        /* possessive: his, their */
    DTL_QW_SUBJECT,     /* pronoun as a subject: she, I */
    DTL_QW_OBJECT,      /* pronoun as an object: him */
    DTL_QW_RELATIVE,    /* who, which */
    DTL_QW_PREP,        /* preposition */
    DTL_QW_CONJ,        /* and, or, but */
    DTL_QW_SUB,         /* opens a clause: that, if, because */
    DTL_QW_AUX,         /* forms of be, have, and the modal verbs */
    DTL_QW_ADVERB,      /* may stand between subject and verb */
    DTL_QW_CUE,         /* verb whose object is what was said */
    DTL_QW_TELL,        /* of them, those that name who was told */
    DTL_QW_MIXED,       /* verb that quotes a few words: called, praised */
    DTL_QW_THINK,       /* verb of thought: believes */
    DTL_QW_VERB,        /* any other verb form */
    DTL_QW_ACCORDING,   /* "according", before "to" */
    DTL_QW_SPEECHNOUN,  /* where words stand: statement, tweet */
    DTL_QW_SAYNOUN,     /* what is said: words, motto */
    DTL_QW_MEDIUM,      /* name of a medium: Twitter, CNN */
    DTL_QW_PERSON,      /* noun for a person: spokesman */
    DTL_QW_ORG,         /* noun for a body of people: campaign */
    DTL_QW_MASC,        /* of male gender */
    DTL_QW_FEM,         /* of female gender */
    DTL_QW_PLURAL,      /* plural */
    DTL_QW_FIRST,       /* first person */
    DTL_QW_SECOND,      /* second person */
    DTL_QW_NEUTER,      /* it */
    DTL_QW_TITLE,       /* stands before a name: Mr, President */
    DTL_QW_MASCTITLE,   /* of a man */
    DTL_QW_FEMTITLE,    /* of a woman */
    DTL_QW_ABBREV,      /* takes a full stop that ends no sentence */
    DTL_QW_TIME,        /* capitalised, but no name: Monday, March */
    DTL_QW_NATIONALITY, /* capitalised adjective */
    DTL_QW_ORGWORD,     /* word in the names of organisations: University */
    DTL_QW_PARTICLE,    /* within names: de, van */
    DTL_QW_SUFFIX,      /* behind names: Jr */
    DTL_QW_UNNAME,      /* never begins a name, though capitalised */
    DTL_QW_PAPER,       /* before the title of a work: titled, book */
    DTL_QW_SOCALLED,    /* before words that are held at a distance */
    DTL_QW_PAST,        /* verb form of the past */
    DTL_QW_ING,         /* present participle */
    DTL_QW_BE,          /* forms of be, which passives are made with */
    DTL_QW_DEFINITE,    /* the */
    DTL_QW_INFINITIVE,  /* stands before infinitives: to */
    DTL_QW_COUNT
};

#define DTL_QW(name) (UINT64_C(1) << DTL_QW_##name)

/* All classes, without what stands above them. */
#define DTL_QW_ALL ((UINT64_C(1) << DTL_QW_COUNT) - 1)

/* What a word of the table does where no name is, in the uppermost byte of its
 * classes: that of the classes which decides, in this order. The generator
 * reads them here. */
enum {
    DTL_QA_CONTEXT, /* what stands around decides, or nothing is known */
    DTL_QA_PRONOUN,
    DTL_QA_RELATIVE,
    DTL_QA_DET,
    DTL_QA_POSS,
    DTL_QA_SUB,
    DTL_QA_PREP,
    DTL_QA_CONJ,
    DTL_QA_AUX,
    DTL_QA_ADVERB,
    DTL_QA_ACCORDING,
    DTL_QA_VERB,
    DTL_QA_NOUN,
    DTL_QA_COUNT
};

#define DTL_QUOTE_ACTION(classes) ((unsigned)((classes) >> 56))

enum {
    DTL_QUOTE_WORD_MAX = 24,
    DTL_QUOTE_MORE = 0x8000 /* in a bucket: the search goes on with the next */
};

/* A word in lower case, "'" for "’", NUL bytes behind it. */
typedef union {
    char bytes[DTL_QUOTE_WORD_MAX];
    uint64_t eights[DTL_QUOTE_WORD_MAX / 8];
} dtl_quote_key;

/* The eight bytes from p on as part of a key. */
static inline uint64_t dtl_quote_eight(const char *p)
{
    uint64_t eight;

    memcpy(&eight, p, 8);
    return eight;
}

/* A word as the tables have it; false when it is too long for them. */
bool dtl_quote_key_of(dtl_str word, dtl_quote_key *key);

typedef struct {
    char word[DTL_QUOTE_WORD_MAX];
    uint64_t classes;
} dtl_quote_word;

/* A word's number is in the first bucket, from where its hash says, that had
 * no other; those that had one say that the search goes on. Most words of a
 * text are in no table, and the bucket of most of these is empty. */
typedef struct {
    char tag[4];
    const uint16_t *buckets;     /* numbers of words; DTL_QUOTE_MORE */
    const dtl_quote_word *words; /* from 1 on; 0 is any other word */
    const uint64_t *ends; /* of nouns, for compounds; NULL: it has none */
    uint32_t mask;        /* buckets - 1, a power of two less one */
    bool elides; /* words end at apostrophes and hyphens: l'eau, dit-il */
    bool capital_nouns; /* nouns are written with a capital */
    bool names_modify;  /* names stand before nouns: Trump supporters */
    bool dashes;        /* a dash begins what someone says */
    bool insets; /* who speaks may stand between the marks: « Oui, dit-il » */
} dtl_quote_language;

/* The generated table, English first. */
extern const dtl_quote_language dtl_quote_languages[];
extern const size_t dtl_quote_language_count;

/* Given names, with the gender they mostly tell. */
extern const dtl_quote_language dtl_given_names;

/* The classes of a given name, one with a hyphen by its first half; 0 for a
 * word that is none. */
uint64_t dtl_given_name_classes(dtl_str word);

/* The language of a tag, region left out ("pt-BR"); the first for an empty
 * tag, NULL for one without a table. */
const dtl_quote_language *dtl_quote_language_of(dtl_str tag);

/* tools/make_quote_words.py has the same function. The length may be left
 * out, as keys end in NUL bytes. */
static inline uint32_t dtl_quote_hash_eights(uint64_t first, uint64_t second,
                                             uint64_t third)
{
    uint64_t h = first * UINT64_C(0x9E3779B97F4A7C15);

    h ^= (second + (h >> 29)) * UINT64_C(0xBF58476D1CE4E5B9);
    h ^= (third + (h >> 31)) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(h >> 32);
}

static inline uint32_t dtl_quote_hash(const dtl_quote_key *key)
{
    return dtl_quote_hash_eights(key->eights[0], key->eights[1],
                                 key->eights[2]);
}

/* Whether a noun of people or words may end in these four bytes; ends has a
 * bit for each. tools/make_quote_words.py has the same function. */
static inline bool dtl_quote_may_end(const dtl_quote_language *language,
                                     const char *last)
{
    uint32_t end;

    memcpy(&end, last, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    end = __builtin_bswap32(end);
#endif
    end = end * UINT32_C(0x9E3779B1) >> 20;
    return language->ends[end / 64] >> end % 64 & 1;
}

/* The classes of a word with that hash, a key's three eights; 0 when it has
 * none. Which words a text has nobody foretells, so nothing branches on it. */
static inline uint64_t dtl_quote_eights_classes(
    const dtl_quote_language *language, uint64_t first, uint64_t second,
    uint64_t third, uint32_t hash)
{
    uint32_t at = hash & language->mask;

    for (;; at = (at + 1) & language->mask) {
        unsigned bucket = language->buckets[at];
        unsigned number = bucket & (DTL_QUOTE_MORE - 1);
        const dtl_quote_word *word = &language->words[number];
        uint64_t other = (dtl_quote_eight(word->word) ^ first) |
                         (dtl_quote_eight(word->word + 8) ^ second) |
                         (dtl_quote_eight(word->word + 16) ^ third);

        number &= -(unsigned)(other == 0);
        if (__builtin_expect(
                ((bucket & DTL_QUOTE_MORE) | number) != DTL_QUOTE_MORE, 1))
            return language->words[number].classes;
    }
}

static inline uint64_t dtl_quote_hashed_classes(
    const dtl_quote_language *language, const dtl_quote_key *key, uint32_t hash)
{
    return dtl_quote_eights_classes(language, key->eights[0], key->eights[1],
                                    key->eights[2], hash);
}

static inline uint64_t dtl_quote_word_classes(
    const dtl_quote_language *language, const dtl_quote_key *key)
{
    return dtl_quote_hashed_classes(language, key, dtl_quote_hash(key));
}

#endif
