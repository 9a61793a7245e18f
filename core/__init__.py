"""The core: everything between hearing and showing. Read this first; it is the map of the tree.

Seven verbs, one direction: hear -> ask -> decide -> keep -> carry -> say -> show. The adapters are the two ends (hear,
show) and know nothing of what lies between; `bot` wires and runs. Who knows the verb knows the folder.

`model`, `events`, `errors` are values: a Request with its timers, what happened to it, why something is refused.
`ports` is what crosses the border to an adapter: an Envelope comes in, an Answer goes back, Messages go out.

**ask** is what may be asked, by anyone, from anywhere. `commands` and `queries` are values; `grammar` turns a typed
line into one of them, and usage and hints come from the same table. It knows no calendar and no database: "due:fri" is
a phrase here, and becomes an instant later: `moments` knows how far it reaches, `marks` reads what is filed in one
line, and writes it again.

**rulebook** reads the one TOML file that an administrator writes into frozen values, with the line and a hint for each
mistake: `load` is the way in, each section has a file (`calendars`, `agreements`, `people`...). `directory` joins it
with what was learnt at run time: linked accounts, moved chats, chosen languages.

**rules** decide; they are pure and take `now` as an argument; values are msgspec Structs, and what knows more of
spelling, pinyin and English dates than we do is a library, loaded when it is first needed. `decide` is the way in:
(request, command, context) -> Decision: the request as it is after that, the events, and the deliveries. `filing` makes
a request of a line, `lifecycle` says who may do what in which status, `priority` explains itself, `phrases` resolves
dates, `wishes` asks what they could mean, `handlers` has one function per command. `menu` knows who may order what,
`finding` finds it however it is typed (with two libraries, on first use), `details` reads the answers to an item's
fields, `files` says which files are taken, `criteria` weighs the facts of the form, `allowance` rations P1, `scope`
knows what is outside an agreement, `corrections` counts which rules of priority misled. `transitions` is the heart: one
transition of a request at an instant, by the names of the table in `metrics`, which says what each does to each clock.
The clocks are one ruler: `calendar` measures business time, `clocks` moves them, `joining` merges, copies and corrects
them, `sla` finds checkpoints, due and the reasons for both, `preview` tells what would move under another agreement,
`versions` from when on a changed calendar rules, `passing` decides what the passing of time brings, `routing` who hears
of it, `digest` what the morning tells. `why` lays a clock's spans out for whoever asks; `replay` measures them under a
draft, `rebuild` holds them against what is stored. `duty` says who is on duty at an instant, `standin` who may stand
in; `ladder` whom a step tells and what is ahead, `known` what is no news to them, `calm` what may make a sound now,
`followup` when an assignee is asked, `soundness` what will surprise.

**store** keeps, and is the only place that knows SQLModel and SQL. Tables are rows, `mapping` joins them to values.
`writer` is the one thread that writes: it takes all units that wait, and commits once; what its last commit left,
`remembered` need not ask for. `outbox` holds deliveries as facts, never as text; `journal` chains what happened by
hash; `facts` holds the small things: drafts, links, the page; `uploads` the files that came over it.

**say** has all words, pure and platform-free. A Message is blocks of spans, so that a person's text can never become
markup; catalogues lie in `locale`, English is the key and zh-CN its equal. Cards show a state, notices tell an event.

The rest joins these. `desk` is the one door: whatever changes state passes `ServiceDesk`, people by `hear`, the clock
by `handle`, and is exactly one transaction that never waits for a network. `batch` is that transaction: it loads,
decides, keeps. `reception` leads one envelope through it: who speaks, what they ask, what they are answered. Beside it
stand what it hands on: `drafts` keeps what is typed, `handing` takes files and what was missing, `people` what they
arrange for themselves and their chats, `where` knows where it can be said instead, `agreeing` what clients accept and
managers apply, `rota` covers, swaps and absences; `similar` knows what else is open and may be the same. `ticker` turns
what is due into commands through that door. `courier` carries deliveries: claim, load fresh, is it still true?, does it
wait for somebody's peace (`hush`)?, say, post, record. `publishing` is what a newly loaded rulebook brings: proposals
to clients, deadlines moved. `look` and `pages` answer queries, each as its asker may see it; `briefing` gathers what a
digest says. `replay` and `rebuild` read the past from end to end, in portions, for the administrator and for managers;
`ical` is calendars out and in.

Arrows run down only, and import-linter holds them (pyproject.toml):

    pages | ticker | courier | publishing  >  desk  >  reception  >  handing | rota | people | agreeing | where  >  drafts
        >  batch  >  look  >  rebuild | replay | ical | hush | briefing | similar  >  store  >  say  >  rules
        >  ask | rulebook  >  events  >  errors  >  model
"""
