/* The events of a tree; see write.h. */
#include "html/write.h"
#include "base/str.h"

/* What an event points to; two take turns, since an event lives until the
 * next but one. */
typedef struct {
    dtl_buf text;
    dtl_html_event_attr *attrs;
    size_t attrs_cap;
} event_memory;

typedef struct {
    dtl_html_writer *w;
    dtl_html_doc *d;
    event_memory memory[2];
    unsigned turn;
} teller;

static void tell(teller *t, dtl_html_event e)
{
    dtl_html_write(t->w, &e);
    t->turn ^= 1;
}

static void tell_start(teller *t, const dtl_html_node *n)
{
    event_memory *m = &t->memory[t->turn];
    dtl_status st = dtl_grow((void **)&m->attrs, &m->attrs_cap,
                             (size_t)n->count + 1, sizeof *m->attrs);

    if (st != DTL_OK) {
        t->w->out->status = st;
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const dtl_html_attr *a = &t->d->attrs[n->data + i];
        dtl_str value = dtl_html_attr_text(t->d, a);

        if (!value.ptr)
            t->w->out->status = DTL_NOMEM;
        m->attrs[i] =
            (dtl_html_event_attr){dtl_html_name(t->d, a->name), value};
    }
    tell(t, (dtl_html_event){.type = DTL_HTML_EVENT_START,
                             .name = dtl_html_name(t->d, n->name),
                             .attrs = m->attrs,
                             .attr_count = n->count});
}

static void tell_data(teller *t, dtl_html_ref ref, dtl_html_event_type type)
{
    event_memory *m = &t->memory[t->turn];

    dtl_buf_reset(&m->text);
    dtl_html_append_data(t->d, ref, &m->text);
    if (m->text.status != DTL_OK)
        t->w->out->status = m->text.status;
    tell(t, (dtl_html_event){.type = type, .text = dtl_buf_view(&m->text)});
}

static void tell_doctype(teller *t, const dtl_html_doctype *d)
{
    tell(t, (dtl_html_event){.type = DTL_HTML_EVENT_DOCTYPE,
                             .name = d->name,
                             .public_id = d->public_id,
                             .system_id = d->system_id});
}

static void enter(teller *t, dtl_html_ref ref)
{
    const dtl_html_node *n = &t->d->nodes[ref];

    switch ((dtl_html_type)n->type) {
    case DTL_HTML_ELEMENT:
        tell_start(t, n);
        break;
    case DTL_HTML_TEXT:
        tell_data(t, ref, DTL_HTML_EVENT_TEXT);
        break;
    case DTL_HTML_COMMENT:
        tell_data(t, ref, DTL_HTML_EVENT_COMMENT);
        break;
    case DTL_HTML_DOCTYPE:
        tell_doctype(t, &t->d->doctypes[n->data]);
        break;
    case DTL_HTML_DOCUMENT:
    case DTL_HTML_FRAGMENT:
    case DTL_HTML_PI: /* says nothing to a reader of HTML */
        break;
    }
}

static void leave(teller *t, dtl_html_ref ref)
{
    const dtl_html_node *n = &t->d->nodes[ref];

    if (n->type == DTL_HTML_ELEMENT)
        tell(t, (dtl_html_event){.type = DTL_HTML_EVENT_END,
                                 .name = dtl_html_name(t->d, n->name)});
}

void dtl_html_write_tree(dtl_html_writer *w, dtl_html_doc *d, dtl_html_ref root)
{
    teller t = {.w = w, .d = d};
    dtl_html_ref n = root;
    bool inside = true;

    while (inside) {
        enter(&t, n);
        if (dtl_html_first_child(d, n)) {
            n = dtl_html_first_child(d, n);
            continue;
        }
        leave(&t, n);
        while (n != root && !dtl_html_next(d, n)) {
            n = d->nodes[n].parent;
            leave(&t, n);
        }
        inside = n != root;
        n = dtl_html_next(d, n);
    }
    dtl_html_write_end(w);
    for (int i = 0; i < 2; i++) {
        dtl_buf_clear(&t.memory[i].text);
        dtl_free(t.memory[i].attrs);
    }
}
