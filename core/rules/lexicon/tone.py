"""How it is meant and by when, in both languages: praise, patience, haste, limits of time, wishes, questions, what is over.

The notation is told in `core.rules.lexicon`.
"""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "PRAISE": """
        (so|much|far|way|a lot|noticeably) (better|faster|nicer|quieter|clearer|smoother|easier) (than|now|since),
        (is|are|was|were) (really |just |absolutely |simply |)(great|brilliant|excellent|fantastic|superb|spot on|top
        notch|a joy), just wanted to say (thanks|thank you|how|that),
        (cheers|ta|thanks|thx|thank you) (for|to)
        (bringing|dropping|popping|coming|sending|swapping|replacing|finding|putting|lending|the), no
        (trouble|problems|issues|complaints) since,
        (has|have) been (great|brilliant|perfect|flawless|smooth|excellent|lovely|wonderful|a dream) (since|ever
        since|now|all), (works|working|runs|running) (great|perfectly|beautifully|brilliantly|like a charm|like new|a
        dream|wonderfully),
        thumbs up, (well|nicely|quickly|perfectly|beautifully|brilliantly)
        (done|handled|solved|fixed|organised|organized), top (job|work|service|notch|marks), first-class,
        (stellar|great|excellent) (work|job|service), amazing (job|work|service|support), awesome
        (job|work|service|support), super (job|work|service|support|helpful), fantastic (job|work|service|support),
        (thank you|thanks|thx|cheers) (so much|very much|a lot|again|guys|team|all|everyone|folks) (for|to),
        (thank you|thanks|thx|cheers) for
        (your|all|the|sorting|fixing|coming|helping|being|taking|getting|doing|making|such|responding|replying|stepping|
         staying|last|yesterday's|everything), big thanks, huge thanks, special thanks, many thanks to, thanks to your,
        hats off to, shout-out, shoutout, props to, compliment to, compliments to, my compliments, hat tip, grateful
        for, really appreciate (the|your|it), much appreciated work, we appreciate (the|your), appreciated your, five
        stars, 5 stars, saved (our|my|the) (day|bid|tender|bacon|weekend|week|life|meeting|presentation), you're the
        best, you are the best, you rock, pleased with, happy with (the|your|how), impressed (by|with), delighted
        (with|by), satisfied with, glad it worked, made my day, lifesaver, life saver, love(s|) (the|your|our)
        (new|work|support|service|dashboard|dashboards), worked a treat, went smoothly, went well, went perfectly, a
        pleasure working, thanks for
        (fixing|solving|helping|sorting|the quick|the fast|your quick|your fast|repairing|taking care), thank you for
        (solving|the quick|the fast|your quick|repairing), many thanks for the, kudos, good job, great job, good work,
        nice work, saves us, saves me, saved us, saved me, save us (time|hours|a lot|so much), what a relief, so
        helpful, very helpful, really helpful, such a help, such a relief, whoever
        (wrote|did|made|designed|built|fixed|had|came up)""",
    "NOTE": """
        forwarding (the|this|you|our|an|a), passing on (the|this), sharing (the|this) (for|with),
        please file, file this, file these, file them, file it, to file it, for filing, for your files, for the project
        file,
        for (the |)(2027|2028|2029|2030) budget, for next year's budget, for the budget round,
        this is to let you know, wanted to let you know, want to let you know, letting everyone know, for your interest,
        for your awareness, for awareness, keeping you posted, keep you posted, just an update, quick update, status
        update, small update, update for you, for later reference, for our records, for the minutes, for the folder, for
        the binder, for the dossier, into the (folder|archive|file|binder|project file|handover folder), in the
        (archive|handover folder|project file|binder), to the (archive|file|handover folder|project file), archive copy,
        on file, file copy, to be filed, please archive, to archive, kindly note, take note, noting that, be advised, we
        would like to inform, i would like to inform, would like to let you know, reminder that the, nothing required,
        nothing needed, no response needed, no answer needed, no reply necessary, no need to
        (reply|answer|respond|reply to), no follow-up needed, does not need an answer, doesn't need an answer,
        informational, information only, out of office, on leave, on vacation, on annual leave, on parental leave, on
        holiday from, away from my desk, will be away, i'll be away, i'll be out, i will be out, office will be closed,
        office is closed on, we moved to, our new address, new phone number is, moved house, minutes of
        (the|last|yesterday's|our), attached you'll find, attached please find, see attached for, as discussed attached,
        as agreed attached, as requested attached, here is the (signed|final|list|link|copy|file|document|report),
        (project|central|drawing|digital|company|client) (archive|archives), as announced, as communicated, as already
        announced, as informed, as told, as you know, as per our, noted, for completeness,
        for your records, for your records only, forwarding it for""",
    "CALM": """
        (at|during|on|with|in) the (regular|next|usual|normal|routine|annual|monthly|quarterly|weekly)
        (service|maintenance|visit|round|check|inspection|servicing), nothing dramatic, i can live with,
        park (it|this|that|them) (for now|until|till|for the moment|), parked for now, on ice, on the back burner,
        back-burner, shelve (it|this),
        at (the |)next (revision|issue|update|release|reissue|review|visit|round|opportunity|stop), with the next
        (revision|reissue),
        nice-to-have, zero rush, zero urgency, isn't a rush, isn't urgent at all, whenever
        (works|somebody|anyone|anybody|we|time|your|they|you've|you're|u|ya|people), when u (can|have|pass|get), when
        you('re| are) (passing|next|in|near|done|back|bored|less busy|here|on site), when you('ve| have)
        (a sec|a second|time|spare|capacity|a spare|nothing), when (there's|there is)
        (time|capacity|a gap|a slot|a moment), (a|one|some) spare (minute|hour|slot|second), spare moment, if there is
        time, time allowing, time permitting, as time permits, no stress, no panic, don't stress, don't panic, don't
        worry about it, not worth a trip, nobody's in a hurry, weeks away, months away, way ahead, well ahead, long
        before we need, next time (you|someone|somebody|you're), next visit, on your next, during your next, with the
        next (order|delivery|round|release|update|batch|print|shipment|newsletter|print order), in the next
        (release|version|round|batch|sprint|iteration|edition|revision), for the next
        (release|version|round|edition|revision|batch|sprint),
        (order|round|visit|release|version|sprint|batch|delivery|revision|quarter) is (fine|ok|okay|enough), at some
        stage, some other day, another time, on occasion, in the long run, long term, mid-term, backlog, minor priority,
        not high on, no big issue, no drama, no biggie, no problem if it takes, can take
        (a while|its time|a few|weeks|days), may take (a while|its time), is patient, are patient, am patient, be
        patient, we're patient, can hold, can hang on, will hold out, holds out until, can bear it, we manage, we can
        manage, we get by, getting by, we cope, can cope, making do, make do, live with it, i'll live, we'll live, i'll
        survive, we'll survive, works in the meantime, does the job for now, good for now, fine for now, ok for now,
        okay for now, not bothering (me|us|anyone), doesn't bother (me|us|anyone), just annoying, merely annoying, only
        annoying, mildly annoying, slightly annoying, a bit annoying, small annoyance, only a detail, just a detail, a
        small detail, minor detail, nitpick, nit-pick, tiny detail, cosmetic only, only cosmetic, purely aesthetic,
        aesthetic only, just cosmetic, not
        (dramatic|tragic|terrible|a drama|an emergency|the end of the world|too bad|that bad|life-threatening|
         a disaster), nothing (tragic|terrible|big|special|much|too
        bad), isn't dramatic, isn't a drama, isn't tragic""",
    "HARMLESS": """
        (doesn't|does not|won't) hold (anyone|anybody|us|me|anything|the crew|the site|the works) (up|back), nobody's
        held up,
        (doesn't|does not|won't|isn't|is not|not) (hold|holding|keep|keeping|slow|slowing|stop|stopping)
        (anyone|anybody|us|me|anything),
        nothing (is |)(broken|wrong|failing|amiss), nothing's (broken|wrong|failing), there's nothing wrong, nothing is
        urgent,
        not blocking (anyone|anybody|us|me|anything|the team|work), isn't blocking (anyone|anybody|us|me|anything),
        nobody is (blocked|affected|hindered|held up|waiting), no one is (blocked|affected|hindered|held up|waiting),
        nobody's (blocked|affected|waiting), nobody
        (notices|noticed|uses it|uses that|needs it|cares|minds|complains|complained), no one
        (notices|uses it|needs it|cares|minds|complains|trips), no impact, no effect on, zero impact, no consequences,
        without (impact|consequence|consequences), doesn't (hurt|harm|affect|bother|impact)
        (anyone|anybody|anything|us|work|operations|production), does not (hurt|harm|affect|bother|impact)
        (anyone|anybody|anything|us|work|operations|production), harmless, no harm, not harmful, unaffected, just looks
        (bad|weird|strange|off), only looks (bad|weird|strange|off), looks
        (odd|ugly|silly|funny|tatty|shabby|dated|old-fashioned), purely visual, visual only, eyesore, not pretty, not
        nice to look at, itself is fine, still succeeds, succeeded anyway, works anyway, works regardless, just a
        warning, only a warning, a warning only""",
    "SOLVED": """
        (just|only) a (scare|fright|false), (power|internet|network|water|electricity|wifi|heating|signal) (came|has
        come) back,
        (restart|reboot|update|new cable|reinstall|patch|new battery|power cycle|re-login|reset)
        (fixed|solved|sorted|cured|helped|did it|did the trick), ignore (this|my|that|it|the last), did the trick,
        nothing (left|more|else) to do, nothing to do here anymore, nothing to do any more,
        sorted now, sorted already, all fine, all clear, all set now, all working, is all good, everything works,
        everything is fine, everything is working, everything's fine, everything is back, everything's back, up and
        running, is up now, came back on, came back by itself, came back up, back again since, back to work, has
        recovered, got it working, got it to work, got it back, got it sorted, made it work, does work now, now works,
        now working, now it works, works today, works since, works for now, opens again, can log in again, can print
        again, could log in, can get in again, no more (errors|problems|trouble|issues|crashes), problem
        (is |)(gone|fixed|resolved|over|sorted), issue (is |)(solved|gone|fixed|resolved|over|sorted|closed), error
        (is |)(solved|gone|fixed), fault (is |)(cleared|gone|fixed), fixed itself, healed itself, stopped by itself,
        solved by (itself|myself|restarting|rebooting|a restart), it was (the|a|my|me|just|only)
        (cable|plug|fault|mistake|bad|loose|caps|battery|fuse), my (bad|mistake|fault|error|own fault), operator error,
        user error, wrong alarm, was a false, turned out (fine|nothing|harmless|a false|ok|okay|my), no longer
        (broken|stuck|down|offline|missing|happens|happening|occurs|valid|open|there|applies|leaks|want), already
        (put|back|replaced|cleaned|handled|taken|dealt|ordered|reinstalled|received|closed|installed|cleared), been
        (handled|reinstalled|cleaned|cleared|recovered|rectified|remedied)
        (now|already|since|by|yesterday|this|last|thanks|thank), got replaced, completed successfully, successfully
        completed, went through (fine|now|in the end|eventually), finally works, finally working, finally arrived,
        arrived safely, has turned up, resolved on our (side|end), solved on our (side|end), fixed on our (side|end), we
        solved it, we fixed it, i fixed it, i solved it, i sorted it, we sorted it, they fixed it, he fixed it, she
        fixed it, colleague fixed it, no need to send, no need to call, no need anymore, need no more help, don't need
        help any, cancel this request, cancel the request, cancel that, cancel it, please close, can be cancelled, can
        be ignored, can be deleted, scratch that, strike that, forget it, forget about it, forget what i, forget my,
        taking that back, take that back, take it back, at the repair shop, returned to normal, normal again, down to
        normal, has calmed down, has stopped leaking, stopped leaking, went fine, went smoothly, is finished, has
        finished, was lifted, reappeared in, oh only, ok only, only the
        (battery|cable|plug|mouse|mute|switch|caps|fuse|monitor|power), turns out (it was|i had|i forgot|i was using|i was looking|
        the cable|the plug|the battery|to be|that i), oh it was, ah it
        was, ok it was, oh wait, found out it was, was empty, was unplugged, wasn't plugged, was not plugged, was
        switched off, was on mute, was muted, forgot to (plug|switch|turn|charge|press|unmute), i forgot to, i had
        forgotten, i was wrong, i misread, i mixed up, my apologies it, sorry for the (noise|fuss|trouble|false), sorry
        my, sorry wrong, wrong chat, wrong channel, wrong number sorry, no need for, not needed, don't need the, we no
        longer, changed my mind, changed our mind, online again, again online, internet is back, water is back, wifi is
        back, system is back, everything back, replaced it, swapped it, restarted it, repaired it, everyone is online,
        everybody is online,
        out within a minute, put out within, been back since""",
    "STILL": """
        nobody has come, no one has come, nobody came, no one came, nobody has (looked|been|replied|answered|reacted),
        no one has (looked|been|replied|answered|reacted),
        isn't solved, not solved, not fixed, isn't fixed, unsolved, same error, same problem, same issue, same as
        before, reappeared, reappears, resurfaced, is back again, relapse, not resolved, isn't resolved, even after,
        despite the, despite your, despite several, since
        (last|the|that|early|8|9|10|noon|friday|tuesday|wednesday|thursday)""",
    "ROUND": """
        for now we, for the time being, in the interim, for the moment we, by hand, manually, on paper, pen and paper,
        working around, worked around, got around it, borrowed, borrow(s|ing|), sharing with, shares with, share with,
        use the stairs, take the stairs, using the stairs, taking the stairs, (the|a)
        (spare|backup|substitute|replacement|standby|loan) (one|unit|device|printer|laptop|works|is|took|has), failover
        worked, failed over, fallback works, backup (is running|took over|works|kicked in), plan b, alternative works,
        another route, alternative route, other (printer|room|entrance|lift|elevator|door|line|machine|laptop|server)
        (works|is working|is fine|is ok|is available), in another (room|office|browser), using a different, use a
        different, with another browser, over mobile, via hotspot, on hotspot, using hotspot, mobile hotspot, phone
        hotspot, hotspot works, works from home, work from home, working from home, we give out, give out a mobile,
        mobile number for now, use a mobile, lets (her|him|me|them) in, let (her|him|me|them) in, squeeze in, squeezes
        in, shares a, sharing a, on a colleague's, using a colleague's, covers for, fills in for, standing in for, out
        of the spare, keep working, keeps working, carry on working, carries on working, still working on, but keep, but
        continue, otherwise fine, otherwise ok, otherwise okay, otherwise works, otherwise working, apart from that
        fine, apart from that ok, the rest is fine, the rest works, everything else works, everything else is fine""",
    "PLEA": """
        (who|anyone|anybody|someone|somebody) (can|could|who can|who could) (please
        |)(help|install|show|set|fix|check|look),
        (could|can|would|will) (you|someone|somebody) (please |kindly |)add (me|him|her|us|them|my|our|the new|a new),
        (please|pls|kindly|can you|could you|would you|can someone|could someone)
        (send|forward|share|mail|email|publish|post|upload|distribute|circulate|give|copy|put)""",
    "MUST": """
        (client|authority|council|inspector|employer|owner|customer|bank|auditor) (insists on|asked for|asks for|is
        asking for|needs),
        (client|authority|council|inspector|employer|owner|customer|bank|auditor|ministry|engineer|architect)
        (wants|expects|demands|requires),
        must, needs to (be|reach|go|arrive|get), need to (submit|hand|file|send|deliver|publish|present), due
        (on|by|at|date|in|before), is due, are due, was due, falls due, deadline (is|on|at|for|of|in), no later than, at
        the latest, latest by, not later than, required by, mandatory, obligatory, contractually, or they
        (refuse|reject|cancel|withdraw|will|stop|won't|fine|close), or it (is|will|gets)
        (rejected|refused|void|lost|cancelled|late), or (he|she) (refuses|won't|will not|leaves|cancels), refuses
        (the|to sign|to approve|to accept), refuse (the|to sign|to approve|to accept), won't
        (sign|approve|accept|release|pay|let us start|let us pour), will not (sign|approve|accept|release|pay|let us),
        expires, expiring, lapses, lapse, cut-off, cutoff, closing date, hard deadline, statutory, regulatory""",
    "MILESTONE": """
        (quality|safety|supervision) (station|board|authority|bureau), sales launch, product launch, go-live, opening
        day, opening ceremony, topping-out, press event, general assembly,
        (lifting operation|lifting operations|heavy lift), lifts (planned|scheduled|booked|due), (lift|crane lift|road
        closure|shutdown|possession) (is |)(planned|scheduled|booked),
        (inspects|audits|is inspecting|are inspecting), (building|planning|fire|labour|labor|health|housing|safety)
        (department|inspectorate|bureau|brigade|commission|inspector|officer|marshal),
        as-built(s|), as built (set|drawings), acceptance (panel|visit|committee|team|test), panel visit(s|), defects
        inspection, snagging, practical completion, sectional completion, taking over,
        handover(s|), hand-over, commissioning, witness test, hold point, pour(s|), sign-off meeting, completion date,
        topping out,
        inspection(s|), inspector, authority wants, authority (expects|demands|requires|asks|needs), payment run,
        payroll run, salary run,
        council, authority, authorities, planning office, planning department, building control, tax office, revenue
        office, customs, court, notary, ministry, regulator, regulatory filing, tax return, vat return, tax filing,
        annual report, annual accounts, quarterly report, month end, quarter end, year end, quarter close, closing of
        the month, books close, closing the books, planning application, building application, approval meeting,
        steering committee, board presentation, supervisory board, shareholders, investor(s|)
        (meeting|call|visit|presentation|day), key date, contract signing, grand opening, inauguration, ribbon cutting,
        exam, exams, examination, exhibition opening, trade fair, premiere, election, rollout, roll-out, switchover,
        switch-over, fire safety inspection, final inspection, structural inspection, building inspection, snagging,
        practical completion, taking-over, tests on completion, site meeting with the client, mock-up approval, client
        approval, design freeze, tender award, delivery date, shipping date, drop-dead date, hearing, certification,
        accreditation, inspector (standing|waiting|at|from|stands|waits|is standing|is waiting), inspectors
        (standing|waiting|at|from|are), municipality, municipal, district office, labour inspectorate, labor inspector,
        labour inspector, fire brigade inspection, health inspector, health inspection, police check, permit folder,
        permit file, building permit, work permit check, wage file, payroll file, salary transfer,
        concrete (wagon|wagons|truck|trucks|mixers), readymix,
        (pour|inspection|handover|opening|walkdown|bid opening|site visit)('s| is) at
        (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)""",
    "BID": """
        disqualification, disqualified, bid bond, tender bond, bid deposit, tender deposit, bid security, tender
        documents due,
        submission (deadline|portal|closes), bidding (site|portal|platform), bid submission, tender submission, tender
        closes, bid closes,
        e-tender, e-tendering, e-procurement, etender, tender (portal|site|platform|website|system), bid
        (portal|site|platform|system),
        bidding, our offer, final offer, rfq, proposal deadline, upload window, clarification portal, public
        procurement, procurement platform""",
    "COMPLAINT": """
        complain, (is|are|was|were|getting|got|became|gets|very|really|extremely|so)
        (annoyed|angry|upset|livid|fuming|irate|mad|unhappy|displeased|dissatisfied|fed up)
        (about|at|with|that|because|over), shouting at, shouted at, yelling at, yelled at, cursing, swears, swearing at,
        threatens, threatened, threatening, legal action, legal steps, legal department of the (client|owner|customer),
        lawyers, solicitor, solicitors, attorney, sue, sues, suing, bad review, bad press, negative review, tv crew, on
        the news tonight, social media storm, shitstorm, ceo (asks|called|is asking|wants|is angry),
        (client|customer)('s|) (called|calls|rang|phones|phoned) (again|angry|angrily|every),
        (owner|investor|minister)('s|) (called|calls|rang|phones|phoned) (again|angry|angrily|every),
        (mayor|director)('s|) (called|calls|rang|phones|phoned) (again|angry|angrily|every),
        (tenant|tenants|parents)('s|) (called|calls|rang|phones|phoned) (again|angry|angrily|every), money back, cancel
        the contract, cancels the contract, withdraw from the contract, walk away from, losing the client, lose the
        client, losing the customer, lose the customer, lose this client, embarrassing, embarrassed in front of, calls
        every (hour|day|ten|five|few|half), calling every hour, replace us, replaces us, replacing us, drop us, drops
        us, fire us, kick us out, throw us out, kicked off the project, thrown off the project, look for another
        (firm|company|office|consultant|contractor|supplier), another (firm|consultant|contractor) instead, give the job
        to, take the job away, take the project away, last chance, last warning, ultimatum, withhold, withholds,
        withholding, holding back (the|our) (fee|fees|payment|invoice), stop paying, stops paying, won't pay, refuse
        payment, formal letter, registered letter, cc'ing the ceo, goes to the press, going public""",
    "LOSS": """
        lapse, lapses, lapsed, penalised, penalized, fines of, surcharge, interest charges, late fee, late fees, late
        payment, dunning, bounced payment, payment bounced, will cost, costs the company, lose out, losing the order,
        losing the deal, lost deal, lost contract, lose funding, losing our, lose their, miss the
        (deadline|window|slot|submission|pour|filing|cut-off), missed the (deadline|window|slot|submission), missing the
        (deadline|window), too late for the, excluded, disqualify, disqualification, scrapped, write-off, written off,
        insolvency, insolvent, bankrupt, seized by, garnished, frozen account, account frozen, foreclosure, per day of
        delay, per day late, for each day of delay, for every day, penalty clause kicks in,
        gap of, shortfall of, short by, discrepancy of, difference of, underpaid (us |)by, overpaid (us |)by,
        arbitration, adjudication,
        underpriced by, overpriced by, mispriced by, we've underpriced, we have underpriced, retention (hasn't|has
        not) been (released|paid), if we miss it we're out, if we miss it we are out, thrown out, priced wrong by""",
    "SUM": """
        payment, payments, payment run, invoice, invoices, transfer, contract, deposit, retention, advance, instalment,
        installment, loan, funding, grant, revenue, turnover, valued at, amount, sum of, euro, euros, eur, usd, gbp,
        chf, dollars, pounds, yuan, rmb, worth""",
    "NOW": """
        asap!, now please, please now, need someone now, send someone now, send somebody now, come asap, burning issue,
        house is on fire, priority number one, number one priority, utmost urgency, utmost importance, of the utmost,
        extremely time, extremely pressing, time is running out, running out of time, clock is ticking, no time left,
        out of time, at the last minute, any second, within minutes, within seconds, in a few minutes, this very minute,
        this very second, this second, on the spot, can't be delayed, must be now, must happen now, do it now, wake
        someone, wake somebody, call me now, hurry!, hurry hurry, quick!, quickly!, pleeease, severity one, prio one,
        incident bridge, war room, major incident, crisis, disaster, catastrophe, catastrophic, meltdown, dire, life or
        death, help!, help us, help now""",
    "SOON": """
        as soon as somebody, as fast as possible, at your earliest, at earliest, earliest possible, in the shortest,
        shortly, very soon, rather soon, real soon, right after, before it's too late, before it is too late, getting
        tight, getting urgent, becoming urgent, becomes urgent, tight schedule, tight deadline, time is tight, time
        pressure, presses us, pushes us, fast please, fast pls, quick help, quick fix, quick look, fast-tracked, fast
        track this, bump this up, move this up, jump the queue, high prio, high-priority, important, matters a lot,
        crucial, essential for""",
    "CHASED": """
        (nobody|no one) (has |)(come|came|looked|replied|answered|reacted|been|turned up|shown up|responded|called
        back), reported (it |this |)(two|three|four|five|several|a few) (days|weeks|times) ago,
        (chase|chasing|chased|nudge|nudging|nudged|ping|pinging|pinged|bump|bumping|bumped|poke|poking)
        (again|this|you|once more|up|on), follow-up on, following up on, following up again, my follow-up, second
        (mail|email|message|request|attempt|call|try), third (mail|email|message|request|attempt|call|try), fourth
        (mail|email|message|request|attempt|call|try), fifth (mail|email|message|request|attempt|call|try), asked
        (again|already|before|on monday|on tuesday|last week|two|three|four|five|you|for the third|several), reported
        (this|it|that) (already|twice|before|three|last|on|several|many|multiple), reported twice, (i've|we've) been
        (waiting|asking|chasing|calling|told), been promised, you promised, was promised, were promised, days ago and,
        weeks ago and, a week ago and, no answer yet, no reply yet, no response yet, no feedback yet, nobody
        (answers|answered|replies|replied|responds|responded|reacts|reacted|came|has come|called back|got back|
         picks up), no one
        (answers|answered|replies|replied|responds|responded|reacts|reacted|came|has come|called back|got back),
        unanswered since, any (news|update|updates|progress|word) (on|about|yet|please|from|regarding), where are we
        with, where do we stand with, still nothing, still not
        (here|fixed|done|solved|received|arrived|repaired|answered|resolved|working|heard), times already, times now,
        times this week, times since, over and over, gentle reminder, friendly reminder, kind reminder, just a reminder,
        reminder:, reminding you, remind you again, remind you once, how many times, how often do i,
        (rung|called|emailed|phoned|chased|asked|written|messaged|complained|reported it) (twice|three
        times|several times|repeatedly|again and again|many times), (two|three|four|five|several) emails,
        (two|three|four|several) (reminders|phone calls), is anyone (there|alive), anyone alive,
        third time of asking, second time of asking, fourth time of asking, nth time of asking, for the
        (third|fourth|fifth|tenth|umpteenth|nth) time""",
    "HOURS": """
        within the hour, in an hour, in half an hour, an hour left, an hour from now, an hour and a half, less than an
        hour, less than two hours, under an hour, next hour, in the next
        (few minutes|half hour|two hours|thirty minutes), quarter of an hour, in a couple of hours, in a few hours,
        minutes before (the|we|i|my|our|it), hour before (the|we|i|my|our|it), hour to go, hour until, starting in
        (ten|five|two|three|fifteen|twenty|thirty) minutes, about to
        (start|begin|present|board|go live|go on stage|go on air|open|close|sign|leave|land),
        (start|starts|begins|begin|starting|beginning) (any minute|in a minute|now|right now|shortly|in a moment), on
        air in, truck is (here|at the gate|waiting|on its way|on the road), trucks are
        (here|at the gate|waiting|on their way|on the road), mixers are (here|at the gate|waiting|on their way), sitting
        in front of me, standing in front of me""",
    "TODAY": """
        this very day, by (this |)(afternoon|evening|close|5pm|6pm), eob, before
        (lunch|close|closing|closing time|the weekend starts|we close|we open|opening|the shift|the shift ends|i leave|
         we leave|the evening|dark|nightfall|sunset), at (noon|midday), until (noon|lunch|close), till noon, same day,
        in the course of the day, this shift, end of shift, end of the shift, this noon""",
    "TOMORROW": """
        2moro, 2morrow, tommorow, next morning, in the morning, by morning, before morning, within one working day,
        within a working day, in 24 hours, 24h, over night, early morning""",
    "DAYS": """
        in (two|three|four|five|six|seven|eight|nine|ten|a few|several|a couple of) (days|working days|business days),
        within (two|three|four|five|six|seven|eight|nine|ten|a few) (days|working days|business days), within the week,
        within a week, in a week, a week from now, a week to go, coming week, the coming days, end of month, eom, eow,
        end of week, middle of the week, midweek, before the holidays, by (mon|tue|tues|wed|thu|thurs|fri),
        (mon|tue|tues|wed|thu|thurs|fri) (morning|noon|afternoon|evening|latest)""",
    "WEEKS": """
        (2027|2028|2029|2030) budget, next year's (budget|plan|programme), budget for (next year|2027|2028|2029), next
        financial year,
        (three|four|five|six|seven|eight|ten|twelve|a few|several|some|couple of|3|4|5|6|8) (weeks|months)
        (away|out|from now|ahead|time|to go|left), in (a few|several|some|a couple of|a) (weeks|months|month), in
        (2|3|4|5|6|7|8|9) (weeks|months), in two months, in
        (january|february|march|april|may|june|july|august|september|october|november|december)
        (or|next|when|is|will|we|for|as), first half of next, second half of next, this quarter, the quarter, end of
        (the |this |next |)(quarter|year|season|decade), before
        (the |)(year end|summer|winter|spring|autumn|christmas|easter|summer break|end of next), after
        (the |)(summer|winter|holidays|christmas|easter|summer break|new year|winter break|move|season), next
        (fiscal|financial|budget|school|term|semester) (year|budget|term|one|cycle|period|), over the
        (summer|winter|next months|next few months|coming months|holidays), by
        (summer|spring|autumn|winter|christmas|easter), the month after, in due time,
        for another (two|three|four|five|six|several|a few) (weeks|months), another (two|three|four|six) months,
        not this month, this month or next, isn't due for (two|three|four|five|six|seven|eight|several)
        (weeks|months), (in|within|for) (seven|eight|nine|ten|twelve) (weeks|months),
        (a |)couple of months, a few months""",
    "DRILL": """
        (this|our|tomorrow's|today's|the next|annual|fire|evacuation|security|cyber|phishing|emergency)
        (drill|exercise), drill assumes, exercise assumes, (routine|planned|scheduled|regular) (load test|stress
        test|test|failover test|restore test|penetration test),
        drills, exercise on, tabletop, desktop exercise, alarm test, test of the (alarm|sirens|generator|emergency),
        siren test, generator test, practice run, trial run, training scenario, scenario for the training, playbook
        exercise, red team exercise, pen test, pentest, penetration test, security awareness, awareness training, for
        training purposes, for demonstration, demo data, dummy data, test data, in the sandbox, on the sandbox""",
    "TRIFLE": """
        wrong (shade|blue|red|green|grey|gray|yellow|orange|white|black|capital letter|greeting|salutation), shade of
        (blue|red|green|grey|gray|yellow|white), letter spacing, line spacing, indentation, bullet points,
        capitalisation, capitalization, comma, hyphen, apostrophe, typos, spelling, misspelt, misspelled, grammar,
        footer, header line, cover page, cover sheet, title page, thumbnail, favicon, background image, screensavers,
        ring tone, ringtones, squeak(s|y|ing|), creaks, creaky, scratch on, small scratch, fingerprint(s|), smudge,
        cobweb(s|), water stain, stain on the (wall|ceiling|chair), scuff, vase, teapot, kettle, toaster, dishwasher,
        microwave, espresso, cappuccino, teabags, sparkling water, still water, vending machine, chewing gum, candies,
        jelly, pizza, barbecue, bbq, ping pong, darts, yoga, plushie, mascot, t-shirt(s|), hoodie(s|), swag, tote bag,
        postcard(s|), greeting card, business card design, selfie, group photo, karaoke, playlists, speaker volume, lamp
        shade, door mat, doormat, picture on the wall, painting on the wall, wall clock, calendar picture, lunch menu,
        menu of the canteen, name of the meeting room, room name, screen protector, mouse pad, mousepad, phone case, one
        pixel, canteen menu, cafeteria menu, menu of the day, dessert, dish, dishes, lunch options, vegetarian,
        sandwiches, soup, salad, croissants, really annoying that, it's annoying that""",
    "WISH": """
        (i'd|we'd|i would|we would|would) love (a|an|to have|some|to see|it if),
        would be (even |really |very |quite |)(better|nicer|handy|useful|helpful|neat|cool|sweet|practical|welcome),
        would (really |)(love|like|appreciate|welcome) (a|an|to see|to have|it if|if), would be
        (a nice|nice|lovely|great|cool|fun|helpful|handy|neat|good|wonderful|useful|convenient|awesome), it would
        (really |)(help|save|make) (if|us|me|life|our), would save us, would make (life|things|it|my|our), could
        (we|you) (maybe|perhaps|one day|add|think|consider|possibly), maybe we could, maybe you could, perhaps we could,
        perhaps you could, might be (nice|worth|good|useful), suggesting, idea for, small wish, a wish, our wish, wish
        for, wish we had, if only (we|there|it), feature idea, enhancement, improvement, change proposal, feature:, let
        us (filter|sort|export|choose|pick|search|customise|customize|see|select|rename), allow us to, give us the
        option, give us an option, add an option, option to, ability to, support for dark, it'd be, would it be possible
        to (add|have|include|show|get a|offer|change the), any plans (to|for), are there plans, is there a plan, do you
        plan to, planning to support, think about (adding|changing|replacing|offering), thinking about
        (adding|changing|replacing|getting|a new), we might look at, have you ever thought, ever considered, thoughts
        on, what do you think about, what do you think of, opinion on, would like
        (a|another|one more|an additional|a second) (view|option|button|filter|theme), would like (another|one more)
        (column|field|tab|shortcut|widget), like to have (a|another|an|one more)
        (view|option|button|filter|theme|second|third|extra|additional) (view|option|button|filter|calendar|column|tab),
        (view|option|button|filter|theme|feature) in the app,
        suggest we, i suggest, i'd suggest, i would suggest, we suggest, my suggestion, suggestion for, might be
        better to""",
    "QUESTION": """
        (only|just|merely|simply|out of) (curious|curiosity|asking|interested), curious
        (how|what|who|when|whether|if|about|where|why), not chasing,
        who is in charge, who's in charge, who do i ask, who should i ask, i only wonder, only wondering, any idea
        (who|what|when|how|where|why|if),
        what makes, what qualifies, what is the difference, what's the difference, how does one, where would i, who
        looks after,
        quick one, quick q, small question, short question, a question, one question, my question, our question,
        question:, question for, questions about, just wondering, was wondering, were wondering, i'm wondering, we're
        wondering, i am wondering, asking for a friend, out of curiosity, i'm curious, just curious, curious about,
        curious if, is it
        (normal|true|correct|right|allowed|fine|safe|still|already|also|really|common|usual|necessary|mandatory|planned)
        (that|to|if|for|when|on|with|in), is that (normal|true|correct|right|allowed|ok|okay|fine|expected|intended), is
        this (normal|correct|right|allowed|ok|okay|expected|intended|safe|the right|still the), is anyone else, anyone
        else (seeing|having|get|got|with), does someone know, do you
        (offer|have|support|provide|also|sell|still|happen|accept|work|think|ever|need|want|usually|already|keep|do), do
        we (still|already|also|offer|support|keep|use|really|get|ever), does (the|our|your|my|your)
        (portal|desk|system|app|contract|agreement|tool|service|policy|template|form|office|team|company|support|
         include|cover|work|have|need|count|mean|also|offer), did (you|we|anyone|anybody|they|someone)
        (get|receive|see|already|change|send|ever|update|move|know|notice|switch), have (you|we|they)
        (got|already|received|changed|heard|ever|seen|decided|updated|considered), has
        (anyone|anybody|someone|somebody|the|your|our) (seen|already|policy|price|changed|heard|ever), would it be
        (a problem|ok|okay|possible|fine|allowed|alright|all right|an option), would you (recommend|prefer|advise|say),
        should (i|we)
        (use|send|file|ask|fill|bring|call|wait|worry|rather|prefer|also|first|take|contact|report|click|install|update|
         dismiss), shall (i|we), may (i|we) (ask|use|bring|park|take|book|invite), can (i|we|one|you)
        (just|simply|already|also|still|tell|dismiss|ignore|reuse|skip|advise|confirm|clarify|recommend|please tell),
        could you (tell|confirm|advise|clarify|recommend|please tell|please clarify|point me), let (me|us) know
        (what|how|if|whether|when|which|who|where|your), any
        (clue|hint|advice|recommendation|thoughts|experience|documentation|manual|guide|chance you know), what did, what
        will, what can, what sort, what type, what else, what exactly, what to do, which of
        (your|the|our|my|these|those), which
        (ones|format|template|tool|link|file|date|day|time|team|colleague|colour|color|variant|option|standard|code|
         browser|plan|printer|account|people|forms|documents), which is (the|better|right|correct), who
        (handles|decides|manages|owns|runs|looks|deals|maintains|has|knows|would|will|needs|signs|approves|pays|did|was|
         gets|may|could|must), whose, where (would|did|will|may|to|exactly), when (should|would|may|could)
        (the|we|you|i|it|they|our|your|this|that|there), how (did|could|was|about|old|early|exactly|else)
        (i|we|you|one|it|the|this|that|they|our|your|my|do|does|would|will|can|is|are|people|in|a|an|request|use|set|
         reset|file|get|order|apply|connect|change|take|before|after|have|until), why
        (did|was|were|can't|would|am|has|have|isn't|not), difference between, instructions (for|on|how), a manual for,
        guide for, faq, documentation for, explanation of, explain, not sure (how|what|whether|if|which|who|where),
        unsure (how|what|whether|if|which|who|where), don't know (how|what|which|who|where|whether), do not know
        (how|what|which|who|where|whether), trying to understand, trying to find out, wants to know, want to understand,
        like to understand, need to know (how|what|which|who|where|whether), will (you|there|the office|the desk)
        (be|still|also|have|offer|support|cover) (a|any|on|open|closed|over|at), ok to, okay to, alright to, fine to,
        allowed to, safe to, is it ok, is it okay, possible to, asks who, asks whether, asks if, asks what, asked
        whether, asking whether, asking who, asking what, asking if (we|you|there),
        how (quickly|soon|fast|long) do (you|we|they), (do|does) (you|it|that) normally, can i claim, can we
        claim, am i allowed, are we allowed, is the office open, is it open""",
    "IF": """
        one day (we|it|everything|the server|someone|all), in case everything, should the, if ever, were to,
        in the event of, in the event that, supposing, let's
        say, imagine,
        gave out, should we (lose|have|need), should it (ever|happen|break|fail), should they, should anything, picture
        this, thought experiment, theoretical, assume, assumed that, worst case, contingency, scenario, what would,
        would they, would anybody, would anyone, whose phone would""",
    "PAST": """
        thought (this|it|that) (was|were|would be), looked like (a|an), used to be, had been, was supposed to be, was
        meant to be, at first,
        in (january|february|march|april|june|july|august|september|october|november|december) (we|the|it|there|was),
        last (spring|autumn|fall|quarter|season|decade|sunday|saturday), the other day, a while back, at the time, at
        that time, once upon, used to, no more since, had (a|an)
        (outage|leak|fire|flood|incident|crash|power cut|blackout), last weekend's
        (outage|crash|failure|incident|fire|leak|flood|storm|breakdown|problem|blackout|strike|power)""",
    "IRONY": """
        oh (perfect|nice|super|excellent|cool|yes|dear|how|my), perfect timing, great timing, nice timing, just perfect,
        what fun, so much fun, fun times, how convenient, how thoughtful, how kind, very kind of, very funny, so funny,
        hilarious, i love how, don't you just love, gotta love, got to love, what a great, what a nice, who would have
        thought, no big deal just, no rush only, no hurry only, no pressure but, as if, my favourite, my favorite, our
        favourite, always a pleasure, keep up the, only
        (a|an|one|two|ten|fifty|a hundred|twenty|thirty|forty|sixty|200|300|100|50|40|30|20)
        (hundred|people|users|employees|patients), only
        (a|an|one|two|ten|fifty|twenty|thirty|forty|sixty|200|300|100|50|40|30|20)
        (students|workers|customers|colleagues|men|guests), it's just
        (a|an|the|two|three|ten|twenty|thirty|fifty|sixty|a hundred|100|200), just (a|the) (small|little|tiny) matter
        of, i'm sure (it|that|you|nobody), so relaxing, so efficient, truly, absolutely no""",
    "NOT": """
        will not (come|stop anyone), far from, anything but, rather than, instead of being, least of all,
        isn't even close to, not even close to, nowhere near, far from, anything but, not remotely""",
    "NAME": """
        emergency
        (assembly|muster|meeting|gathering|response|preparedness|repair|services|room|department|doors|door|lighting|
         generator|generators|exits|exit|signage|sign|hammer|ladder|pull cord|brake|manual|manuals|folder|handbook|
         training|course|leave|loan|dentist|vet|landing|cover|evacuation|escape|routes|route|luminaires|luminaire|
         battery|batteries|switch|switches|off|intercom|callpoint|call point|card|cards|sheet|poster|posters|binder|
         coordinator|officer|management|committee|stock|supplies|supply list|rations|blanket|blankets|spare parts),
        critical
        (path|chart|success|infrastructure list|reviewer|reading|angle|point|points|reception|acclaim|review|reviews|
         analysis|thinking|edition|item list|spares list|path chart|update|updates|update popup|update pop-up|
         control points), urgent
        (care clinic|care sign|care centre sign|letter template|sticker|stickers|stamps|label|labels|flag icon|
         queue name|checkbox|column|button), asap (bakery|label), immediate (action plan template|release form), fire
        (alarm test|alarm tests|alarm certificate|alarm manual|alarm log|safety course|safety training|safety sign|
         safety report|safety concept|safety strategy|safety plan|protection plan|protection concept|report|watch|lane|
         lanes|hydrant sign|drill certificate|rated|rating|curtain|department number|code|truck access plan|exit sign|
         exit signs|extinguisher sign|works|wood), burning (question|questions|desire|man), smoke
        (test|tests|detector test|break|free|grey|gray|machine|shaft plan|control drawing), smoking
        (area|areas|room|corner|shelter|break|ban|policy|point), blood (pressure|orange|donation|test|type|drive|count),
        heart (of|rate|shaped|beat), stroke (width|order|weight|of), shock (wave|price|resistant), gas
        (bill|station|price|prices|contract|meter reading|tariff), leak(s|) (sensor order|sensor), power
        (bank|bar|strip|plug|cord|cable order|adapter|adapters|supply order|suit|plant tour|steering|tools), dead
        (batteries|battery|pixel|pixels|link|links|language|line sheet|reckoning|simple|easy|sure|serious|quiet|centre),
        stop (sign|signs|sticker|motion|by|codes|loss), stuck(-| )on (label|sticker|note|notes), broken
        (glass bin|english|link list|white|stone finish), lost (property|and found|item|items|luggage), crash
        (landing mat|course|helmet|pad), hot (water bottle|desk|desking|chocolate|line poster|spot|spots|swap|wings),
        death (certificate|benefit|march), kill switch, killer feature, strike (a|the|price|plate), hit
        (list|rate|count|the road|the target|the mark), attack surface, virus (scan|definition), penalty
        (table|shoot-out), claim (form|number|reference), fine
        (arts|art|dining|mesh|adjustment|tooth|details|detail|grained|line), is fine but, collapse (button|all), drop
        (down|box|list|table template|shadow|ceiling|by|off point|off box), red
        (team|carpet|tape|wine|cross poster|line drawing|lines|alert button), rush (hour|mat|delivery fee), alarm
        (clock|clocks|code|test|company|contract|list|log|history|certificate), hazard
        (pay|map|class|label|labels|analysis|analyses|lights|tape|light), risk
        (register|matrix|assessment|assessments|allowance|report|workshop|log), safety
        (shoes|boots|vest|vests|glasses|goggles|data sheet|data sheets|briefing|induction|officer|committee|margin|
         factor|factors|pin|pins|course|board|walk|instruction|instructions|stock|deposit box|report|certificate|
         certificates|day|week|award), accident (report form|free|at work form|statistics|book), injury
        (prevention|claim form), rescue (plan|service number|point sign|dog), security
        (guard|guards|desk|badge|badges|deposit|token|tokens|patch|patches|camera order|questions|question|fee),
        evacuation (lift|plan|chair|chairs|map|signage|warden|wardens|concept), exit
        (sign|signs|interview|interviews|poll|strategy|survey|form), all
        (day|week|night|year|month|over|in all|right|the best|the same|along|hands meeting|hands|purpose|weather|
         inclusive|rounder|together|about|kinds|sorts|too|too well|but|ears|i|my|in|of a sudden|of it|of that|morning|
         afternoon|evening|summer|winter|weekend|round|around|through|night long|day long|new|alone|at once|wrong|
         dressed|files|of my|of this|of these|these|that|this|those|pages|documents|information|details|other), no
        (smoking|entry|parking|reply|brainer|show|shows|name|objections|objection|comment|comments|change|changes|
         more than|less than|matter|wonder|thanks|thank you|trouble|fuss|frills), whole
        (day|week|month|year|thing|time|story|point|number|grain|range|set|list|lot of), entire
        (day|week|month|year|thing|time|list|document|range|set),
        (put|lay|laid|set|turn|turned|close|closed|cut|come|climb|climbs|pull|pulled|torn|tear|tore|take|taken|took|go|
         walk|settle|track|tracked|boil|wind|scale|double|hand|handed|pass|passed|lie|lying|bring|brought|cool|cooled|
         jot|pin|pinned|nail|price|prices|costs|bolted|screwed|strip|stripped|water|mow|upside) down, down
        (to|by|from|here|below|and up|time plan|stairs), down the (stairs|line|corridor|hall|list|page|ramp|slope), last
        (night|week|month|year|monday|tuesday|wednesday)'s, last
        (thursday|friday|weekend|spring|summer|autumn|winter)'s, yesterday's,
        (after|at|above|for|not at|in|most of|first of|if at|best of|once and for|that's|thats|is that|it's) all,
        overall,
        material hoist, materials hoist, goods hoist, out by, i suppose, by
        (two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)
        (weeks|days|months|hours|minutes|points|percent|metres|meters|millimetres|people|years|pages|lines),
        (it|this) (isn't|is not|wasn't) the (whole|entire)
        (team|office|company|floor|crew|site|department|building), not the (whole|entire)
        (team|office|company|floor|crew|site|department|building),
        code red, wet ink""",
    "LACK": """
        (nobody|no one) has
        (filled|prepared|signed|checked|uploaded|printed|booked|ordered|done|started|written|arranged|confirmed|approved|paid),
        (is|are|is off|are off|calls in|called in) (ill|sick|absent|abroad|unreachable|unavailable), locked (away|in
        a|in the) (drawer|safe|cupboard|cabinet|office|box), (has|have) no key, key holder,
        cancelled on us, called off on us, (supplier|contractor|driver|operator|installer|inspector|surveyor)
        (cancelled|canceled|called off|is sick|is ill|fell ill)""",
    "CLOCK": """
        (opens|closes|starts|begins|ends|kicks off|is due|walks in|arrives|leaves) at
        (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday),
        (by|before) (three|four|five|six|noon),
        (at|by|before|from) (seven|eight|nine|ten|eleven|noon|half past|quarter to|quarter past), (by|before|at)
        (one|two|three|four|five|six) o'clock,
        (pour|inspection|handover|opening|walkdown|bid opening|site visit)('s| is) at
        (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)""",
    "FLOOR": """
        in (room|block|building|wing|hall) (a|b|c|d|e|1|2|3|4|5|6), in the
        (meeting|training|conference|drawing|plot|print|break) room,
        on (floor|level|storey) (1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20), in (the |our
        )(wing|annex|canteen|lobby|basement|workshop|lab|warehouse|corridor),
        on (the
        |)(ground|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|top|upper|lower|same|our|this) floor""",
    "STOP": """
        (have|has|with|got) nothing to do, nothing to do (tomorrow|today|until|till|all|since|now|here|on site|this)""",
    "ELSEWHERE": """
        (at |on |)the (plot|site|project|building|block|house|tower|job) next door, next door's,
        (neighbouring|neighboring|adjacent|adjoining) (plot|project|building|tower|block), on another
        (site|project|job)""",
    "WH": """
        is it, is there, are there, does it, do we, do i, may i, should i, should we, am i, does anyone, does anybody,
        is one, are we, was there, is this the, is the, are the, does the, did the, has the, is our, is that, is this,
        does this, does that, can i claim, can i bring, can i use, can i take, can i park, can we park, can we use,
        can we bring, can one,
        does an, does a, do the, would a, can a""",
    "ASK": """
        (who|anyone|anybody|someone|somebody) (can|could|who can|who could) (please
        |)(help|install|show|set|fix|check|look)""",
}  # fmt: skip

ZH: Mapping[str, str] = {
    "PRAISE": """
        (谢谢|感谢|多谢)(小|老|张|王|李|刘|陈|师傅|帮忙|跑|及时|昨天|今天|你们|您|各位),
        一直没再(出|发生|犯|掉|断|卡|响), 再没出(过|)(问题|故障|毛病), 没再出(过|)(问题|故障|毛病),
        (用着|用起来)(很好|不错|挺好|顺手|很顺), 很好用, 好用多了, (快|稳定|顺畅|清楚|安静|亮)多了,
        点赞, 点个赞, 赞一个, 大赞, 给力, 太给力, 好评, 五星, 表扬, 锦旗, 感谢信, 很及时, 非常及时, 及时高效, 很专业,
        非常专业, 服务(很|非常|特别|真|态度|周到|到位|热情)(好|棒|专业|周到|到位|热情|耐心|及时|不错|),
        态度(很|非常|特别|真|)(好|热情|耐心|棒|不错), 配合度(很|)高, 配合(很|非常|得很|得非常)(好|默契|到位|愉快),
        干得(漂亮|好|不错|真好), 做得(漂亮|好|不错|真好|很好|很棒|到位), 办得(漂亮|好|不错|真好),
        处理得(很|非常|特别|真|)(好|及时|快|漂亮|到位|专业|棒), 解决得(很|非常|特别|真|)(好|及时|快|漂亮|到位|棒),
        修得(很|非常|真|)(好|快|及时), 满意, 很感谢, 非常感谢(您|上|昨|前), 多亏(了|)(你|你们|大家|师傅|李|王|张|小),
        帮了(大|我|我们)忙, 救了(我|我们)(一命|的命|的标|), 辛苦(了|啦|各位|大家|师傅|你们)(!|谢谢),
        谢谢(老师|师傅|各位|大家|你们|您们|小|工程师|同事|团队|支持|帮忙|及时|配合),
        感谢(老师|师傅|各位|大家|你们|工程师|同事|团队|支持|帮忙|及时|配合|贵), 真好用, 好用, 很喜欢, 都喜欢, 非常喜欢,
        特别喜欢, 挺好, 效果很好, 反响(很|)好, 顺利完成, 顺利通过, 顺利交付, 圆满,
        省了(我|我们|好多|不少|大)(事|时间|力|功夫|), 省(一|两|好几|半)(小时|个小时|天), 省时省力, 省心, 省事, 方便多了,
        快多了, 好多了, 顺手多了, 谁设计的, 帮大忙, 多谢配合""",
    "NOTE": """
        (转给|转发给|分享给|转达给)(大家|各位|你们|您), 邀请函,
        特此备案, 提前说下, 提前告知, 提前通知, 先跟您说, 说一下情况, 告诉一声, 提醒大家, 通报一下, 汇报一下, 同步下,
        同步给, 供查阅, 备案用, 留底, 留档, 留存, 留个底, 存一份, 存个档, 存入, 存进, 放进(档案|资料库|项目库|文件夹),
        入档, 归到(档案|项目), 收录, 变更通知, 号码变更, 电话变更, 地址变更, 联系人变更, 联系方式变更, 休假, 请假, 年假,
        放假通知, 出差不在, 不在办公室, 不必回复, 不用理会, 不用管, 无需操作, 不用操作, 不用做什么, 收悉, 已阅,
        随信附上, 祝贺, 恭喜大家, 节日快乐, 新年快乐, 中秋快乐, 提醒一下, 提醒下, 友情提醒, 温馨提示, 温馨提醒,
        之前通知过, 已通知过, 此前通知, 如前所述, 按通知, 照例, 例行通知, 项目档案, 档案盒归""",
    "CALM": """
        (定期|例行|日常|下次|年度|季度)(保养|维保|维护|巡检|检修)(时|的时候|再|顺便)(看|处理|弄|修|), 没有大碍, 无大碍,
        无碍, 没大碍, 能忍,
        能(修|弄|换|调|处理|解决|给|早)就(修|弄|换|调|处理|解决|给|早),
        不妨事, 不当紧, 不是很赶, 不太赶, 没那么赶, 没那么着急, 不怎么着急, 不怎么赶, 没什么时间要求, 没有时限,
        没有期限, 不设期限, 不限时, 没有明确时间, 时间充裕, 时间充足, 时间宽裕, 还早, 早着呢, 有的是时间, 都来得及,
        也来得及, 完全来得及, 赶得上, 晚些没关系, 迟点, 迟几天, 迟些, 拖一拖, 拖拖, 过段时间, 过一阵, 过阵子, 过两天,
        过几天, 改天, 改日, 下次, 下回, 下批, 下一批, 下一版, 下版, 下一期, 下一轮, 下一次, 等下一, 等领导定, 等定了,
        等确定了, 到时再, 路过, 顺带, 捎带, 捎上, 一起改, 一起弄, 一起换, 空的时候, 闲的时候, 忙完, 忙过, 方便的话,
        看你们时间, 看您时间, 看你方便, 看你时间, 您看着办, 你看着办, 看着安排, 自行安排, 随缘, 佛系, 慢慢排, 悠着,
        莫急, 别急, 无需急, 无须急, 不必急, 甭急, 甭着急, 不用太急, 不用立刻, 不用现在, 不是现在就, 不是马上, 凑合用,
        对付着, 勉强, 忍得了, 可以忍, 能撑, 还能撑, 撑得住, 先这么用, 先用着, 先搁着, 先不动, 放一边, 排期, 排进,
        排到下, 列入计划, 列入下, 计划内, 没啥, 没多大, 不是大事, 不是大问题, 问题不大, 小细节, 小建议, 微调, 锦上添花,
        有就更好""",
    "HARMLESS": """
        不影响看, 不影响用, 不影响(任何人|别人|大家|其他|他人|阅读|功能|运行|理解|什么|通行|住), 没人受影响,
        没有人受影响, 无人受影响, 没影响, 没有影响, 没啥影响, 没什么影响, 无影响, 不妨碍, 没人用, 没有人用, 没人在用,
        没人在意, 没人注意, 没人投诉, 无大碍, 没大碍, 不碍, 不耽误, 就是(难看|有点丑|丑了点|看着别扭|看着难受|有点别扭),
        看着(别扭|难受|不舒服), 有碍观瞻, 观感, 不美观, 不好看, 不整齐, 强迫症, 倒是成功, 倒是能用, 倒是正常, 倒是好的,
        倒没事, 不过没事, 但没事, 但不影响, 只是警告, 就是个警告, 只是提示, 只是个提示""",
    "SOLVED": """
        (图|文件|资料|东西|货|件|份|包裹|邮件|钥匙|笔记本|电脑)(已|已经|都|也)(收到|拿到|到货|送到)(了|),
        好了, 好啦, 好咯, 好起来了, 自己好, 自动恢复, 自行恢复, 自愈, 恢复使用, 恢复供, 恢复运行, 恢复营业, 修完, 搞定,
        搞掂, 解决啦, 处理好, 处理完, 完工了, 已完工, 已完毕, 换好, 换上了, 已装好, 装上了, 重装好, 补上了, 已补上,
        补齐了, 交上了, 传上去了, 上传成功, 提交成功, 登上了, 登进去了, 连上了, 能上网了, 能打印了, 能登录了, 能打开了,
        可以了, 可以登录了, 行了, 亮了, 来水了, 来网了, 找着了, 插回去, 插上了, 插上就, 插紧, 重启后好, 重启了一下就,
        重插, 拔插, 是我(没|忘|自己|弄|看|插|点|搞|记|操作|的问题|的锅|手), 我自己的问题, 我的锅, 我的问题, 搞错了,
        看错了, 弄错了我, 误会, 乌龙, 不是故障, 不是问题, 没别的事, 无碍, 无事, 别派人, 别来, 别修, 甭来, 甭管, 忽略我,
        忽略此, 忽略即可, 当没看见, 当没说, 当我没, 请撤销, 请取消, 取消吧, 不需要, 关闭工单, 关掉吧, 可以关, 可关闭,
        结了, 可以结, 已结, 已整改, 整改完, 整改到位, 升级完成, 迁移完成, 切换完成, 验收通过, 通过了, 已签字, 已盖章,
        到账了, 已到账, 已送修, 送修了, 返厂了, 降下来了, 降下去了, 退下去了, 稳住了, 稳定了, 平稳了, 正常多了,
        恢复如初, 止住了, 退了, 消了, 不漏了, 不卡了, 不掉了, 不响了, 不断了, 不闪了, 不报错了, 不报警了, 没再出现,
        没再发生, 没再掉, 没再断, 再没出现, 未再出现, 哦是, 噢是, 原来, 才发现是, 发现是我, 忘了插, 没插, 没开机,
        没开开关, 没按, 忘了开, 忘开, 按了静音, 静音了而已, 发错群了不好意思, 发错人了不好意思, 打扰大家, 虚惊,
        白紧张, 白着急, 改主意, 不想要了, 换上新的, 已经换上, 已换新, 换了新的, 换过了, 又能上, 能上了, 能进了, 能登了,
        能打了, 都能登,
        清理(完|好|干净)了, 清理完毕, 已(经|)清理, 处理干净了""",
    "STILL": """
        没好, 没恢复, 未恢复, 没搞定, 没弄好, 没处理, 未处理, 又断, 再现, 再度, 依旧, 老样子, 老问题, 老毛病, 好了没,
        好了吗, 修好了吗, 修好没, 恢复了吗, 解决了吗, 什么时候(能|才能|可以|会|)(好|修|恢复|解决|来),
        何时(能|才能|可以|会|)(好|修|恢复|解决), 能不能恢复, 能恢复吗, 怎么恢复, 如何解决, 怎么解决, 怎么处理, 待解决,
        待处理, 求解决, 请解决, 请处理, 请恢复, 尽快解决, 尽快处理, 尽快恢复, 尽快修复, 马上恢复, 赶紧恢复, 赶紧解决,
        帮忙恢复, 帮忙解决, 帮忙修复, 帮我恢复, 麻烦恢复, 需要恢复, 恢复一下, 解决一下, 解决下, 修复一下, 修复下,
        恢复下, 找回, 恢复不了, 恢复不, 解决不, 无法恢复, 无法解决, 恢复数据, 恢复(文件|图纸|供电|供水|网络|到),
        处理完再, 搞定不了, 搞不定, 不需要的话, 才能好, 才好, 就好了吗, 没通过, 未通过, 没批, 未批, 没签, 未签, 没到,
        未到, 没收到, 未收到, 没找到, 未找到, 没付, 未付, 没寄, 没发, 以后都, 之后都, 以后就, 之后就, 更新后就,
        升级后就, 更新以后, 升级以后, 更新之后, 升级之后, 更新完, 升级完, 起就, 起一直, 开始就, 到这会儿, 一直到""",
    "ROUND": """
        还能进, 还能干, 还能走, 还能打, 暂用, 暂时用, 暂时顶, 先顶, 顶着, 顶一下, 顶上, 开热点, 借了, 借用, 先借,
        跟同事借, 跟别人共用, 换了一台, 换一台, 换了个, 换间, 改用, 改走, 用隔壁, 去隔壁, 走楼梯, 爬楼梯, 走别的, 走另,
        绕行, 绕道, 绕路, 手工, 手写, 人工登记, 用纸, 切到备, 切备, 切换到备, 有备份, 其他正常, 其他的正常, 其它正常,
        别的正常, 别人正常, 另一台正常, 另外一台, 旁边那台, 别的屏, 在家办公, 居家办公, 回家办公, 去别处办公, 用手机号,
        报手机号, 用手机代, 手机代替, 别的都好, 别的都正常, 别的没问题, 其他都好, 其余正常, 其余都好, 其他没问题, 挤在,
        挤一挤, 帮忙刷, 帮刷, 蹭, 跟别人挤, 拼用, 同事代, 代为, 代打, 代刷, 代签""",
    "PLEA": """
        (请|麻烦|烦请|帮忙|帮我|可否|能否)(发|把|将|转|抄送|分享|上传|传|寄|群发|挂|放|贴)""",
    "MUST": """
        必须, 务必, 一定要, 非得, 得在, 要在, 须在, 要求, 限期, 限时, 截止, 过时不候, 过期不候, 过期作废, 逾期,
        最后期限, 最后一天, 最晚, 最迟, 不得晚于, 不晚于, 不迟于, 到期, 前要交, 前要报, 前交, 前报, 前提交, 前递交,
        前送达, 前完成, 窗口期, 否则, 不然就, 要不然, 不给批, 不给签, 不给过, 不让过, 不予受理, 不予通过, 退件, 要被退,
        会被退, 会被罚""",
    "MILESTONE": """
        (质检|质监|安监|质安|消防|环保|监督)(站|局|队|大队), (设计|监理|业主|甲方)(验收|巡检),
        (验收|检查|督查|考核|评审|审查|飞检|巡查)(组|团|小组|人员|专家|单位), 质安站, 竣工图, 竣工资料, 移交资料, 交工,
        预验, 复验, 实体检测,
        审图, 图审, 施工图审查, 规划局, 自然资源局, 建委, 质监, 消防队, 消防支队, 消防局, 人防, 税务局, 工商, 海关,
        仲裁, 公证, 放款, 预售证, 施工许可, 规划许可, 许可证, 用地, 产证, 不动产证, 竣备, 验槽, 预验, 初验, 终验, 抽查,
        督导, 巡查, 巡检组, 专家组, 论证会, 路演, 签字仪式, 揭牌, 试营业, 开学, 考试, 高考, 期末考, 招生, 义诊, 交割,
        结项, 省里, 巡视, 年审, 年报, 报税, 季结, 里程碑, 交图, 送审, 报审, 报建, 报规, 递件, 拿证, 取证, 街道办, 执法,
        监察, 派出所, 卫生监督, 市监, 市场监管,
        浇(底板|顶板|楼板|承台|基础|柱子|墙柱|筏板|垫层|梁板)""",
    "BID": """
        电子标, 招标系统, 公共资源, 报价截止, 澄清截止, 竞标, 应标, 竞争性谈判, 磋商, 询价截止, 二轮报价, 最终报价,
        密封, 盖电子章,
        我们的标, 离开标, 距开标, 离投标截止,
        点截标, 截标""",
    "COMPLAINT": """
        打电话骂, 骂娘, 挨骂, 火大, 火冒三丈, 翻脸, 气坏, 炸了锅, 闹翻, 意见很大, 意见特别大, 怨声载道, 抱怨, 不依不饶,
        讨说法, 要说法, 要个说法, 维权, 闹到, 捅到, 上访, 热搜, 差评, 要退款, 要换掉, 换掉我们, 起诉, 走法律, 打官司,
        正式函件, 催告, 催办函, 追责, 影响形象, 影响声誉, 换人, 换单位, 换供应商, 换别家, 另请, 另找, 找别家, 放话,
        撂话, 撂狠话, 放狠话, 发狠话, 下最后, 不给钱, 不结款, 不结账, 压款, 拖款, 扣尾款, 拒收, 不认账, 不再合作,
        不合作了, 踢出局, 踢出名单""",
    "LOSS": """
        罚钱, 被罚, 罚息, 泡汤, 黄了, 要黄, 丢合同, 白费, 前功尽弃, 错过, 取消资格, 出局, 扣钱, 被扣, 被冻结, 断供,
        停贷, 拒付, 付不出去, 付不掉, 收不回, 坏账, 资金链, (许可证|标书|投标|合同|资格|报价|签证|批文|批复|证|票)作废,
        (不然|否则|要不)作废, (要|得|会|就)亏, 亏掉, 毁约, 亏(一|二|两|三|四|五|六|七|八|九|十|几|上百|百|千), 每天罚,
        一天罚, 每日罚, 罚两, 罚三, 罚五, 罚十, 罚一, 罚几, 按天罚, 按日罚, 天天罚,
        视为放弃, 视为认可, 视同放弃, 视为自动放弃, 视为违约,
        (对方|甲方|业主|施工单位|承包商|总包|分包|审计|供应商)不认, 里外里差, 里外差, 对不拢, 对不上账, 少算了, 多付了, 多算了""",
    "SUM": """
        款, 付款单, 进度款, 首付, 定金, 订金, 预付款, 保证金, 质保金, 合同, 订单, 发票, 报销, 工资, 奖金, 投资, 预算,
        金额, 总额, 转账, 元, 块钱""",
    "NOW": """
        速度, 飞速, 人命关天, 眼看就, 眼看着, 现在就, 即将, 这会儿就, 就现在, 此刻, 一刻都, 一秒都, 等不得, 拖不得了,
        顶不住, 撑不住, 扛不住, 要崩溃, 崩溃了, 疯了, 救场, 抢险, 抢修, 最高级别, 红色预警, 重大故障, 重大事故, 特大""",
    "SOON": """
        能(快|早)(点|些|)就(快|早)(点|些|),
        尽速, 赶紧, 赶快, 麻烦尽快, 快帮, 越早越好, 能快则快, 加急, 加个急, 插队, 很重要, 非常重要, 特别重要, 有点赶,
        比较赶, 很赶, 挺赶, 挺急, 有些赶, 等着交, 求求, 跪求, 拜托了, 拜托拜托""",
    "CHASED": """
        (还|一直|至今|到现在|都|迟迟)(没|没有|无|未)(有|)(人|见人)(来|看|管|理|修|处理|回|联系),
        又是我, 还是我, 再催, 催一催, 催一下, 催促, 催过, 催了, 催命, 来催, 天天催, 一直催, 好几次, 好几回, 好几遍,
        多次, 反映过, 反馈过, 报过, 报修过, 提过, 说过, 问过, 上周就, 昨天就, 前天就, 早就, 早上就, 周一就, 三天了,
        四天了, 五天了, 一周了, 一星期了, 半个月了, 一个月了, 两周了, 好几天, 这么久, 这么多天, 多久了, 多少次, 多少遍,
        第几次, 没人来, 没人修, 没人跟, 没回音, 没下文, 没动静, 没消息, 没音讯, 杳无音信, 踢皮球, 推来推去, 推诿, 拖了,
        一拖再拖, 一直拖, 拖到现在, 拖延, 磨蹭, 还在等, 等了(好久|很久|三天|四天|五天|一周|一个星期|半个月|几天|两周),
        有进展吗, 进展如何, 什么进展, 到哪一步, 给个说法, 给个准话, 给个回复, 给个答复,
        一遍一遍地催, 一遍遍催, 一遍一遍催, 反复催, 来回催, 天天催""",
    "HOURS": """
        一会儿(就|要|开|用|汇报|评审|投|交|来|到|得|), 一会(就|要|开|用|汇报|评审|得)(要|用|开|), 待会, 等会,
        等下(就|要|开|用), 呆会, 过一会, 过会儿, 转眼, (十|二十|三十|几)分钟(后|内|之内|就要|以内|不到),
        半小时(后|内|之内|就|以内|不到),
        半个小时(后|内|之内|就|以内|不到), 半个钟, 一刻钟, 几分钟(后|内|就), 个把小时, 一两小时,
        一个小时(内|后|就|不到|之内), 一小时(内|后|就|不到|之内), 两小时(内|后|就|不到|之内),
        两个小时(内|后|就|不到|之内), 一个半小时, 不到(一|两|半)(个|)(小时|钟头), 就(快|要)到了,
        (快|马上|就要|即将|眼看)(开始|开标|截止|截标|开会|到点|浇筑|登机|上台|上会),
        (快|马上|就要|即将|眼看)(汇报|演示|关闭|封标|过期|开考|开席|开门|营业|发车|起飞)""",
    "TODAY": """
        今儿, 今个, 本日, 今午, 午饭前, 傍晚前, 晚上前, 晚饭前, 天黑之前, 半夜前, 零点, 二十四点, 24点, 下班以前,
        收工前, 交班前, 关门前, 打烊前, 闭馆前, 本班, 这个班,
        下午(要|就|得|必须|交|用|开|来|有|三点|两点|四点|一点|五点), 中午(要|就|得|必须|交|用|开|来|有),
        点截标""",
    "TOMORROW": """
        说明(早|天|晚|儿), 通知明(早|天|晚), 证明天, 声明天, 表明天,
        明个, 明晨, 一大早, 一早, 隔天, 第二天, 24小时内, 二十四小时内, 一个工作日, 一天之内, 过夜, 隔夜, 今明两天,
        这一两天, 一两天内""",
    "CLOCK": """
        点(钟|整|半|)(要|交|来|到|就|必须|用|关|封|开始|开会|截)""",
    "DAYS": """
        这几天, 这两天, 近几天, 近期, 过两三天, 一周之内, 一星期内, 一个星期, 周初, 周中, 这礼拜, 本礼拜, 本星期, 月内,
        这个月, 当月, 十天内, 十天半月, 节前, 国庆前, 五一前, 元旦前""",
    "WEEKS": """
        (2027|2028|2029)年(的|)(预算|计划), 明年(的|)(预算|计划|采购), 下一年度, 来年, 下财年,
        (三|四|五|六|八|几|好几|3|4|5|6|8)(周|个星期|个礼拜|个月|个多月)(后|以后|之后|内|左右|),
        一个月(后|以后|之后|内|左右), 半年, 一个季度, 本季度, 这季度, 下个季度, 下季, 三季度, 四季度, 一季度, 二季度,
        年内, 年前, 年末, 春节前, 节后, 国庆后, 暑假, 寒假, 后年, 开春, 入冬前, 夏天前, 汛期前, 长期, 远期""",
    "DRILL": """
        (例行|计划内|计划|定期|常规)(的|)(压力|负载|渗透|切换|恢复|功能|性能)测试, 压力测试, 渗透测试, 假想,
        桌面推演, 消防演练, 疏散演练, 试报警, 警报测试, 试鸣, 培训用, 演示用, 教学用, 测试用, 测试数据, 假数据, 沙箱,
        沙盒""",
    "TRIFLE": """
        字太小, 字小, 字这么小, 字有点小, 字太大, 行距, 间距, 对齐, 缩进, 标点, 逗号, 顿号, 空格, 错字, 别字, 漏字,
        笔误, 拼写, 大小写, 页眉, 页脚, 页边距, 落款格式, 抬头格式, 徽标, 水印位置, 底色, 背景色, 背景图, 色号, 偏黄,
        偏灰, 偏蓝, 偏红, 偏色, 细线, 小点, 划痕, 掉漆, 蜘蛛网, 污渍, 水渍, 脚印, 指纹, 吱呀, 吱嘎, 有点响, 门轴, 太亮,
        晃眼, 窗帘, 地垫, 挂画, 挂钟, 台历, 花盆, 花瓶, 养花, 浇花, 纸巾, 擦手纸, 垃圾桶, 烟灰缸, 茶叶, 茶水, 饮料,
        点心, 食堂菜, 加个菜, 辣菜, 菜太, 米饭, 瑜伽, 球台, 球拍, 篮球, 羽毛球, 足球, K歌, 唱歌, 春游, 秋游, 礼品,
        纪念品, 文化衫, 表情, 锁屏, 昵称, 签名档, 手机壳, 贴膜, 像素, 门牌, 菜单, 饭菜, 口味, 甜点, 盒饭味道, 咸了,
        淡了, 干手器, 香薰, 背景音""",
    "WISH": """
        能(改善|优化|提升|改进|加强|调整|升级|美化|换新)就(改善|优化|提升|改进|加强|调整|升级|美化|换新),
        希望贵, 希望你们, 希望加, 希望有, 要是有, 要是可以, 有没有可能, 有没可能, 有无可能, 可否考虑, 能否考虑,
        能不能考虑, 能不能以后, 能否加, 能否增加, 可不可以加, 可以加个, 加个功能, 增加个, 增加一个菜, 新增一个,
        加一个(功能|选项|按钮|入口), 改进意见, 想加个, 想改个, 想要个, 想试试, 再大一点, 再大点, 再小一点, 再亮一点,
        再深一点, 再浅一点, 大一点吗, 小一点吗, 好看一点, 如果能, 若能, 最好有, 最好加, 最好可以, 倒是希望, 憧憬, 畅想,
        未来可以, 以后可以, 以后能, 考虑一下, 考虑下, 可考虑, 想多一个, 想多个, 想有个, 想要一个功能,
        多一个(视图|选项|按钮|入口|筛选|功能|主题)""",
    "QUESTION": """
        几点(下班|上班|开|关|结束|开始|发|来|吃饭|营业|集合),
        (从|去|到|在|往)哪(儿|里|)(领|拿|取|办|交|下载|进|提|报|填|找|看|查|买|借|还|登记), 要不要交,
        需要什么(材料|资料|手续|条件),
        (就是|只是|就|只)(想知道|想了解|好奇|问问|随口问), 好奇, 不是(我|来|在|要|)催,
        问一句, 问个问题, 有个问题想, 疑问, 好奇, 顺便问, 弱弱问, 群里问, 冒昧问, 了解一下, 了解下, 求科普, 求指导,
        求链接, 有人知道, 支持(不|没), 么?, 嘛?, 不?, 没?, 否?, 呀?, 啊?, 吧?, 为啥, 为什么, 为何, 啥意思, 啥时候, 哪年,
        哪家, 哪款, 哪本, 哪版, 哪边, 哪儿能, 哪能, 由谁, 归谁, 联系谁, 走啥流程, 多大, 多长, 收费标准, 有啥区别,
        有啥不同, 可以不可以, 行不行, 好不好, 对不对, 能不, 有无, 有没, 有何, 该不该, 应该找, 应不应该,
        找谁(拿|要|办|领|问|开), 谁审批, 谁出钱, 谁付, 谁承担, 会怎样""",
    "IF": """
        会不会哪天, 哪天要是, 哪一天, 有一天, 假使, 设若, 要是有朝一日, 真要是, 真有一天,
        假使, 真挂了, 真出了, 真出事, 真的发生, 比方, 举例, 想象一下, 最坏情况, 极端情况""",
    "PAST": """
        (之前|原来|原本|本来|起初|一开始|开始|当初)(还|)(以为|觉得|说|认为)(是|很|挺|要|),
        上回, 那回, 前阵子, 前段时间, 前些天, 前些日子, 前两天, 前几日, 那天, 原来那, 曾, 前年, 上半年那, 上季度,
        上礼拜, 历史上""",
    "IRONY": """
        真有你们的, 真有你的, 真是时候, 好一个, 好一出, 精彩, 神奇, 厉害厉害, 高效, 这效率, 这速度, 这服务, 呵, 哈,
        嘿嘿, 嘻嘻, 啧, 哎哟, 不就(几|十|二|三|五|一)(十|百|)(人|号人|个人|天|小时),
        就(几|二|三|四|五|一)(十|百)(号|个|多|来)(人|号人|个人|), 区区, 顺便一提, 贵司真, 贵部真, 你们真, 真不愧,
        谁让""",
    "NOT": """
        用不着, 犯不着, 算不上, 说不上, 称不上, 绝非, 未必, 不见得, 不一定""",
    "NAME": """
        不了解, 不了了之, 要不了, 少不了, 免不了, 忘不了, 大不了, 了不得, 受不了, 用不了多久, 用不了多少, 不上班,
        不上课, 不上不下, 不上心, 看不上, 不开心, 不开会, 不开放, 不出意外, 不出所料, 不出差, 不出三, 不动声色, 不动产,
        不通知, 不成文, 不成比例, 不成熟, 不成问题, 不能再, 不能说, 不能不, 能不能, 不能光, 不能总, 不能太, 不能只,
        不能算, 紧急更新, 紧急制动按钮, 紧急救护箱, 紧急联系人, 紧急联系电话, 应急包, 急救箱, 急救包, 急救培训, 急救课,
        急诊, 急诊楼, 急诊科, 急诊室, 救护车通道, 救护车位, 消防车, 消防站, 断桩, 断舍离, 断开式, 故障码, 故障手册,
        报警记录, 报警阈值, 火锅, 火车, 火车票, 火炬, 火腿, 烟草, 烟台, 香烟, 血压, 血型, 社保, 保险, 风险, 突破, 挂钟,
        挂账, 报废清单, 报废流程, 报废单, 报废申请, 全过程, 大家好, 大家辛苦, 请假, 请示, 申请表, 申请单, 关键词,
        关键字, 回头客, 最好, 只好, 正好, 刚好, 恰好, 良好, 你好, 您好, 好像, 好的, 修好了再, 弄好了再, 装好了再,
        准备好了, 就好了, 才好了, 好了再, 好了之后, 好了以后,
        打扰了, 打扰一下, 不用今天, 不必今天, 十来分钟, 几分钟就, 每隔, 过(十|几|五|二十)来分钟,
        消防演练(方案|计划|照片|记录|视频|总结|脚本|签到表|资料|报告),
        应急演练(方案|计划|照片|记录|视频|总结|脚本|签到表|资料|报告),
        火警(疏散图|演练|预案|电话|广播|按钮|系统|主机|铃), 困人(演练|预案|应急),
        电梯困人(演练|预案|应急|处置|培训), 天塌了, 天塌下来,
        (面试官|客户|老板|领导|大家|对方|同事)(就|都|已|已经|马上|)上线, 评审(意见|表|记录|纪要)""",
    "LACK": """
        漏(了|)(页|盖|签|填|传|报|装|打印|交|算|附), 少(了|)(页|章|签字|盖章|附件|一页|一张),
        没人(填|做|签|准备|交|写|报|订|定|补|带|盯|接手),
        (锁|落|忘|放)在(柜子|抽屉|保险柜|办公室|家|车)(里|),
        (人|负责人|经办人|管理员|同事)(请假|出差|不在|联系不上|生病|休假), 联系不上, 打不通电话,
        钥匙(丢|找不到|没|不在),
        没找到替补, 没辙, 毁约""",
    "WH": """
        怎样, 会怎样, 怎么样, 会如何""",
    "FLOOR": """
        (会议室|培训室|车间|仓库|食堂|宿舍|东区|西区|南区|北区|A区|B区|C区|D区|走廊|大厅)(里|内|),
        (一|二|三|四|五|六|七|八|九|十|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18)(楼|层)""",
    "MILD": """
        就行, 就成, 即可, 就好, 就可以, 也行, 也可以, 也成, 皆可, 都可以, 都行""",
    "ELSEWHERE": """
        (旁边|边上|附近的|对门|相邻|外省|某|其他|别的|兄弟|友邻)(项目|工地|标段|小区|楼盘|单位|公司|地块),
        (学习|事故|安全)通报, 引以为戒, 举一反三""",
}  # fmt: skip
