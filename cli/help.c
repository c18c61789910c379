/* Help texts. A text says what the verb does, its options, its exit codes,
 * and shows a line or two to try. */
#include "cli.h"

#include <string.h>

static const char overview[] =
    "dateline - read the news web\n"
    "\n"
    "usage: dateline [read] PAGE|URL|-...   one article each\n"
    "       dateline annotate FILE|-...     quotations and times in plain "
    "text\n"
    "       dateline ingest INPUT... -o FILE   many: archives, folders, pages\n"
    "       dateline warc index|check|extract FILE\n"
    "                                       what is in an archive file\n"
    "       dateline help [COMMAND]         more about a command\n"
    "       dateline --version\n"
    "\n"
    "Try: dateline story.html\n"
    "     curl -s URL | dateline --url URL --json -\n";

static const char read_text[] =
    "usage: dateline [read] [OPTION]... [PAGE|URL|-]...\n"
    "\n"
    "Finds the article in each page and writes it to standard output, in the\n"
    "order of the pages. A page is an HTML file, plain or gzip'd, a text\n"
    "without markup, which may begin with \"date YYYY-MM-DD\", an http(s) "
    "URL,\n"
    "or - for standard input, which is also read when no page is named.\n"
    "\n"
    "What to write:\n"
    "  --format text|markdown|json|html\n"
    "                     the default is text; several pages as json give a\n"
    "                     line each\n"
    "  --text, --markdown, --json, --html\n"
    "                     short for --format\n"
    "  -p, --property NAME\n"
    "                     one property: title, authors, published, text, "
    "blocks,\n"
    "                     embeds, images, or any other name of the record\n"
    "  --links            keep links in text and markdown\n"
    "  --explain          a line for each block of the page: whether it "
    "stayed\n"
    "                     and why\n"
    "  -o, --output FILE  write there; FILE gets its name when it is whole\n"
    "  --force            let -o replace a file\n"
    "  --color auto|always|never\n"
    "                     colour on a terminal; NO_COLOR is obeyed\n"
    "  --width COLUMNS    wrap text there; on a terminal its width, at most "
    "88\n"
    "\n"
    "How to read:\n"
    "  --url URL          the page's address: names the site, completes links\n"
    "  --encoding LABEL   the page's encoding, whatever it says itself\n"
    "  --as-of DATE       what relative dates count from, YYYY-MM-DD\n"
    "  --max-bytes SIZE   refuse larger inputs (default 16M)\n"
    "  --max-nodes N      refuse pages with more nodes (default 2000000)\n"
    "  --timeout SECONDS  give up on a URL (default 30)\n"
    "  --user-agent TEXT  how to call ourselves to a server\n"
    "  --allow-private    let URLs lead to private and local addresses\n"
    "  -q, --quiet        no progress, no warnings; errors only\n"
    "  -h, --help         this text\n"
    "\n"
    "Exit: 0 done; 1 no article found (the record is written all the same);\n"
    "2 wrong usage, or the only input cannot be read; 3 some of several "
    "inputs\n"
    "failed; 4 the output cannot be written; 130 interrupted.\n"
    "\n"
    "Try: dateline story.html\n"
    "     dateline --json -p embeds story.html\n"
    "     dateline --explain story.html\n";

static const char annotate_text[] =
    "usage: dateline annotate [OPTION]... [FILE|-]...\n"
    "\n"
    "Finds the times that plain text names, and its quotations with their\n"
    "speakers, and writes them as JSON, one object for each file: what each "
    "time\n"
    "is (DATE, TIME, DURATION or SET), its TIMEX3 value; who said what, by "
    "which\n"
    "verb and where; and the places of all in the text in bytes. Without a "
    "file\n"
    "it reads standard input.\n"
    "\n"
    "  --date DATE        what relative times count from, YYYY-MM-DD; a time "
    "may\n"
    "                     follow; without it they stay unresolved\n"
    "  --language TAG     the text's language; quotations know en, de, fr, "
    "es\n"
    "  --narrative        the text tells of history: a bare \"March\" "
    "belongs to\n"
    "                     the last year it named\n"
    "  --indirect         quotations without quote marks too: He said that "
    "...\n"
    "  --jsonl            each line is an object with \"text\" and, if "
    "known,\n"
    "                     \"id\", \"date\" and \"language\"; a line comes "
    "out for each\n"
    "  -o, --output FILE  write there; FILE gets its name when it is whole\n"
    "  --force            let -o replace a file\n"
    "  --max-bytes SIZE   refuse larger inputs (default 1G)\n"
    "  -h, --help         this text\n"
    "\n"
    "Exit: 0 done; 2 wrong usage, or the only input cannot be read; 3 some "
    "of\n"
    "several inputs or lines failed; 4 the output cannot be written; 130\n"
    "interrupted.\n"
    "\n"
    "Try: echo 'He left two weeks ago.' | dateline annotate --date "
    "2021-09-29\n"
    "     dateline annotate --jsonl --narrative history.jsonl\n";

static const char ingest_text[] =
    "usage: dateline ingest [OPTION]... INPUT... -o OUTPUT\n"
    "\n"
    "Reads web archives and saved pages, many at a time, and writes a record "
    "for\n"
    "each page as a line of JSON, in the order of the inputs. An input is a "
    "WARC\n"
    "(WET too) or ARC file, an HTML page or a plain-text record, each plain "
    "or\n"
    "gzip'd, a folder of them, an http(s) address of one, or - for standard "
    "input.\n"
    "What cannot be read is told and passed over.\n"
    "\n"
    "  -o, --output FILE  a name that ends in .jsonl, .jsonl.gz or "
    ".jsonl.zst;\n"
    "                     - is standard output. FILE gets its name when it is "
    "whole\n"
    "  --force            let -o replace a file\n"
    "  --resume           go on where a run that broke off had come to\n"
    "  --list FILE        inputs from FILE, one a line; those with # are "
    "none\n"
    "  -j, --jobs N       threads (default: one for each processor)\n"
    "  --max-memory SIZE  keep within SIZE, as 2G or 512M\n"
    "  --quarantine DIR   keep what could not be read there, with the "
    "reasons;\n"
    "                     one folder does for several outputs\n"
    "\n"
    "Which records to write:\n"
    "  --status LIST      article, listing, stub, blocked, empty, refused; "
    "or by\n"
    "                     the HTTP status: 200, 2xx\n"
    "  --mime LIST        media types as declared: text/html, text/*\n"
    "  --language LIST    en takes en-GB too\n"
    "  --kind LIST        news, live, gallery, video, audio, interview, "
    "opinion,\n"
    "                     review, recipe, other\n"
    "  --since DATE       published then or later, YYYY-MM-DD\n"
    "  --min-words N      with so many words or more\n"
    "\n"
    "How to read:\n"
    "  --as-of DATE       what relative dates count from, whatever the page "
    "says\n"
    "  --max-bytes SIZE   refuse larger pages and records (default 16M)\n"
    "  --max-nodes N      refuse pages with more nodes (default 2000000)\n"
    "  --timeout SECONDS  give up on a server that is silent (default 30)\n"
    "  --user-agent TEXT  how to call ourselves to a server\n"
    "  --allow-private    let addresses lead to private and local ones\n"
    "  --progress auto|json|none\n"
    "                     json: a line a second on standard error; "
    "the man page\n"
    "                     has its fields\n"
    "  -q, --quiet        no progress, no summary; errors only\n"
    "  -h, --help         this text\n"
    "\n"
    "Exit: 0 done; 1 no record was written; 2 wrong usage, or the only input\n"
    "cannot be read; 3 some inputs or records failed; 4 the output cannot be\n"
    "written; 130 interrupted, the output closed whole.\n"
    "\n"
    "Try: dateline ingest crawl.warc.gz -o crawl.jsonl.zst\n"
    "     dateline ingest saved-pages/ --language en -o - | head\n";
static const char warc_text[] =
    "usage: dateline warc index [OPTION]... FILE...\n"
    "       dateline warc check FILE...\n"
    "       dateline warc extract [OPTION]... FILE OFFSET\n"
    "\n"
    "Looks into archive files: WARC and ARC, plain, gzip'd or packed by zstd; "
    "-\n"
    "is standard input. What is damaged is named, and the rest read.\n"
    "\n"
    "index writes a CDXJ line for each capture: its sort-friendly address, "
    "its\n"
    "date, and a JSON object that says where it is.\n"
    "  -f, --fields LIST  instead, for each record, a JSON object of these, "
    "with\n"
    "                     commas between: offset, length, filename, mime, "
    "surt,\n"
    "                     timestamp, digest, http:status, http:NAME for a "
    "field of\n"
    "                     the HTTP message, or a field of the record, such "
    "as\n"
    "                     warc-type or warc-target-uri\n"
    "\n"
    "check looks whether lengths, digests, packing and structure are right, "
    "and\n"
    "writes a line for each problem, then one for the file.\n"
    "\n"
    "extract writes the record that begins at byte OFFSET, as index gives it.\n"
    "  --payload          only what it holds: of a page, the HTML, unpacked\n"
    "  --headers          only the head of the record, and of its HTTP "
    "message\n"
    "\n"
    "  -o, --output FILE  write there; FILE gets its name when it is whole\n"
    "  --force            let -o replace a file\n"
    "  -h, --help         this text\n"
    "\n"
    "Exit: 0 done; 1 a file is not sound, or has no record at OFFSET; 2 wrong\n"
    "usage, or the only file cannot be read; 3 some of several files, or some\n"
    "records, could not be read; 4 the output cannot be written; 130\n"
    "interrupted.\n"
    "\n"
    "Try: dateline warc index crawl.warc.gz | sort >crawl.cdxj\n"
    "     dateline warc extract --payload crawl.warc.gz 784\n";

static const char help_text[] =
    "usage: dateline help [COMMAND]\n"
    "\n"
    "Says what dateline or one of its commands does.\n";

static const struct {
    const char *command, *text;
} texts[] = {
    {"read", read_text}, {"annotate", annotate_text}, {"ingest", ingest_text},
    {"warc", warc_text}, {"help", help_text},
};

const char *cli_help_text(const char *command)
{
    size_t i;

    for (i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].command, command) == 0)
            return texts[i].text;
    return NULL;
}

int cli_help(int argc, char **argv)
{
    const char *text = argc > 1 ? cli_help_text(argv[1]) : overview;

    if (!text) {
        cli_complain("help: there is no command '%s'; see 'dateline help'",
                     argv[1]);
        return EXIT_USAGE;
    }
    fputs(text, stdout);
    return cli_finish_stdout();
}
