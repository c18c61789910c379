/* Tasks out, chunks back in order.
 *
 * Slots stand in a ring; head is the number of the task whose chunks the
 * writer gets, tail that of the next task to be made. A slot is ready (a
 * thread may take it), taken, or done (its last chunk is there). One lock
 * holds it all; nobody reads a page or writes a file while holding it.
 *
 * No deadlock: the thread of the head's task never waits, and a thread that
 * waits with a later task gives that up when the head's needs one. */
#include "pipeline/order.h"

#include <pthread.h>
#include <time.h>

typedef enum {
    READY,
    TAKEN,
    DONE
} slot_state;

typedef struct {
    dtl_slot slot; /* first, so that one is the other */
    slot_state state;
    bool begins_known;
    uint64_t found; /* where the thread found the part to begin */
    uint64_t ended; /* of a part that is done */
    dtl_chunk *first, **last;
} place;

struct dtl_order {
    pthread_mutex_t lock;
    pthread_cond_t for_threads, for_writer;
    dtl_split *split;
    place *ring;
    size_t size;
    uint64_t head, tail;
    bool ended; /* no more tasks come */
    bool no_memory;
    atomic_bool stopped;
    size_t waiting_bytes, max_bytes;
    uint64_t prior_end; /* where the part before the head's came to its end */
    dtl_chunk *pool;    /* chunks to be used again, of so many bytes */
    size_t pool_bytes;
};

dtl_order *dtl_order_new(const dtl_order_options *opts)
{
    dtl_order *o = dtl_malloc(sizeof *o);
    pthread_condattr_t attr;

    if (!o)
        return NULL;
    *o = (dtl_order){
        .split = opts->split, .size = opts->tasks, .max_bytes = opts->bytes};
    o->ring = dtl_malloc(o->size * sizeof *o->ring);
    if (!o->ring) {
        dtl_free(o);
        return NULL;
    }
    for (size_t i = 0; i < o->size; i++)
        o->ring[i] = (place){.state = READY};
    pthread_mutex_init(&o->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&o->for_threads, &attr);
    pthread_cond_init(&o->for_writer, &attr);
    pthread_condattr_destroy(&attr);
    return o;
}

static void free_chunks(dtl_chunk *c)
{
    dtl_chunk *next;

    for (; c; c = next) {
        next = c->next;
        dtl_buf_clear(&c->out);
        dtl_arena_clear(&c->arena);
        dtl_free(c);
    }
}

void dtl_order_free(dtl_order *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < o->size; i++) {
        free_chunks(o->ring[i].first);
        dtl_task_clear(&o->ring[i].slot.task);
    }
    free_chunks(o->pool);
    pthread_cond_destroy(&o->for_writer);
    pthread_cond_destroy(&o->for_threads);
    pthread_mutex_destroy(&o->lock);
    dtl_free(o->ring);
    dtl_free(o);
}

static place *place_of(dtl_order *o, uint64_t number)
{
    return &o->ring[number % o->size];
}

static bool is_head(const dtl_order *o, const place *p)
{
    return p->slot.task.number == o->head;
}

/* ---- Chunks ---------------------------------------------------------------
 */

/* What a chunk takes: its memory, however little of it is used. */
static size_t weight(const dtl_chunk *c)
{
    return c->out.cap + sizeof *c;
}

/* Keeps a chunk for later, unless as many are kept as a quarter of what may
 * wait: then its memory is given back. */
static void put_in_pool(dtl_order *o, dtl_chunk *c)
{
    if (o->pool_bytes + weight(c) > o->max_bytes / 4) {
        c->next = NULL;
        free_chunks(c);
        return;
    }
    o->pool_bytes += weight(c);
    c->next = o->pool;
    o->pool = c;
}

/* Drops what a slot holds. */
static void drop(dtl_order *o, place *p)
{
    dtl_chunk *c, *next;

    for (c = p->first; c; c = next) {
        next = c->next;
        o->waiting_bytes -= weight(c);
        put_in_pool(o, c);
    }
    p->first = NULL;
    p->last = &p->first;
}

dtl_chunk *dtl_order_chunk(dtl_order *o)
{
    dtl_chunk *c;

    pthread_mutex_lock(&o->lock);
    c = o->pool;
    if (c) {
        o->pool = c->next;
        o->pool_bytes -= weight(c);
    }
    pthread_mutex_unlock(&o->lock);
    if (!c) {
        c = dtl_malloc(sizeof *c);
        if (!c)
            return NULL;
        *c = (dtl_chunk){0};
    }
    dtl_buf_reset(&c->out);
    dtl_arena_reset(&c->arena);
    *c = (dtl_chunk){.out = c->out, .arena = c->arena};
    return c;
}

/* Leaves the head's task, of which all is out, for the next one. */
static void leave_head(dtl_order *o, uint64_t ended)
{
    o->prior_end = ended;
    o->head++;
}

void dtl_order_drop(dtl_order *o, dtl_chunk *c)
{
    pthread_mutex_lock(&o->lock);
    put_in_pool(o, c);
    pthread_mutex_unlock(&o->lock);
}

uint64_t dtl_order_begin(const dtl_task *task)
{
    return ((const dtl_slot *)task)->begin;
}

void dtl_order_give_back(dtl_order *o, dtl_chunk *c)
{
    pthread_mutex_lock(&o->lock);
    if (c->last)
        leave_head(o, c->ended);
    put_in_pool(o, c);
    pthread_cond_broadcast(&o->for_threads);
    pthread_mutex_unlock(&o->lock);
}

/* ---- Tasks ----------------------------------------------------------------
 */

/* Makes a slot ready to be done, from its beginning. */
static void make_ready(dtl_order *o, place *p)
{
    drop(o, p);
    p->state = READY;
    p->begins_known = false;
    atomic_store(&p->slot.unwanted, false);
    pthread_cond_broadcast(&o->for_threads);
}

/* Makes the next task; false when there is none. */
static bool add_task(dtl_order *o)
{
    place *p = place_of(o, o->tail), *before;
    dtl_slot *s = &p->slot;
    bool more;

    if (dtl_split_next(o->split, &s->task, &more) != DTL_OK)
        o->no_memory = true;
    if (o->no_memory || !more) {
        o->ended = true;
        return false;
    }
    s->certain = !s->task.is_part || s->task.is_first;
    s->begin = s->task.begin;
    s->skip = 0;
    if (!s->certain && o->tail == o->head) {
        s->certain = true;
        s->begin = o->prior_end;
    } else if (!s->certain) {
        before = place_of(o, o->tail - 1);
        s->certain = before->state == DONE && before->slot.certain;
        if (s->certain)
            s->begin = before->ended;
    }
    o->tail++;
    make_ready(o, p);
    return true;
}

dtl_status dtl_order_skip(dtl_order *o, uint64_t number, uint64_t units,
                          uint64_t begin, uint64_t *seen)
{
    dtl_slot *s;

    *seen = 0;
    while (o->tail <= number && add_task(o)) {
        if (o->tail == number + (units > 0))
            *seen = place_of(o, o->tail - 1)->slot.task.seen;
        if (o->tail <= number)
            o->head = o->tail;
    }
    if (o->no_memory)
        return DTL_NOMEM;
    if (o->tail != number + 1)
        return DTL_OK;
    s = &place_of(o, number)->slot;
    s->skip = units;
    s->begin = begin;
    s->certain = true;
    return DTL_OK;
}

static place *find_ready(dtl_order *o)
{
    uint64_t n;

    for (n = o->head; n < o->tail; n++)
        if (place_of(o, n)->state == READY)
            return place_of(o, n);
    return NULL;
}

static bool has_room(const dtl_order *o)
{
    return o->tail - o->head < o->size && o->waiting_bytes <= o->max_bytes;
}

dtl_slot *dtl_order_take(dtl_order *o)
{
    place *p = NULL;

    pthread_mutex_lock(&o->lock);
    while (!atomic_load(&o->stopped)) {
        p = find_ready(o);
        if (!p && !o->ended && has_room(o) && add_task(o))
            p = find_ready(o);
        if (p || (o->ended && o->head == o->tail))
            break;
        pthread_cond_wait(&o->for_threads, &o->lock);
    }
    if (atomic_load(&o->stopped))
        p = NULL;
    if (p)
        p->state = TAKEN;
    /* The writer and the others wait for what this one has found out. */
    if (!p) {
        pthread_cond_broadcast(&o->for_threads);
        pthread_cond_signal(&o->for_writer);
    }
    pthread_mutex_unlock(&o->lock);
    return p ? &p->slot : NULL;
}

void dtl_order_begins(dtl_order *o, dtl_slot *s, uint64_t begin)
{
    place *p = (place *)s;

    pthread_mutex_lock(&o->lock);
    p->begins_known = true;
    p->found = begin;
    pthread_cond_signal(&o->for_writer);
    pthread_mutex_unlock(&o->lock);
}

/* Whether the head's task lies there and waits for a thread. */
static bool head_waits(dtl_order *o)
{
    return o->head < o->tail && place_of(o, o->head)->state == READY;
}

bool dtl_order_put(dtl_order *o, dtl_slot *s, dtl_chunk *c)
{
    place *p = (place *)s;
    bool go_on = !c->last;

    pthread_mutex_lock(&o->lock);
    while (!is_head(o, p) && !atomic_load(&s->unwanted) &&
           !atomic_load(&o->stopped) && !head_waits(o) &&
           o->waiting_bytes + weight(c) > o->max_bytes)
        pthread_cond_wait(&o->for_threads, &o->lock);
    if (atomic_load(&s->unwanted) ||
        (!is_head(o, p) && head_waits(o) &&
         o->waiting_bytes + weight(c) > o->max_bytes)) {
        put_in_pool(o, c);
        make_ready(o, p);
        pthread_cond_signal(&o->for_writer);
        go_on = false;
    } else {
        c->next = NULL;
        *p->last = c;
        p->last = &c->next;
        o->waiting_bytes += weight(c);
        if (c->last) {
            p->state = DONE;
            p->ended = c->ended;
        } else if (c->cut) {
            p->state = READY;
            go_on = false;
        }
        if (is_head(o, p))
            pthread_cond_signal(&o->for_writer);
    }
    pthread_mutex_unlock(&o->lock);
    return go_on;
}

void dtl_order_fail(dtl_order *o)
{
    pthread_mutex_lock(&o->lock);
    o->no_memory = true;
    pthread_mutex_unlock(&o->lock);
    dtl_order_stop(o);
}

bool dtl_order_stopped(const dtl_order *o)
{
    return atomic_load(&o->stopped);
}

void dtl_order_stop(dtl_order *o)
{
    pthread_mutex_lock(&o->lock);
    atomic_store(&o->stopped, true);
    pthread_cond_broadcast(&o->for_threads);
    pthread_cond_signal(&o->for_writer);
    pthread_mutex_unlock(&o->lock);
}

/* ---- The writer -----------------------------------------------------------
 */

typedef enum {
    VALID,    /* its chunks may go out */
    UNKNOWN,  /* nobody can say yet */
    NOT_VALID /* it is being done again, or there is nothing of it */
} validity;

/* Looks whether the head's task began where the one before it ended. */
static validity check_head(dtl_order *o, place *p)
{
    dtl_slot *s = &p->slot;
    bool empty = o->prior_end >= s->task.end;

    if (s->certain)
        return VALID;
    if (p->state == TAKEN && !p->begins_known && !empty)
        return UNKNOWN;
    if (p->state != READY && p->begins_known && p->found == o->prior_end &&
        !empty) {
        s->certain = true;
        s->begin = p->found;
        return VALID;
    }
    if (p->state == TAKEN) {
        atomic_store(&s->unwanted, true);
        pthread_cond_broadcast(&o->for_threads);
        return UNKNOWN;
    }
    if (empty) {
        /* A record goes through the whole part. */
        drop(o, p);
        leave_head(o, o->prior_end);
        pthread_cond_broadcast(&o->for_threads);
        return NOT_VALID;
    }
    s->certain = true;
    s->begin = o->prior_end;
    make_ready(o, p);
    return NOT_VALID;
}

/* Takes the next chunk if there is one. */
static dtl_chunk *take_chunk(dtl_order *o, const dtl_task **task)
{
    place *p;
    dtl_chunk *c;

    while (o->head < o->tail) {
        p = place_of(o, o->head);
        switch (check_head(o, p)) {
        case VALID:
            break;
        case UNKNOWN:
            return NULL;
        case NOT_VALID:
            continue;
        }
        c = p->first;
        if (!c)
            return NULL;
        p->first = c->next;
        if (!p->first)
            p->last = &p->first;
        o->waiting_bytes -= weight(c);
        *task = &p->slot.task;
        return c;
    }
    return NULL;
}

/* Whether no thread will put anything any more that could go out. */
static bool is_over(dtl_order *o)
{
    place *p;

    if (o->head == o->tail)
        return o->ended || atomic_load(&o->stopped);
    p = place_of(o, o->head);
    return atomic_load(&o->stopped) && p->state == READY && !p->first;
}

static struct timespec after_ms(int ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

dtl_order_news dtl_order_get(dtl_order *o, int wait_ms, dtl_chunk **c,
                             const dtl_task **task)
{
    struct timespec until = after_ms(wait_ms);
    dtl_order_news news = DTL_ORDER_WAIT;
    int error = 0;

    pthread_mutex_lock(&o->lock);
    for (;;) {
        *c = take_chunk(o, task);
        if (*c)
            news = DTL_ORDER_CHUNK;
        else if (o->no_memory)
            news = DTL_ORDER_NOMEM;
        else if (is_over(o))
            news = DTL_ORDER_END;
        if (news != DTL_ORDER_WAIT || error)
            break;
        error = pthread_cond_timedwait(&o->for_writer, &o->lock, &until);
    }
    pthread_mutex_unlock(&o->lock);
    return news;
}
