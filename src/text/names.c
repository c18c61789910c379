/* Collects names and resolves mentions.
 *
 * A name phrase without its titles is a name. One of several words is someone
 * new, unless that last word and that first word were seen together before; a
 * single word belongs to whom it is the last or first name of. Gender comes
 * from titles, roles and given names. A pronoun means the nearest name whose
 * gender is not another one; subjects, and who spoke last, count as nearer. */
#include "text/names.h"

#include "base/str.h"

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)
#define GENDERS           (DTL_QW(MASC) | DTL_QW(FEM))

enum {
    /* How far back a pronoun looks, in phrases. */
    REACH = 90,
    /* Of those with one last name no more are compared. */
    MOST_NAMESAKES = 16
};

static dtl_str word_of(const dtl_text_names *n, uint32_t token)
{
    const dtl_quote_token *t = &n->tokens->at[token];

    return dtl_str_sub(n->text, t->start, t->end);
}

static uint32_t hash_of(const dtl_text_names *n, uint32_t token)
{
    return n->tokens->at[token].hash;
}

/* The gender of a given name. */
static uint64_t given_gender(const dtl_text_names *n, uint32_t token)
{
    return dtl_given_name_classes(word_of(n, token)) & GENDERS;
}

/* The tokens of a phrase's name: no titles before, no "Jr." counted. */
static bool name_tokens(const dtl_text_names *n, const dtl_quote_phrase *p,
                        uint32_t *from, uint32_t *to)
{
    const dtl_quote_token *t = n->tokens->at;
    uint32_t a = p->name, b = p->to;

    if (p->type != DTL_QP_NOUN || p->noun != DTL_QN_NAME || a >= b)
        return false;
    while (a + 1 < b &&
           t[a].classes & (DTL_QW(TITLE) | DTL_QW(NATIONALITY) |
                           DTL_QW(PERSON) | DTL_QW(ABBREV)) &&
           !(t[b - 1].classes & DTL_QW(ORGWORD)))
        a++;
    /* "Stadträtin Birgit Jansen": a noun that is like a name. */
    if (n->language->capital_nouns && b - a > 2 && !given_gender(n, a) &&
        given_gender(n, a + 1))
        a++;
    *from = a;
    *to = b;
    return true;
}

static uint32_t last_word(const dtl_text_names *n, uint32_t from, uint32_t to)
{
    while (to - from > 1 && IS(n->tokens->at[to - 1].classes, SUFFIX))
        to--;
    return to - 1;
}

static void add_role(dtl_text_name *name, uint32_t token)
{
    if (!name->role[0])
        name->role[0] = token + 1;
    else if (!name->role[1])
        name->role[1] = token + 1;
}

/* "The head of the club, Ann Lee, said": a role before the name. */
static void learn_role_before(const dtl_text_names *n, dtl_text_name *name,
                              const dtl_name_mention *m)
{
    const dtl_quote_phrase *p = &n->phrases->at[m->phrase], *role = p - 2;

    if (m->phrase < 2 || p[-1].type != DTL_QP_COMMA)
        return;
    if (m->phrase >= 4 && role->type == DTL_QP_NOUN &&
        role[-1].type == DTL_QP_PREP)
        role -= 2;
    else if (m->phrase >= 3 && !IS(role->classes, PERSON))
        role--; /* "le président du club" */
    if (role->type != DTL_QP_NOUN || !(role->flags & DTL_QPF_DETERMINED) ||
        role->from == role->to || !IS(role->classes, PERSON))
        return;
    add_role(name, role->to - 1);
    if (role->classes & GENDERS && !name->gender)
        name->gender = role->classes & GENDERS;
}

/* What the words around a name say of who bears it. */
static void learn(const dtl_text_names *n, dtl_text_name *name,
                  const dtl_name_mention *m)
{
    const dtl_quote_phrase *p = &n->phrases->at[m->phrase], *after = p + 2;
    const dtl_quote_token *t = n->tokens->at;
    uint64_t by_role = 0;
    uint32_t i;

    for (i = p->from; i < m->from; i++) {
        uint64_t k = t[i].classes;

        if (IS(k, MASCTITLE))
            name->gender = DTL_QW(MASC);
        else if (IS(k, FEMTITLE))
            name->gender = DTL_QW(FEM);
        else if (IS(k, PERSON) && k & GENDERS)
            by_role = k & GENDERS;
        if (k & (DTL_QW(PERSON) | DTL_QW(TITLE)) ||
            (i + 1 == m->from && !k && p->from < i + 1 && p->name <= i))
            add_role(name, i);
    }
    for (i = m->from; i < m->to; i++)
        name->organisation = name->organisation || IS(t[i].classes, ORGWORD);
    if (!name->gender && m->to - m->from > 1)
        name->gender = given_gender(n, m->from);
    /* Of less weight, for some roles have one word for both. */
    if (!name->gender)
        name->gender = by_role;
    learn_role_before(n, name, m);
    if (m->phrase + 2 < n->phrases->count && p[1].type == DTL_QP_COMMA &&
        after->type == DTL_QP_NOUN && after->from < after->to &&
        after->classes & (DTL_QW(PERSON) | DTL_QW(ORG))) {
        add_role(name, after->to - 1);
        if (after->classes & GENDERS && !name->gender)
            name->gender = after->classes & GENDERS;
    }
}

static dtl_text_name *with_last(const dtl_text_names *n, uint32_t hash,
                                uint32_t first)
{
    uint32_t at = n->last_slots[hash & n->mask], steps;
    dtl_text_name *best = NULL;

    for (steps = 0; at && steps < MOST_NAMESAKES; steps++) {
        dtl_text_name *name = &n->at[at - 1];

        at = name->next;
        if (name->last != hash || (first && name->first != first))
            continue;
        if (!best || (name->gender && !best->gender) ||
            (!name->gender == !best->gender && name->count > best->count))
            best = name;
    }
    return best;
}

static dtl_text_name *with_first(const dtl_text_names *n, uint32_t hash)
{
    uint32_t at = n->first_slots[hash & n->mask], steps;

    for (steps = 0; at && steps < MOST_NAMESAKES; steps++) {
        dtl_text_name *name = &n->at[at - 1];

        if (name->first == hash && name->to - name->from > 1)
            return name;
        at = name->next_first;
    }
    return NULL;
}

static dtl_text_name *add_name(dtl_text_names *n, uint32_t phrase,
                               uint32_t from, uint32_t to)
{
    dtl_text_name *name = &n->at[n->count++];

    *name = (dtl_text_name){.from = from, .to = to, .phrase = phrase};
    name->first = hash_of(n, from);
    name->last = hash_of(n, last_word(n, from, to));
    name->next = n->last_slots[name->last & n->mask];
    n->last_slots[name->last & n->mask] = (uint32_t)n->count;
    name->next_first = n->first_slots[name->first & n->mask];
    n->first_slots[name->first & n->mask] = (uint32_t)n->count;
    return name;
}

/* Several words first, so that single ones find theirs wherever it stands. */
static void collect_pass(dtl_text_names *n, bool single)
{
    size_t i;

    for (i = 0; i < n->mention_count; i++) {
        const dtl_name_mention *m = &n->mentions[i];
        uint32_t last = last_word(n, m->from, m->to);
        dtl_text_name *name;

        if ((last == m->from) != single)
            continue;
        name = with_last(n, hash_of(n, last), single ? 0 : hash_of(n, m->from));
        if (!name && single)
            name = with_first(n, hash_of(n, m->from));
        if (!name)
            name = add_name(n, m->phrase, m->from, m->to);
        name->count++;
        n->of_phrase[m->phrase] = (uint32_t)(name - n->at) + 1;
        learn(n, name, m);
    }
}

/* The phrases that are names, from number `from` on behind those before. */
static dtl_status list_mentions(dtl_text_names *n, size_t from)
{
    uint32_t i;
    dtl_status st = dtl_grow((void **)&n->mentions, &n->mention_cap,
                             n->phrases->count + 1, sizeof *n->mentions);

    if (!from)
        n->mention_count = 0;
    for (i = (uint32_t)from; i < n->phrases->count && st == DTL_OK; i++) {
        const dtl_quote_phrase *p = &n->phrases->at[i];
        dtl_name_mention *m = &n->mentions[n->mention_count];

        if (p->type != DTL_QP_NOUN || p->noun != DTL_QN_NAME)
            continue;
        m->phrase = i;
        n->mention_count += name_tokens(n, p, &m->from, &m->to);
    }
    return st;
}

static dtl_status make_room(dtl_text_names *n)
{
    size_t slots = 64;
    dtl_status st;

    while (slots < n->mention_count)
        slots *= 2;
    st =
        dtl_grow((void **)&n->at, &n->cap, n->mention_count + 1, sizeof *n->at);
    if (st == DTL_OK)
        st = dtl_grow((void **)&n->last_slots, &n->slots_cap, slots,
                      sizeof *n->last_slots);
    if (st == DTL_OK)
        st = dtl_grow((void **)&n->first_slots, &n->first_cap, slots,
                      sizeof *n->first_slots);
    if (st == DTL_OK)
        st = dtl_grow((void **)&n->of_phrase, &n->of_phrase_cap,
                      n->phrases->count + 1, sizeof *n->of_phrase);
    if (st != DTL_OK)
        return st;
    n->mask = (uint32_t)slots - 1;
    memset(n->last_slots, 0, slots * sizeof *n->last_slots);
    memset(n->first_slots, 0, slots * sizeof *n->first_slots);
    memset(n->of_phrase, 0, (n->phrases->count + 1) * sizeof *n->of_phrase);
    return DTL_OK;
}

dtl_status dtl_text_names_collect(dtl_text_names *n, dtl_str text,
                                  const dtl_quote_tokens *tokens,
                                  const dtl_quote_phrases *phrases,
                                  size_t farther, size_t known,
                                  const dtl_quote_language *language)
{
    dtl_status st;

    n->text = text;
    n->tokens = tokens;
    n->phrases = phrases;
    n->farther = farther;
    n->language = language;
    n->count = 0;
    st = list_mentions(n, known);
    if (st == DTL_OK)
        st = make_room(n);
    if (st != DTL_OK)
        return st;
    collect_pass(n, false);
    collect_pass(n, true);
    return DTL_OK;
}

void dtl_text_names_clear(dtl_text_names *n)
{
    dtl_free(n->at);
    dtl_free(n->last_slots);
    dtl_free(n->first_slots);
    dtl_free(n->of_phrase);
    dtl_free(n->mentions);
    *n = (dtl_text_names){0};
}

static dtl_str tokens_text(const dtl_text_names *n, uint32_t from, uint32_t to)
{
    const dtl_quote_token *t = n->tokens->at;

    return from < to ? dtl_str_sub(n->text, t[from].start, t[to - 1].end)
                     : (dtl_str){0};
}

static const dtl_text_name *name_at(const dtl_text_names *n, uint32_t phrase)
{
    return n->of_phrase[phrase] ? &n->at[n->of_phrase[phrase] - 1] : NULL;
}

/* How well the name at phrase at answers a pronoun; below 0 not at all. */
static int pronoun_fit(const dtl_text_names *n, uint32_t pronoun, uint32_t at,
                       uint32_t preferred)
{
    const dtl_quote_phrase *p = &n->phrases->at[at],
                           *q = &n->phrases->at[pronoun];
    const dtl_text_name *name = name_at(n, at);
    uint64_t want = q->classes & GENDERS;
    int fit = 40;

    if (!name || name->organisation || (name->gender && name->gender != want))
        return -1;
    if (p->flags & DTL_QPF_BRACKETED)
        return -1;
    if (name->gender == want)
        fit += 12;
    else if (name->count == 1)
        fit -= 6; /* of unknown gender, and named once: a place, perhaps */
    fit -= 3 * (int)(q->sentence - p->sentence < 12 ? q->sentence - p->sentence
                                                    : 12);
    if (at + 1 < n->phrases->count &&
        (p[1].type == DTL_QP_VERB || p[1].type == DTL_QP_COMMA))
        fit += 6; /* a subject, or one with an insertion behind it */
    if (at > 0 && p[-1].type == DTL_QP_PREP)
        fit -= 6;
    if (p->flags & DTL_QPF_POSSESSOR)
        fit -= 3;
    if (preferred != UINT32_MAX && name_at(n, preferred) == name)
        fit += 5;
    return fit;
}

static const dtl_text_name *pronoun_name(const dtl_text_names *n,
                                         uint32_t pronoun, uint32_t preferred)
{
    const dtl_text_name *best = NULL;
    int best_fit = 0;
    uint32_t at = pronoun, steps = 0;

    while (at-- > 0 && steps++ < REACH) {
        int fit = pronoun_fit(n, pronoun, at, preferred);

        if (fit > best_fit) {
            best_fit = fit;
            best = name_at(n, at);
        }
    }
    if (!best && preferred != UINT32_MAX && n->of_phrase[preferred] &&
        pronoun_fit(n, pronoun, preferred, preferred) > 0)
        best = name_at(n, preferred);
    return best;
}

/* The name that stands beside a role: "his lawyer, Dana Whitcombe". */
static const dtl_text_name *apposed_name(const dtl_text_names *n,
                                         uint32_t phrase)
{
    const dtl_quote_phrase *p = &n->phrases->at[phrase];

    if (phrase + 2 < n->phrases->count && p[1].type == DTL_QP_COMMA &&
        p[2].type == DTL_QP_NOUN && p[2].name == p[2].from &&
        (phrase + 3 == n->phrases->count || p[3].type != DTL_QP_VERB))
        return name_at(n, phrase + 2);
    return NULL;
}

static bool bears(const dtl_text_names *n, const dtl_text_name *name,
                  dtl_str role)
{
    int i;

    for (i = 0; name && i < 2; i++) {
        if (name->role[i] &&
            dtl_str_eq_nocase(word_of(n, name->role[i] - 1), role))
            return true;
    }
    return false;
}

/* Who bears the role that a phrase names: "the mayor". */
static const dtl_text_name *role_name(const dtl_text_names *n, uint32_t phrase)
{
    const dtl_quote_phrase *p = n->phrases->at;
    dtl_str role = word_of(n, p[phrase].to - 1);
    uint32_t at = phrase, steps = 0;

    if (!IS(n->tokens->at[p[phrase].from].classes, DEFINITE))
        return NULL;
    while (at-- > 0 && steps++ < 4 * REACH) {
        if (bears(n, name_at(n, at), role))
            return name_at(n, at);
    }
    for (at = (uint32_t)n->phrases->count, steps = 0;
         at-- > n->farther && steps++ < REACH;) {
        if (n->tokens->at[p[at].from].start <
                n->tokens->at[p[phrase].from].start &&
            bears(n, name_at(n, at), role))
            return name_at(n, at);
    }
    return NULL;
}

/* A noun phrase as written, with whose it is: "the senator's office". */
static dtl_str phrase_text(const dtl_text_names *n, uint32_t phrase)
{
    const dtl_quote_phrase *p = &n->phrases->at[phrase];
    uint32_t from = p->from;

    if (phrase > 0 && p[-1].type == DTL_QP_NOUN &&
        p[-1].flags & DTL_QPF_POSSESSOR && p[-1].to == p->from &&
        p[-1].from < p[-1].to)
        from = p[-1].from;
    return tokens_text(n, from, p->to);
}

/* What a relative pronoun stands for. */
static uint32_t antecedent(const dtl_text_names *n, uint32_t phrase)
{
    const dtl_quote_phrase *p = n->phrases->at;
    uint32_t at = phrase, steps = 0;

    while (at-- > 0 && steps++ < 8) {
        if (p[at].type == DTL_QP_NOUN && p[at].noun != DTL_QN_TIME)
            return at;
        if (p[at].type == DTL_QP_STOP || p[at].type == DTL_QP_BREAK ||
            p[at].type == DTL_QP_VERB)
            break;
    }
    return UINT32_MAX;
}

dtl_str dtl_text_names_resolve(const dtl_text_names *n, uint32_t phrase,
                               uint32_t preferred)
{
    const dtl_quote_phrase *p = &n->phrases->at[phrase];
    const dtl_text_name *name = NULL;

    if (p->type == DTL_QP_RELATIVE) {
        phrase = antecedent(n, phrase);
        if (phrase == UINT32_MAX)
            return (dtl_str){0};
        p = &n->phrases->at[phrase];
    }
    if (p->from == p->to)
        return (dtl_str){0};
    switch ((dtl_quote_noun)p->noun) {
    case DTL_QN_NAME:
        name = name_at(n, phrase);
        break;
    case DTL_QN_HE:
    case DTL_QN_OBJECT:
        if (p->classes & GENDERS)
            name = pronoun_name(n, phrase, preferred);
        break;
    case DTL_QN_PERSON:
    case DTL_QN_ORG:
        name = apposed_name(n, phrase);
        if (!name)
            name = role_name(n, phrase);
        if (!name)
            return phrase_text(n, phrase);
        break;
    case DTL_QN_SPEECH:
    case DTL_QN_THING:
        return phrase_text(n, phrase);
    default:
        break;
    }
    return name ? tokens_text(n, name->from, name->to) : (dtl_str){0};
}

static void want(dtl_str word, dtl_str *words, size_t most, size_t *count)
{
    size_t i;

    for (i = 0; i < *count; i++) {
        if (dtl_str_eq(words[i], word))
            return;
    }
    if (*count < most)
        words[(*count)++] = word;
}

/* A name of one word, of which there may be more elsewhere. */
static bool is_short(const dtl_text_name *name)
{
    return name && name->to - name->from == 1 && !name->organisation;
}

void dtl_text_names_wanting(const dtl_text_names *n, uint32_t phrase,
                            dtl_str *words, size_t most, size_t *count)
{
    const dtl_quote_phrase *p = n->phrases->at;
    uint32_t at, steps = 0;

    if (p[phrase].type == DTL_QP_RELATIVE)
        phrase = antecedent(n, phrase);
    if (phrase == UINT32_MAX || p[phrase].from == p[phrase].to)
        return;
    switch ((dtl_quote_noun)p[phrase].noun) {
    case DTL_QN_NAME:
        if (is_short(name_at(n, phrase)))
            want(word_of(n, name_at(n, phrase)->from), words, most, count);
        break;
    case DTL_QN_HE:
    case DTL_QN_OBJECT:
        if (!(p[phrase].classes & GENDERS))
            break;
        for (at = phrase; at-- > 0 && steps++ < REACH;) {
            const dtl_text_name *name = name_at(n, at);

            if (is_short(name) && !name->gender)
                want(word_of(n, name->from), words, most, count);
        }
        break;
    case DTL_QN_PERSON:
    case DTL_QN_ORG:
        if (IS(n->tokens->at[p[phrase].from].classes, DEFINITE) &&
            !apposed_name(n, phrase) && !role_name(n, phrase))
            want(word_of(n, p[phrase].to - 1), words, most, count);
        break;
    default:
        break;
    }
}
