/* The parts of the pipeline, each by itself: journal, filters, tasks, order. */
#include "pipeline/filter.h"
#include "pipeline/journal.h"
#include "pipeline/order.h"
#include "unit/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Journal ------------------------------------------------------------- */

static void make_name(char name[32])
{
    strcpy(name, "/tmp/dateline-XXXXXX");
    close(mkstemp(name));
}

/* Opens a journal that is there; gives the output length that it tells of, or
 * -1. */
static long long found_in(const char *name, uint64_t run)
{
    dtl_journal j;
    dtl_place place;
    dtl_error err;
    bool found;
    dtl_status st = dtl_journal_open(&j, name, run, true, &place, &found, &err);

    dtl_journal_close(&j, false);
    return st != DTL_OK ? -(long long)st : found ? (long long)place.out : -1;
}

static void spoil(const char *name, long at)
{
    int fd = open(name, O_WRONLY);

    CHECK_INT(pwrite(fd, "#", 1, at), 1);
    close(fd);
}

static void test_journal(void)
{
    char name[32];
    dtl_journal j;
    dtl_place place;
    bool found;
    int i;

    make_name(name);
    CHECK_OK(dtl_journal_open(&j, name, 7, false, &place, &found, NULL));
    CHECK_INT(found_in(name, 7), -1);
    for (i = 1; i <= 9; i++) {
        place.out = (uint64_t)i * 100;
        CHECK(dtl_journal_note(&j, &place, i == 4));
    }
    CHECK_INT(found_in(name, 7), 900);
    CHECK_INT(found_in(name, 8), -DTL_USAGE);
    /* A line half written is none: the one before counts. */
    spoil(name, (1 + (9 & 1)) * 1024 + 5);
    CHECK_INT(found_in(name, 7), 800);
    spoil(name, (1 + (8 & 1)) * 1024 + 5);
    CHECK_INT(found_in(name, 7), 400);
    /* Of the machine's last start alone the sure one holds. */
    CHECK(dtl_journal_note(&j, &place, false));
    strcpy(j.boot, "another");
    CHECK(dtl_journal_note(&j, &place, false));
    CHECK_INT(found_in(name, 7), 900);
    CHECK(dtl_journal_note(&j, &place, false));
    CHECK_INT(found_in(name, 7), 400);
    dtl_journal_close(&j, true);
    CHECK(access(name, F_OK) != 0);
}

/* ---- Filters ------------------------------------------------------------- */

static bool is_right(const dtl_ingest_filter *wanted)
{
    dtl_filter f;

    return dtl_filter_init(&f, wanted, NULL) == DTL_OK;
}

static void test_filter_words(void)
{
    const dtl_ingest_filter right[] = {{0},
                                       {.status = "article, stub"},
                                       {.status = "2xx,404,stub"},
                                       {.status = "40x"},
                                       {.kind = "news,Opinion"},
                                       {.since = "2024-02-29"}};
    const dtl_ingest_filter wrong[] = {
        {.status = ""},          {.status = "article,"}, {.status = "20"},
        {.status = "2x0"},       {.status = "x20"},      {.status = "2000"},
        {.kind = "gossip"},      {.since = "2024-2-29"}, {.since = "2024"},
        {.since = "2024-02-29T"}};
    size_t i;

    for (i = 0; i < sizeof right / sizeof *right; i++)
        CHECK(is_right(&right[i]));
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!is_right(&wrong[i]));
}

static void test_filter_answers(void)
{
    const dtl_str html = {"text/html", 9}, png = {"image/png", 9};
    dtl_filter f;

    CHECK_OK(dtl_filter_init(&f,
                             &(dtl_ingest_filter){.status = "2xx,404",
                                                  .mime = "text/*",
                                                  .since = "2024-02-29"},
                             NULL));
    CHECK(dtl_filter_answer(&f, 200, html));
    CHECK(dtl_filter_answer(&f, 299, html));
    CHECK(dtl_filter_answer(&f, 404, html));
    CHECK(!dtl_filter_answer(&f, 403, html));
    CHECK(!dtl_filter_answer(&f, 200, png));
    CHECK(dtl_filter_date(&f, (dtl_str){"2024-03-01T10:00:00Z", 20}));
    CHECK(dtl_filter_date(&f, (dtl_str){NULL, 0}));
    CHECK(dtl_filter_date(&f, (dtl_str){"2024", 4}));
    CHECK(!dtl_filter_date(&f, (dtl_str){"2023-03-01T10:00:00Z", 20}));
}

/* ---- Order --------------------------------------------------------------- */

/* A file of three parts, whose tasks are taken, and in what order they come
 * out. */
typedef struct {
    char name[32];
    const char *names[1];
    dtl_walk *walk;
    dtl_split *split;
    dtl_order *order;
    dtl_slot *slots[3];
} three_parts;

static void begin_parts(three_parts *t)
{
    dtl_walk_options w = {.names = t->names, .name_count = 1};
    int i;

    make_name(t->name);
    CHECK_INT(truncate(t->name, 3 * DTL_PART_BYTES), 0);
    t->names[0] = t->name;
    t->walk = dtl_walk_new(&w);
    t->split = dtl_split_new(t->walk);
    t->order = dtl_order_new(
        &(dtl_order_options){.split = t->split, .tasks = 8, .bytes = 1 << 20});
    for (i = 0; i < 3; i++)
        t->slots[i] = dtl_order_take(t->order);
}

static void end_parts(three_parts *t)
{
    dtl_order_free(t->order);
    dtl_split_free(t->split);
    dtl_walk_free(t->walk);
    unlink(t->name);
}

static bool put(three_parts *t, dtl_slot *s, const char *text, uint64_t ended)
{
    dtl_chunk *c = dtl_order_chunk(t->order);

    dtl_buf_puts(&c->out, text);
    c->last = true;
    c->ended = ended;
    return dtl_order_put(t->order, s, c);
}

/* What comes out, without waiting. */
static dtl_str get(three_parts *t, char text[16])
{
    const dtl_task *task;
    dtl_chunk *c;

    if (dtl_order_get(t->order, 0, &c, &task) != DTL_ORDER_CHUNK)
        return (dtl_str){NULL, 0};
    snprintf(text, 16, "%.*s", (int)c->out.len, c->out.ptr);
    dtl_order_give_back(t->order, c);
    return (dtl_str){text, strlen(text)};
}

static void test_order(void)
{
    three_parts t;
    char text[16];

    begin_parts(&t);
    CHECK(t.slots[0]->certain && !t.slots[1]->certain);
    dtl_order_begins(t.order, t.slots[2], 2 * DTL_PART_BYTES + 9);
    put(&t, t.slots[2], "three", 3 * DTL_PART_BYTES);
    CHECK_STR(get(&t, text), NULL);
    put(&t, t.slots[0], "one", DTL_PART_BYTES + 5);
    CHECK_STR(get(&t, text), "one");
    CHECK_STR(get(&t, text), NULL);
    dtl_order_begins(t.order, t.slots[1], DTL_PART_BYTES + 5);
    put(&t, t.slots[1], "two", 2 * DTL_PART_BYTES + 9);
    CHECK_STR(get(&t, text), "two");
    CHECK_STR(get(&t, text), "three");
    CHECK(dtl_order_take(t.order) == NULL);
    end_parts(&t);
}

/* A part that began elsewhere than the one before ended is done again. */
static void test_wrong_guess(void)
{
    three_parts t;
    char text[16];
    dtl_slot *again;

    begin_parts(&t);
    dtl_order_begins(t.order, t.slots[1], DTL_PART_BYTES + 5);
    put(&t, t.slots[1], "wrong", 2 * DTL_PART_BYTES + 9);
    put(&t, t.slots[0], "one", DTL_PART_BYTES + 700);
    CHECK_STR(get(&t, text), "one");
    CHECK_STR(get(&t, text), NULL);
    again = dtl_order_take(t.order);
    CHECK(again == t.slots[1] && again->certain);
    CHECK_INT(again->begin, DTL_PART_BYTES + 700);
    put(&t, again, "right", 2 * DTL_PART_BYTES + 9);
    CHECK_STR(get(&t, text), "right");
    end_parts(&t);
}

/* A record that goes through a whole part leaves nothing of it. */
static void test_swallowed_part(void)
{
    three_parts t;
    char text[16];

    begin_parts(&t);
    dtl_order_begins(t.order, t.slots[1], DTL_PART_BYTES + 5);
    put(&t, t.slots[1], "wrong", 2 * DTL_PART_BYTES + 9);
    dtl_order_begins(t.order, t.slots[2], 2 * DTL_PART_BYTES + 80);
    put(&t, t.slots[2], "three", 3 * DTL_PART_BYTES);
    put(&t, t.slots[0], "one", 2 * DTL_PART_BYTES + 80);
    CHECK_STR(get(&t, text), "one");
    CHECK_STR(get(&t, text), "three");
    CHECK_STR(get(&t, text), NULL);
    end_parts(&t);
}

/* What was made until a stop comes, as far as it is in order. */
static void test_stop(void)
{
    three_parts t;
    char text[16];
    const dtl_task *task;
    dtl_chunk *c;

    begin_parts(&t);
    dtl_order_stop(t.order);
    c = dtl_order_chunk(t.order);
    dtl_buf_puts(&c->out, "half");
    c->cut = true;
    CHECK(!dtl_order_put(t.order, t.slots[0], c));
    CHECK_STR(get(&t, text), "half");
    CHECK_INT(dtl_order_get(t.order, 0, &c, &task), DTL_ORDER_END);
    CHECK(dtl_order_take(t.order) == NULL);
    end_parts(&t);
}

static const test_case cases[] = {
    TEST(test_journal), TEST(test_filter_words), TEST(test_filter_answers),
    TEST(test_order),   TEST(test_wrong_guess),  TEST(test_swallowed_part),
    TEST(test_stop),
};
TEST_MAIN(cases)
