"""What English words mean to a dispatcher; the notation is told in `core.rules.lexicon`."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "HURT": """
        hospital with, taken to hospital, to the hospital, hurt himself, hurt his, hurt her, cut his
        (hand|finger|leg|arm), broke (his|her) (leg|arm|wrist|ankle), wounded, concussion, heart attack, heatstroke,
        drowning, drowned, buried, crushed, killed, dead body, died, a fall from, slipped and fell, first aider, in the
        lift shaft, stuck in the (lift|elevator), injur(y|ies|ed), (is|are|been|badly|seriously|got|was|were) hurt,
        bleeding, unconscious, ambulance, electrocuted, electric shock, (been|was|got|is)
        (hit|struck|crushed|run over|buried) by, fell (from|off|into|down), (has|have) fallen (from|off|into), trapped,
        stuck between floors, fainted, collapsed on site, casualt(y|ies), fatalit(y|ies), not breathing, burned himself,
        burns, poisoned, broken (leg|arm), (lost|cut off) (a|his) finger, someone (is |)down on the ground, near miss,
        nearly fell, with (a knife|knives), fist fight, fighting on site, about to jump, threatening to jump, is
        choking, vomiting, food poisoning, (a|the) child (is |got |has )(in|inside|into|on), not responding to us,
        missed (him|her|two men|a man|someone|somebody), run over, knocked down, has passed out, passed out,
        electrocution, crush injury, lost consciousness, unresponsive, amputated, in shock""",
    "DANGER": """
        gas smell, smell(s|) (of|like) (gas|burning|smoke), smelling of gas, smoke in, a fire (in|on|at|has|broke), fire
        has broken out, fire broke out, fire in the, flames, falling (objects|debris|bricks|materials|from), fell onto
        the (road|street|pavement|footpath), life-threatening, dangerous, in danger, at risk of
        (falling|collapse|injury|death), not safe, asbestos, chemical spill, gas is leaking, collaps(e|ed|ing),
        cav(ed|ing) in, gives way, given way, giving way, gave way, on fire, caught fire, (is|are) burning, smoke
        (is |)coming, smoke from, gas leak, leaking gas, explo(ded|sion), sparks, sparking, landslide,
        evacuat(e|ed|ing), about to (fall|collapse|tip|give), toppl(ed|ing), tipping over, is leaning, leaning over,
        exposed (live |)(cable|wire|wires), live (cable|wire|terminals), bare wires, next to hot work(s|), people
        (are |)(still |)(at the bottom|underneath|below|inside), unprotected edge, without
        (a harness|harness|fall protection), there is smoke, there's smoke, smoke on, alarm is ringing, alarm is going
        off, alarm going off, building is being evacuated, unsafe to, risk of
        (collapse|fire|injury|explosion|electrocution|falling), hanging over the, snapped under load, hissing, hisses,
        overturned, tipped over, rolled over, on the verge of, could fall, might fall, may fall, could collapse, might
        collapse, may collapse, any moment, any minute now, bare conductor(s|), electrified, gas escap(es|ing), carbon
        monoxide, burning smell""",
    "HAZARD": """
        crane(s|), hoist(s|), scaffold(s|ing|), formwork, falsework, trench(es|), excavation, slope, guardrail(s|),
        guard rail(s|), edge protection, handrail(s|), lifting gear, sling(s|), wire rope, cherry picker, boom lift,
        access platform, earth leakage breaker, distribution board, switchboard room, acetylene, gas bottle(s|), fire
        panel, fire alarm panel, sprinkler pump, retaining wall, shoring, anti-collision, dumper, excavator, gantry""",
    "FAULT": """
        missing, miss, will miss, going to miss, unstable, unsafe, wobbl(y|ing|es), swaying, shaking, worn out, expired,
        leak(s|ing|y), spill(ed|), short-circuit, overload(ed|), broken, broke, fail(s|ed|ing|ure|), faulty, defective,
        damaged, crack(s|ed|ing|), loose, jammed, blocked, malfunction(s|ing|), does(n't| not)
        (trip|work|match|fit|react), do(n't| not) (match|fit|work), out of order, snapped, torn, slipp(ed|ing), sagging,
        bent, hit by a (lorry|truck|van), flooded, mismatch, wrong, incomplete, disabled, bypassed, clash(es|),
        rejected""",
    "LACK": """
        not, no, never, none, nobody, no one, without, isn't, aren't, wasn't, hasn't, haven't, didn't, still need(s|),
        is lacking, lack(s|), short of, not (yet |)(signed|stamped|approved|assigned|ready|arrived|here|there),
        unsigned, unstamped, unanswered, overdue, never came, have(n't| not) (come|arrived|been), has(n't| not)
        (come|arrived|been), waiting for, wait for, otherwise, or else, unless, or the, or we, or they, if not""",
    "LEAK": """
        (been |)leaked, data leak, data breach, data loss, ransomware, hacked, hacker(s|), malware, virus, intruder,
        being encrypted, publicly (visible|accessible|available), public(ly|) on the (internet|web), open to anyone,
        sent to the wrong, wrong (recipient|person|client|address|people|customer), files are being deleted, deleted by
        mistake, wiped, break-in, broken into, to (a|the|our) competitor, to competitors, by unauthorised, by
        unauthorized, unauthorised access, unauthorized access, account was compromised, been compromised, personal data
        (of|is|are|was|were|has|have), defaced, tampered with, somebody else has logged in, someone else has logged in,
        on a public (site|server|link|folder|drive), credentials were, password was stolen, shared publicly, posted
        online""",
    "ALL": """
        all (staff|users|employees|workers|crews|trades|sites|offices|works|work), (whole|entire|all of the)
        (site|company|firm|building|tower|block|business|organisation|organization|office building|factory|plant|line|
         project|campus|hospital|school|office), across the
        (entire |whole |)(company|firm|site|building|organisation|organization), company-wide, companywide, firm-wide,
        site-wide, sitewide, the building has no, hundreds of, dozens of (people|workers|users|staff|employees|men)""",
    "EVERYONE": """
        all (of the |the |our |)(staff|users|employees|workers|people|colleagues), no user, every user, every employee,
        every worker, each of us, the lot of us, not a single, everybody, everyone, all of us, all of them""",
    "GROUP": """
        (a |the |our |whole |entire |one |)(crew|gang|team|department|shift|squad)(s|), (whole|entire)
        (floor|room|unit|class|group|row|wing|accounts office), (the |our |)(accounts|finance|hr|design|bid)
        (team|department|office|people|group), (the |our |)(sales|procurement|legal|it|estimating|payroll)
        (team|department|office|people|group), colleagues, room full, subcontractor(s|), all
        (lorries|trucks|deliveries), lorries, deliveries, queue of trucks, residents, tenants, trucks, mixers, truck
        mixers""",
    "ME": """
        (won't|doesn't|does not|will not|wouldn't|didn't) let me, refuses to let me, keeps kicking me, keeps throwing
        me, keeps logging me,
        (won't|doesn't|does not|will not|lets|let|tells|asks|kicks|throws|shows|gives|keeps asking|keeps telling) me,
        (nobody|no one|people|others|they|colleagues|clients) (can hear|can't hear|cannot hear|can see|can't see|cannot
        see) me,
        i, i'm, i've, i'll, my, me, myself,
        just me, only me, it's just me""",
    "HALT": """
        (work|works|site) (is |has |have |was |were )(now |actually )(stopped|suspended|halted), (work|works|site)
        (is |has |have |was |were )(completely |been |)(stopped|suspended|halted), (work|works|site)
        (been |has been )(now |actually |completely |been |)(stopped|suspended|halted), (work|works|site)
        (have been |is at |)(now |actually |completely |been |)(stopped|suspended|halted), (work|works|site)
        (is |has |have |was |were )(now |actually |completely |been |)(shut down|closed), (work|works|site)
        (is |has |have |was |were )(now |actually )(at a standstill|standstill), (work|works|site)
        (is |has |have |was |were )(completely |been |)(at a standstill|standstill), (work|works|site)
        (been |has been )(now |actually |completely |been |)(shut down|closed), (work|works|site)
        (have been |is at |)(now |actually |completely |been |)(shut down|closed), (work|works|site)
        (been |has been )(now |actually |completely |been |)(at a standstill|standstill), (work|works|site)
        (have been |is at |)(now |actually |completely |been |)(at a standstill|standstill), stop-work order, stop work
        order, stop work, standstill, at a halt, ground to a halt, came to a halt, strike, downed tools, shut by, shut
        down by, closed by, (stopped|halted) by the (authority|authorities|inspector|inspectorate|police|council),
        prohibition notice, all activities (have |)(stopped|ceased), ordered to stop""",
    "STOP": """
        idle, stopped, stands? still, standing (still|around|about|by|outside|in the rain), stood down, sitting
        (idle|around|there|in the room), sent home, gone home, went home, waiting, waiting for, wait(s|ing) outside, is
        stuck, are stuck, stuck, held up, held back, blocked from, (cannot|can't|can not|unable to|could not|couldn't)
        (work|continue|proceed|start|do any work|do anything|do a thing|go on|get on), no work, can't get (in|into),
        cannot get (in|into), refused at, turned away, locked (out|everybody out|everyone out), lock everybody out,
        nothing to do all, another day off, at a loose end, stays black, stay(s|) shut, without lunch, holding up, holds
        up, hold up, goes home, go home, going home, will go home, stand idle, stands idle, sit idle, sits idle,
        twiddling, with nothing to do, delaying the, on hold, brought to a stop, downtime, queueing, queuing, queued up,
        backed up at the gate, off sick of waiting""",
    "DOWN": """
        can't, cannot, can not, unable to, couldn't, could not, is no longer available, won't work, does not work,
        doesn't work at all, no
        (heat|power|electricity|network|internet|connection|signal|phones|water|heating|light|access|mail|e-mail|email|
         wifi), no wi fi, no internet access, has died, died on me, is broken, hard drive failed, not responding, not
        reachable, refuses to (start|boot|open|load|print|connect), error on every, won't let me in,
        (is|are|was|went|gone|goes|has been) (now |still |completely |totally |)(down|offline|dead|out), down again,
        down since, system down, server down, network down, (has |have |keeps |keep |just |)crash(es|ed|ing|), outage,
        offline, not working, isn't working, stopped working, (won't|will not|would not|doesn't|does not|did not|didn't)
        (start|boot|turn on|switch on|open|load|connect|respond|react), nothing works, no longer works, without
        (power|electricity|network|internet|phones|water|heating|access|mail|email), lost
        (access|power|connection|the connection|our connection), power cut, power failure, blue screen, unusable,
        unreachable, unavailable, (can't|cannot|can not|unable to|could not|couldn't|can no longer)
        (log in|log on|login|sign in|access|open|connect|reach|print|post|send|receive|use|upload|load|get into|submit|
         save|read|see|enter|call|be signed|be decrypted|be read), locked out, fails, keeps failing, upload fails,
        receive no mail, receive no, can't go on, can no longer, eaten the, frozen, freezes, hangs, timed out, times
        out, gas was cut off, was cut off, (water|gas|power) is off""",
    "SPREAD": """
        getting worse, gets worse, rising, is growing, spreading, pouring in, burst pipe, pipe has burst, pipe burst,
        water is coming, flooding, and climbing, overheating, keep(s|) lifting, still being used, right now,
        as we speak""",
    "MILESTONE": """
        pour(s|ed|ing|), pour the, concreting, handover, hand-over, hand over, acceptance, inspection tomorrow,
        inspect(s|or|ors|ion|) (is |)(here|comes|arrives|visit|visits), authority inspects, topping out, commissioning,
        cut-over, cutover, go-live, go live, deadline, due date, payday, payroll, pay day, salaries, wages, audit,
        signed off, sign-off, milestone, completion date, contract date, opening ceremony, board meeting, client
        presentation, site opening, permit expires""",
    "BID": """
        bid(s|), tender(s|), tendering, e-tendering, bid portal, bid bond, submission, submittal of the bid, tender
        portal, bidder(s|), auction""",
    "COMPLAINT": """
        complain(s|t|ts|ed|ing), criticis(es|ed|ing), criticiz(es|ed|ing), escalat(ed|es) to, threatens to, furious,
        very angry, formal notice, lawyer, terminate the contract, unacceptable""",
    "LOSS": """
        penalt(y|ies), liquidated damages, in default, default, claim, fine(d| of), at stake, lose (the|our), loss of,
        losses, forfeit(s|ed|), costs us, void, disqualified, compensation, lds, ld, damages, lawsuit, sue us,
        blacklisted, lose the bid, lose the contract, lose the project""",
    "NOW": """
        emergency, critical, immediate, emergency
        (help|repair|repairs|assistance|situation|request|visit|call-out|callout|works|fix|case), immediate
        (help|attention|action|assistance|response|reply|repair|intervention|support), critical
        (issue|problem|fault|situation|failure|incident|error), most urgent, very urgent, extremely urgent, super
        urgent, need(s|ed|) (it |this |help |)(right |)now, right now please, without a moment, no time to lose, every
        minute counts, every second counts, act now, come now, now!, with immediate effect, rush job, in a panic,
        panicking, drop what, urgent, urgently, immediately, at once, right away, straight away, straightaway, right
        this minute, this instant, this minute, without delay, instantly, highest priority, top priority, high priority,
        code red, mayday, sos, drop everything, cannot wait, can't wait, as fast as you can, come quickly, come quick,
        stop press""",
    "SOON": """
        fairly urgent, quite urgent, rather urgent, somewhat urgent, before long, speed (this |it |)up, sooner rather
        than later, prioritise, prioritize, please rush, in a hurry, quick turnaround, at the earliest, earliest
        convenience, swiftly, time-sensitive, time sensitive, pressed for time, waiting on this, asap, a.s.a.p, as soon
        as (possible|you can), soon as possible, soonest, quickly, promptly, pressing, hurry, hurry up, expedite, time
        is short, time-critical, time critical, running out of time""",
    "CHASED": """
        (second|third|fourth|fifth|another|final|last) reminder, (second|third|fourth|fifth) time,
        (chased|asked|reminded|called|written|mailed|emailed) (you |)(twice|three times|four times),
        (chased|asked|reminded|called|written|mailed|emailed)
        (you |)(several times|many times|again and again|repeatedly), still no (answer|reply|response)""",
    "CALM": """
        non urgent, not so urgent, unhurried, no time pressure, no pressing need, when things calm down, when things
        quiet down, on a quiet day, in your own time, if and when, as and when, when possible, when you can, when you
        are free, when you're free, once you have time, next time you are, don't hurry, do not hurry, there's time,
        plenty of time, lots of time, not immediately, not right away, not straight away, not a priority, not high
        priority, bottom of the (list|pile), could wait, this can wait, will wait, after the holidays, some day,
        someday, one of these days, for later, no (real |great |particular |big |)(rush|hurry|urgency|haste|pressure),
        not (in |)a(ny|) (rush|hurry), in no (rush|hurry), take your time, whenever (you|it|there|someone|convenient),
        when(ever|) (you|someone|somebody) (can|have|has|get|gets|find|finds) (a |)(time|minute|moment), when(ever|)
        (you|someone|somebody) (can|have|has|get|gets|find|finds) (a |)(chance|round to it|around to it), at your
        (convenience|leisure), when convenient, when it suits, if you have time, when time permits, it can wait, can
        wait, no need to (drop|rush|hurry), not before, don't need it (yet|until), some time, sometime, early enough,
        won't chase, leave it (for now|until), for now leave, at some point, eventually, low priority, i can live with
        it, can live with, not today, in due course, any time this, any time next, any time, no deadline, back burner,
        not time-critical, nothing pressing""",
    "LOWEST": """
        lowest priority, lowest of priorities, last on the list, nice to have, nice-to-have, purely cosmetic,
        cosmetic""",
    "TODAY": """
        today, tonight, this (afternoon|evening), by (noon|midday|midnight|lunch|lunchtime), before noon, (close|end) of
        (business|play|the day|day|today), eod, cob, midnight""",
    "TOMORROW": """
        tomorrow, tmr, tmrw, within (24 hours|a day|one day), first thing, overnight""",
    "CLOCK": """
        am, pm, o'clock""",
    "DAYS": """
        day after tomorrow, this week, next week, by the (weekend|end of the week), end of (the |this |next )week,
        weekend, end of (the |this )month, in two weeks, within two weeks, fortnight, next
        (mon|tues|wednes|thurs|fri|satur|sun)day, (mon|tues|wednes|thurs|fri|satur|sun)day""",
    "WEEKS": """
        next (month|quarter|year|spring|summer|autumn|winter|season|year's), of next month, end of next month,
        (in|within|takes) (three|four|five|six|several|a few) (weeks|months), in a month, (a month|months) from now, in
        (spring|summer|autumn|winter)""",
    "SOLVED": """
        has disappeared, went away, gone away, cleared itself, solved itself, resolved itself, sorted itself, been dealt
        with, been taken care of, taken care of, all good now, good now, ok now, okay now, fine again, is fine now, are
        fine now, power is back, network is back, is working again, are working again, it works now, found it, found
        the, i found, withdrawn, withdraw my, cancel my, please cancel, no longer
        (need|needed|necessary|required|an issue|a problem|urgent), not needed any more, not needed anymore, no need any
        more, don't need it any more, don't need it anymore, obsolete, closed now, lifted last, is over, has passed,
        (has been|have been|was|were|is|are|been|it's|got|all|now|already)
        (now |since |)(solved|resolved|fixed|repaired|restored),
        (has been|have been|was|were|is|are|been|it's|got|all|now|already)
        (now |since |)(sorted|sorted out|settled|cleared up|done|completed), solved now, fixed now, problem solved,
        works (again|now|fine now|fine again), working (again|fine now|now), up again, back
        (up|online|to normal|in service|on), fine since, fine now, good again, never mind, nevermind,
        ignore my, ignore the, please ignore, disregard, false alarm, (it |)no longer is, can be closed, turned out to
        be, was(n't| not) down after all, after all, pay no attention, no action (needed|required), no further action,
        has been stable, (been |were |was )cancelled, been canceled, all is (dry|well|good|fine), pumped dry, has been
        lifted, been replaced, no need to (come|act|do anything)""",
    "STILL": """
        still, again, once more, keeps, but now, yet again, not yet, to this day, since
        (then|this morning|yesterday|monday|lunch|morning|seven|7), back again, came back, returned, recurring""",
    "ROUND": """
        workaround, work-around, way round, way around, works fine, can use (the|another|mine), use another, using
        another, perfectly usable, still usable, usable, but it works, in the meantime we, have a spare, doesn't
        (stop|hold up|affect) (us|work|anyone|anybody), not blocking, manage without""",
    "ELSEWHERE": """
        (neighbouring|neighboring|other|adjacent|next) (site|project|building|company|firm) (has|is|was|have), next
        door('s|) (site|has), does(n't| not) (concern|affect|involve) us, not our (site|project|problem), nothing to do
        with us, in another company""",
    "DRILL": """
        (a|the|our) drill, drill (is|on|at|will|tomorrow|today), (evacuation|rescue|fire|emergency|safety)
        (drill|drills|exercise|rehearsal|training), rehearsal, simulation exercise, planned
        (outage|maintenance|power cut|shutdown), scheduled (outage|maintenance|shutdown), test alarm""",
    "TRIFLE": """
        coffee, tea, biscuit(s|), cookie(s|), cake, snack(s|), mug, flowers, potted plant, sticker(s|), font(s|), logo,
        poster, picture frame, colour(s|), color(s|), wallpaper, icon(s|), stapler, whiteboard marker(s|), markers,
        pen(s|), typo, spelling mistake, photo on the, doodle, calendar on, radio, playlist, birthday, funnier, nicer,
        prettier, ugly, crooked, blurred, slightly, football, table tennis, biscuit tin, the (fridge|kettle|microwave),
        logo on, wording, old logo, layout of the (page|report)""",
    "WISH": """
        would be (nice|great|lovely|good|cool) (to|if), it would be (nice|great|lovely|good), could the, may we, small
        idea, an idea, just an idea, suggestion, just a suggestion, we suggest, i suggest, i'd like to suggest, feature
        request, comments welcome, wish list, how about""",
    "QUESTION": """
        what's, who's, where's, when's, how (do|does|can|should|would|many|much|long|to|is|are), what
        (is|are|does|counts|would|happens|if|kind|form|time|should|do), which
        (form|one|procedure|person|document|department|version|way), who (is|do|does|should|can|to), when
        (will|is|are|does|can), where (is|are|do|can), why (is|are|does|do), could you tell me, can you tell me, do you
        know, is (this|that|it) (considered|classified|regarded|covered|included|possible), is there (a|any), are there
        (any|), do we (have|need), does anyone know, i don't understand how, i wonder, wondering (if|how|whether|what),
        just asking, only curious, or not?, question about, quick question, has (work|it) actually, explain
        (what|how|why|the), could someone explain, can someone explain, want to know, like to know, would like to
        understand, curious (how|what|whether), need clarification on, any idea""",
    "NOTE": """
        for your (information|records|files|reference), for information, for the (record|records|file|files|archive),
        fyi, just to let you know, letting you know, just so you know, please note that, attached for (your|the)
        (information|records|record|files|file|archive), in case you wonder, no reply needed, thank(s| you) for
        (the|your), thanks to, many thanks for the, well done, great (service|job|work), good job, compliments, kudos,
        handled beautifully, arrived at, sorry for the noise, confirm(s|ed|ing) that""",
    "PAPER": """
        certificate(s|), report, test reports, drawing(s|), document(s|), form, copy, copies, sheet, template, schedule,
        calculation(s|), layout, specification, manual, plan(s|), sign, signs, label, folder, list, revision, quotation,
        quote, invoice, statement, register, method statement, photo(s|), record(s|), minutes, diary, log""",
    "IRONY": """
        of course, sure thing, oh (great|wonderful|good|joy|lovely|well|sure), wonderful, brilliant, bravo, fantastic,
        just great, just what (i|we) needed, we love, we enjoy, who needs, only the, it's only, it is only, just the
        whole, merely, as usual, what a surprise, surprise surprise, congratulations, hooray, lovely, splendid, well
        done again, wow, yay, thanks a lot, thanks for nothing, slow clap, lucky us, lucky me, yeah right, how nice,
        love it, loving it, great job as always, another day off""",
    "IF": """
        if, for (urgent|emergency|urgent or emergency) (matters|cases|requests), in an emergency, in case of, in case,
        in the event, suppose, supposing, hypothetically, should there be, were to, would have, what if, for example,
        e.g""",
    "PAST": """
        yesterday, last (night|week|month|year|monday|tuesday|wednesday|thursday|friday|time|winter|summer), ago,
        previously, earlier, in the past, formerly, used to be, (it |that |which |)(was|were)
        (so |very |really |quite |)(urgent|critical|an emergency), back then, had been, we called, i called, i said it
        was""",
    "NOT": """
        not, no, never, nothing, none, without, neither, nor, non, isn't, aren't, wasn't, weren't, hasn't, haven't,
        hadn't, don't, doesn't, didn't, won't, wouldn't, hardly, until, till, once""",
    "NOBODY": """
        nobody, no one, none of us, none of them""",
    "ABLE": """
        can, could, is able, are able""",
    "HEADS": """
        people, men, women, of us, of them, persons, folks, salaries, accounts""",
    "FOLK": """
        workers, labourers, laborers, operatives, bricklayers, masons, carpenters, joiners, electricians, plumbers,
        painters, fitters, welders, riggers, scaffolders, steel fixers, steelfixers, rebar fixers, pipefitters, roofers,
        plasterers, engineers, surveyors, inspectors, drivers, users, staff, employees, staff members, estimators,
        designers""",
    "UNIT": """
        hour(s|), minute(s|), min(s|), day(s|), week(s|), month(s|)""",
    "LABEL": """
        emergency, critical, immediate""",
    "NAME": """
        (who said|nobody said|never said|didn't say|i didn't say|who says) (it's|it is|this is|that's|it was|this
        isn't|it isn't) (not urgent|urgent|no rush|not pressing),
        (autocad|word|excel|system|software|windows|revit|browser|outlook|app|program|it|computer|laptop|printer)
        (complains|is complaining|complained|keeps complaining), missing (font|fonts),
        curtain (wall|walls|walling), crash (course|barrier|deck|mat), fire
        (stopping|rating|strategy|compartment|damper|dampers|blanket), emergency
        (contact|contacts|number|numbers|plan|procedure|access|vehicle|vehicles),
        (in|on|via|over|join|joining|using) teams, teams won't, teams keeps, teams crashes, teams freezes, teams says,
        teams (room|account|notification|notifications|status|login|client|webinar|session), ms teams, microsoft teams,
        teams (call|calls|meeting|meetings|chat|channel|link|invite|app|message|messages|audio|video|recording),
        word (urgent|emergency|critical|asap|immediately), called (urgent|emergency), named (urgent|emergency),
        (marked|labelled|labeled|headed|titled|flagged) (as |)(urgent|emergency|critical), danger of confusion, no
        (danger|problem|problems|worries|doubt|idea|objection|objections|comments|smoking|entry|parking), (risk|danger)
        (assessment|assessments|matrix|log|area|zone), stop(s|) (button|buttons|line|lines), bus stop(s|), door
        stop(s|), full stop, pit stop, waiting (period|times|time|bay|room|area|list|lounge), weight(s|), down
        (town|hill|stairs|pipe|pipes|light|lights|payment), breakdown of (costs|the costs|prices|quantities), cost
        breakdown, price breakdown, work breakdown structure, broken (stone|stones|brick|line|lines), crack width(s|),
        failure (mode|modes|analysis|criteria|rate), loss of (prevention), collision detection, clash detection, clash
        report, leak detection, leakage current, dead (bolt|bolts|man|load|loads|end|line), deadlock, high
        (gloss|definition|tide|quality|speed|rise|school|ceiling|level|voltage|street), rapid (hardening|setting), quick
        (setting|coupling|release|start guide), urgent (care|bike|mail|folder|tray|trays|stamp|label|matters), if
        (possible|you can|you could|any|need be|applicable), in no time, (can|could) (tell|say|explain),
        (stopped|stops|stop|break|pause) for (lunch|tea|coffee|the night|the day|the weekend), priority
        (seat|seats|seating|lane|list|customer|customers|pass|boarding|matrix|queue), high priority
        (customer|customers|list|lane|item|items), top priority (list|customer|customers), high-rise, high-level,
        high-voltage, high-performance, fast-track, fast track, rush hour, rush-hour, stop (valve|sign|log|end|bead),
        accident (book|statistics|report|insurance|prevention|form), injury (statistics|report|form|rate), collapse
        (analysis|mechanism|load), progressive collapse, evacuation (plan|plans|route|drawing|drawings|chair|map),
        danger (sign|signs|zone sign), live load(s|), downpipe, help (desk|page|file|text|menu|centre|center), express
        lift, crash (barrier|barriers|course|deck|test), explosion-proof, explosion proof, leak test(s|), crack
        (monitoring|width|control|gauge), virus scanner, expansion joint, claim form(s|), default
        (printer|font|value|values|setting|settings|password|browser|matrix), strike plate(s|), bid (template|folder),
        team (building|photo|lunch|calendar), (safety|hazard|risk)
        (sign|signs|record|plan|file|poster|manual|training|register), scaffold tag(s|), crane mat(s|), fine
        (aggregate|art|aggregates), fall protection plan, loss (adjuster|ratio), at stake(s|) of, for all the, all the
        best, of all""",
}  # fmt: skip
