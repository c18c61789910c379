# Completion of dateline for bash.
_dateline()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local options="--format --text --markdown --json --html --property --links
        --explain --output --force --color --width --url --encoding --as-of
        --max-bytes --max-nodes --timeout --user-agent --allow-private --quiet
        --help"
    local annotate="--jsonl --date --language --narrative --indirect --output
        --force
        --max-bytes --help"
    local ingest="--output --force --resume --list --jobs --max-memory
        --quarantine --status --mime --language --kind --since --min-words
        --as-of --max-bytes --max-nodes --timeout --user-agent --allow-private
        --progress --quiet --help"
    local warc="--fields --payload --headers --output --force --help"
    local fields="offset length filename mime surt timestamp digest http:status
        warc-type warc-target-uri warc-date warc-record-id"
    local properties="schema status reason url canonical_url next_page site
        kind title subtitle section description language tags authors published modified
        fetched images text blocks embeds quotes times notes access words hash source timeline"

    case $before in
    --format) COMPREPLY=($(compgen -W "text markdown json html" -- "$word")) ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$word")) ;;
    -p | --property) COMPREPLY=($(compgen -W "$properties" -- "$word")) ;;
    --progress) COMPREPLY=($(compgen -W "auto json none" -- "$word")) ;;
    --status) COMPREPLY=($(compgen -W "article listing stub blocked empty
        refused 200 2xx" -- "$word")) ;;
    --kind) COMPREPLY=($(compgen -W "news live gallery video audio interview
        opinion review recipe other" -- "$word")) ;;
    --quarantine) COMPREPLY=($(compgen -d -- "$word")) ;;
    -j | --jobs | --max-memory | --mime | --language | --since | --min-words | \
    --url | --width | --encoding | --as-of | --max-bytes | --max-nodes | \
        --timeout | --user-agent) COMPREPLY=() ;;
    help) COMPREPLY=($(compgen -W "read annotate ingest warc help" -- "$word")) ;;
    -f | --fields) COMPREPLY=($(compgen -W "$fields" -- "$word")) ;;
    warc) COMPREPLY=($(compgen -W "index check extract" -- "$word")) ;;
    *)
        if [[ $word == -* && ${COMP_WORDS[1]} == warc ]]; then
            COMPREPLY=($(compgen -W "$warc" -- "$word"))
        elif [[ $word == -* && ${COMP_WORDS[1]} == annotate ]]; then
            COMPREPLY=($(compgen -W "$annotate" -- "$word"))
        elif [[ $word == -* && ${COMP_WORDS[1]} == ingest ]]; then
            COMPREPLY=($(compgen -W "$ingest" -- "$word"))
        elif [[ $word == -* ]]; then
            COMPREPLY=($(compgen -W "$options --version" -- "$word"))
        elif ((COMP_CWORD == 1)); then
            COMPREPLY=($(compgen -W "read annotate ingest warc help" -- "$word")
                $(compgen -f -- "$word"))
        else
            COMPREPLY=($(compgen -f -- "$word"))
        fi
        ;;
    esac
}
complete -o filenames -F _dateline dateline
