"""What goes wrong, in both languages: people hurt or shut in, danger, outages, data lost, thieves, work that stands.

The notation is told in `core.rules.lexicon`; what people mean by the words around is in `en` and `zh`.
"""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "HURT": """
        (shut|stuck|locked|caught|trapped) in (the|a|our|your) (goods |passenger |service |)(lift|elevator|hoist),
        (is|are|got|been|was|were|get|gets|someone|somebody|still) trapped, (is|are|got|been|was|were) pinned,
        (is|are|got|been) (stuck|locked|shut) in (the|a|an)
        (lift|elevator|hoist|shaft|vault|cellar|tunnel|manhole|tank|cage), (stuck|locked|shut) in the
        (toilet|plant room|server room|basement|stairwell|roof|store|strong room), stuck inside, locked inside, shut
        inside, cannot get out, can't get out, stuck on the (roof|scaffold|crane|jib), pinned
        (under|against|between|by), caught (in|under|between) the (machine|belt|crane|bucket|mixer|door|saw),
        (leg|arm|hand|foot|finger) (is |got |)(caught|stuck|crushed), on the ground and, lying on the (ground|floor),
        not moving, bleeding (badly|heavily|a lot), head wound, head injury, broke his, broke her, broken
        (arm|wrist|ankle|rib), has collapsed at, collapsed in the, fainted, unconscious, heart attack, chest pain,
        stroke, seizure, choking, can't breathe, cannot breathe, difficulty breathing, short of breath, allergic
        reaction, anaphyla(xis|ctic), electrocuted, got a shock, (an |)electric shock, burnt his, burned his, burned
        her, scalded, severe burns, called (an ambulance|999|911|112|120|the ambulance), call an ambulance, need(s|) an
        ambulance, paramedic(s|), first aid (is |)(needed|required|now|please|at once), needs first aid, medical
        emergency, (was|were|been|got|is) (knocked|hit|struck|crushed|run over|buried|swept|dragged)
        (down|over|by|under|off), fell (through|over the edge|down the|from the|off the|into the|off a|from a|into a),
        slipped (off|from|down), hanging (from|by) (his|her|the|a) (harness|rope), dangling, suicid(e|al), kill himself,
        kill herself, (is|are) (being |)(attacked|assaulted|threatened|beaten), assault(ed|), fight broke out, with a
        (knife|gun|hammer), hit a pedestrian, hit a cyclist, missing (person|child|worker|diver), drowned, overcome by
        (fumes|gas), poisoned, inhaled, in a coma, resuscitat(e|ed|ing|ion), cpr, defibrillator is needed, gone into
        labour""",
    "DANGER": """
        (ceiling|ceiling panel|ceiling tile|ceiling tiles|plasterboard) (is |are |has |have |)(fallen|coming down|came
        down|fell|hanging down|about to),
        (water|rain|gas|steam) (main|pipe|line) (has |)(burst|ruptured|blown|snapped), gas alarm, smoke alarm (is
        |)(going|ringing|sounding), (crane|scaffold|wall|trench|tree) is (leaning|tilting|swaying),
        (lads|men|people|workers|someone|somebody|guys|labourers|children) (down there|underneath it|below it|right
        underneath|standing below|walking below|walking under),
        (glass|splinters|shards|bricks|tiles|debris|stones|plaster|slates)
        (is |are |keep |keeps |)(falling|coming down|raining|dropping),
        (guard|hand|safety) (rail|rails|railing) (is |are |)(missing|removed|gone|loose),
        (manhole|trench|pit|shaft|drain|duct) (cover|covers|lid|lids|grating) (is |are |)(missing|gone|off|open),
        (i|we|you) (can |)(smell|smelt|smelled) (gas|petrol|burning|smoke|diesel|something),
        (smell|smells|smelling|reeks|stinks) of (gas|petrol|burning|smoke|diesel|burnt),
        gas (pipe|main|line) (was |has been |is |got |)(cut|hit|damaged|broken|severed), gas (pipe|main|line)
        (was |has been |is |got |)(struck|ruptured|leaking|open|burst), (hit|struck|cut|severed|ruptured|damaged)
        (a|the) (gas main|gas pipe|gas line|live cable|power cable|power line), (strong |)(smell|stench|odour|odor) of
        (gas|petrol|burning|smoke|chemicals|solvent), strong smell, smells burnt, smells like
        (gas|burning|smoke|something burning), smell something burning, smell of burning plastic, smoke
        (is |)(everywhere|filling|rising|billowing), full of smoke, black smoke, thick smoke, smoulder(s|ing), on fire,
        (is|was|has|have) (caught|catching) fire, fire (has |)(started|spread|spreads|spreading|in|on|at) the, burst
        into flames, blaze, explosion, exploded, blew up, blown up, bomb (threat|alert), suspicious package, unexploded,
        collapse(d|s|) (on|into|onto|at|in|under|of), (has|have|just|partly|partially) collapsed, about to come down,
        might come down, could come down, will come down, coming down on, ready to fall, threatens to
        (fall|collapse|topple), (is|are) (about|going) to (fall|collapse|tip|topple|snap|burst|give way|blow|explode),
        toppl(e|ed|ing|es) over, load (is |)(hanging|swinging|slipping|dropped|fell), dropped (a|the|its) load, swinging
        (over|above) (the|a), hanging over (the|a|our|people), over people's heads, above the
        (pavement|footpath|public|school|street|playground), live wire(s|), bare (cable|cables|wire|conductor), wires
        (are |)exposed, sparks (visible|flying|come|are), water (in|into|on|onto|over|dripping on|drips on|running into)
        the (switchboard|electrics|socket|sockets|fuse box|panel), onto the
        (switchboard|electrical panel|fuse box|distribution board), (is|are) live, electrified
        (fence|frame|handrail|door), toxic, poisonous, carbon monoxide, fumes, chlorine, ammonia, acid (leak|spill|is),
        solvent spill, chemical leak, radiation, asbestos (dust|found|exposed|released|has), evacuat(e|ing|ed)
        (the|our|everyone|all|people|now|immediately), life and limb, risk to life, danger to life, in
        (mortal |grave |)danger, lives are at risk, lives at risk, someone will get hurt, somebody will get hurt,
        someone could (get hurt|fall|die|be killed), somebody could (get hurt|fall|die|be killed), people could
        (get hurt|fall|die|be killed), before (someone|somebody|anyone) (gets|is) (hurt|killed|injured), accident
        waiting to happen, fire exit(s|) (is |are |)(blocked|locked|chained), emergency exit(s|)
        (is |are |)(blocked|locked|chained), sinkhole, ground (is |)(moving|sliding|giving way|has opened), landslip,
        mudslide, flash flood, dam (is |)breaking,
        a belt off, is still live, are still live, still energised, still energized""",
    "HAZARD": """
        tower crane(s|), mobile crane, jib, hook block, counterweight, boom, telehandler, forklift(s|), piling rig,
        drill rig, scaffold board(s|), scaffolding, props, propping, sheet pile(s|), sheet piling, pit wall, excavation
        wall, embankment, parapet, balustrade, roof edge, safety net(s|), harness(es|), lifeline, anchor point(s|),
        ladder(s|), catwalk, gangway, pressure vessel, boiler, gas cylinder(s|), transformer, switchgear, live panel,
        fire doors, smoke detectors, fire pump, hydrant, sprinkler(s|) (system|), gas detector(s|), pergola, canopy,
        facade panel(s|), cladding panel(s|), glass pane(s|), lintel, load-bearing wall, beam, girder, concrete
        pump, suspended platform, cradle""",
    "FAULT": """
        bulg(ed|es|ing), tilt(s|ed|ing), buckl(ed|es|ing), sink(s|ing), sunk, settling, shift(ed|ing), warped, snapped,
        ripped, detached, come (loose|off|apart|undone), came (loose|off|apart|undone), coming (loose|off|apart), comes
        (loose|off), hanging (loose|by a thread), corroded, rusted through, rotten, split, sheared, ruptured, burst,
        seized, jammed, unstable, dodgy, out of action, misaligned, not secured, not fixed properly, unsecured, fallen
        off, falling apart, malfunction(ed|), short circuit(s|), tripped, trips, blew a fuse, overheat(s|ed),
        flicker(s|ing), error(s|), glitch(es|), bug, corrupt(ed|), garbled, unreadable, inaccessible, wrongly,
        incorrect, mistake, mistaken, double booked, knocked (over|off|loose), backed into, drove into, collided with,
        crashed into, scraped, dented, stolen,
        (is|are) still locked, (is|are) still unsigned""",
    "LIFT": """
        hoist, hoists, man hoist, passenger hoist, goods lift, freight elevator, service
        lift, dumbwaiter,
        lift, lifts, elevator, elevators, hoist cage, lift car, cable car, gondola, paternoster""",
    "SOUL": """
        someone, somebody, person, people, man, woman, men, women, child, children, kid(s|), guest, guests, visitor(s|),
        passenger(s|), worker, workers, colleague, colleagues, cleaner, tenant, resident, staff member, occupant(s|),
        old (man|lady|woman), lady, guy, guys, i am, i'm, we are, we're""",
    "CORE": """
        production (database|system|server|servers|environment|site|cluster|db), prod, in production, live
        (system|site|server), (main|core|central|primary) (server|switch|router|network|database|system|firewall),
        domain controller, active directory, server room, data cent(er|re), internet connection, internet line, fibre,
        firewall, (our |the |)(website|web shop|webshop|online shop), payment (gateway|system|page), checkout,
        (order|email|mail|e-mail|booking|phone) system, switchboard, hotline, mail server, exchange server, erp, sap,
        crm, the (server|servers|network|database|vpn|intranet|dns|cloud), single sign-on, sso, authentication, file
        server, storage array, backup power, ups""",
    "LOST": """
        delet(ed|es|ing) (by mistake|by accident|accidentally|the|our|all|everything|a), accidentally delet(ed|es|e),
        mistakenly deleted, (has|have|been|was|were|got|is|are)
        (accidentally |)(deleted|erased|overwritten|wiped|formatted), overwr(ote|itten), formatted the, lost
        (all|our|the|some) (data|files|orders|records|work), data (is|are|has been|was|were) lost, losing
        (data|orders|records|files), data loss, dropped the (table|database), truncated the, rm -rf, files (are|have)
        (gone|vanished|disappeared), (has|have|all) (vanished|disappeared),
        (files|data|records|orders|documents|emails|folders) (are |have |is |has |all |)(gone|vanished|disappeared)""",
    "GONE": """
        no backup(s|), without (a |any |)backup(s|), backup (is |was |)(empty|corrupt|missing|also|too|failed|fails),
        backups (are |)(empty|corrupt|gone), (can't|cannot|can not) be (recovered|restored|undone|retrieved),
        unrecoverable, irrecoverabl(e|y), irretrievabl(e|y), for good, permanently, beyond recovery""",
    "LEAK": """
        ransom, ransom note, encrypted by, all files (are |)(encrypted|renamed), strange extension(s|), decrypt key,
        bitcoin, trojan, keylogger, spyware, rootkit, botnet, backdoor, intrusion, intruded, unauthori(s|z)ed
        (login|logins|person|transfer|payment), (suspicious|strange|unknown|foreign|unfamiliar) login(s|), logins from
        (abroad|another country|brazil|russia|nigeria|overseas), someone (is |has |)(logged|logging) in (as|to|with)
        (me|my|our), (account|mailbox|server|site|website|pc|laptop|system) (was|has been|got|is|were|been)
        (hacked|compromised|hijacked|breached|taken over), entered my (password|credentials|login|card), gave
        (them|him|her|away) my, gave out (my|the|our) password, scam(med|), scammer(s|), fraud, fraudulent, fake
        invoice, impersonat(e|ed|ing|es|ion|or), ceo fraud, pretending to be, wrong
        (supplier|bidder|recipients|company|contractor|tenderer|mailing list|distribution list), reply all with, visible
        to (all|everyone|everybody|anyone|anybody|other|the public|outsiders|strangers|competitors),
        (anyone|everybody|everyone|outsiders|strangers) can (see|read|open|download|view|access)
        (our|the|all|it|them|confidential|client|customer|personal|salary|salaries),
        (salaries|payslips|passwords|passports|client data|customer data|personal data|medical records)
        (are|is|were|was) (visible|public|online|exposed|leaked|accessible|on the), exposed (on|to) the
        (internet|web|public), found (online|on the dark web), on the dark web, for sale online, gdpr breach,
        confidential (data|documents|files|information) (was|were|is|are|has|have), (clicked|opened|tapped|followed)
        (on |)(the|a|that|this) (phishing|suspicious|fake|strange|link), (entered|typed|gave) (my|our|the) password,
        left on the (public|shared|common|open) (printer|desk|scanner|copier), (several|other|many|three|two|some)
        people saw, lying on the (public|shared) printer, (clicked|opened) (on |)(it|one|the attachment) and,
        copy out the (entire|whole|client|full), copied out the (entire|whole|client|full), downloaded the
        (entire|whole) (client|customer|price), walked (off|out|away) with (the|our) (client|customer|price)""",
    "STOLEN": """
        stolen, theft, been stolen, nicked, burgled, burglary, left (it |)(on|in) the
        (train|bus|taxi|cab|tram|plane|underground|metro|pub|restaurant|airport), on the (train|bus|tram|plane), in
        (a|the) taxi, lost (my|his|her|the|a|our)""",
    "CARRIER": """
        laptop(s|), notebook, usb (stick|drive|key), memory stick, thumb drive, pen drive, hard drive, hard disk,
        company phone, work phone, passwords, client contracts, customer files, client files, personnel files,
        confidential""",
    "ALL": """
        no (power|electricity|internet|network|water|heating|light) in the (building|office|whole
        building|tower|hotel|school|factory|plant|hospital),
        (anywhere|everywhere|nowhere|all over|throughout|across) (in |)the
        (building|office|company|site|campus|plant|factory|hotel|hospital|school|tower|house),
        (all|every)
        (customer|customers|client|clients|branch|branches|department|departments|shop|shops|store|stores|factory|
         factories|location|locations), customers (can't|cannot|are unable|get|see), clients (can't|cannot|are unable),
        no customer, no orders, whole
        (company|firm|group|business|office|building|site|factory|plant|campus|tower|hospital|school), entire
        (company|firm|office|site|building|business|group|factory|plant|campus), throughout the
        (company|building|office|site), (both|three|four|five|all three|all four) (offices|buildings|sites|factories),
        global outage, total outage, complete outage, major outage, total blackout, complete blackout, nationwide,
        worldwide, everything on site, everything is (shut|closed|stopped|down|offline|dead), everything has
        (stopped|shut|gone down), (in|at|across) (the|our) (company|firm|whole firm|organisation|organization),
        (entire|whole|all of) head office, (entire|whole) headquarters""",
    "GROUP": """
        both teams, all teams, two teams, three teams, our teams, the teams, other teams, teams are, teams can't, teams
        cannot,
        (sales|purchasing|procurement|legal|it|design|tender|claims|support|reception|hr|estimating|payroll|marketing|
         planning|survey|drawing|finance|accounts|accounting|engineering|commercial|logistics)
        (department|team|office|floor|staff|people|group|guys|colleagues), (the |our |)(meeting|conference|training)
        room is full, half (of |)(the |our |)(office|team|company|floor|building|staff|site|department),
        (second|third|fourth|fifth|first|ground|top|2nd|3rd|4th|5th) floor (is|has|cannot|can't|people|staff), the floor
        (is|has), several (people|users|colleagues|of us|teams), a (few|couple of) (crews|gangs|teams|departments),
        concrete trucks, concrete pump, ready-mix, delivery trucks, convoy, our people, most of
        (us|the team|the office), whole, entire, (our|my) (floor|wing|hall|area|section|unit|half|site office), this
        floor, everyone here, everybody here, all of the team, the lads, my team, our team, the guys,
        all (four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen) of (us|them), brickies,
        sparkies, chippies, scaffs,
        (landscaping|estimating|drylining|groundworks|formwork|bricklaying|surveying|procurement|planning)
        (is|are|can|can't|cannot|have|has)""",
    "STOP": """
        (tower |mobile |)(crane|hoist|excavator|forklift|pump) (is |are |)(not
        available|unavailable|double booked|double-booked|off hire|not free),
        (sitting|standing|hanging|waiting|sat|stood) (at the gate|outside|around|in the canteen|in the van|in the car
        park|in the corridor|in the lobby|in the yard|by the gate|on site waiting|in the cold|in the rain),
        lined up, lining up, queue(s|d) (up |)(outside|at|in|on|down), twiddling (our|their) thumbs, playing cards,
        drinking tea, (are|is|sit|sits|sitting|stand|stands|standing|hang|hanging|lie|lying)
        (idle|around|about|waiting|unused), kicking (our|their) heels, nothing to do, no work for, (enjoying|on|having)
        (their|a|an|our) (holiday|early holiday|involuntary holiday|unplanned holiday|extra break|long break|day off),
        can go home, might as well go home, went home, paid to (wait|watch|sit), doing nothing, sit and (wait|watch),
        (cannot|can't|could not|couldn't|unable to|not able to)
        (carry on|do our job|do their job|do my job|start|pour|lift|dig|weld|build|set out|erect|deliver|unload|invoice|
         bill|pay|ship|trade|sell), (is|are|whole team|all of us|everyone|everybody|team|crew|gang) blocked, blocks
        (us|everyone|the team|the crew|my work|our work|all), blocking
        (us|everyone|the team|the crew|my work|our work|all|production|the release), (has|have) come to a
        (stop|halt|standstill), production (is |has |)(stopped|halted|down|stands), line
        (is |has |)(stopped|halted|down), can't get (on|any work done|anything done), brought
        (us|everything|work|the site) to a (stop|halt|standstill), without (power|water) since, unable to work, no way
        to work, (can't|cannot|can not|could not) be (signed off|handed over|accepted|poured|inspected|delivered), in
        the dark, sits in the dark""",
    "HALT": """
        no (lorry|lorries|truck|trucks|delivery|deliveries|vehicle|vehicles|concrete) (gets|get|can get|comes|come|is
        getting) (in|through|out|past),
        (chained|locked|blocked|barricaded|padlocked|blockaded|blocking) (the |our |site |the site
        |)(gate|gates|entrance|access road|site access),
        stop notice, stop-work notice, stop work notice, (has|have|is|was) shut (us |the site |)down, shut the site,
        site (is |has been |was |)(shut|sealed|closed|locked) (off|by|down|until), all
        (work|works|trades|activities|crews) (has|have|is|are|was|were|on site)
        (stopped|halted|ceased|suspended|stands), all trades have stopped, (work|construction|production|everything)
        (on site |)(has|have) (stopped|halted|ceased|come to), (are|is|were|was) ordered to (leave|stop|halt|clear),
        injunction, wildcat strike, blockade(d|), protesters, sealed off by""",
    "DOWN": """
        no (power|electricity|internet|network|water|heating|light) in the (building|office|whole
        building|tower|hotel|school|factory|plant|hospital),
        (is|are|went|goes|gone|stays|sits) (all |completely |totally |pitch |now |)dark, pitch (dark|black), in the
        dark, in darkness,
        lost (the|its|their|our|all)
        (printer|printers|connection|drive|share|mapping|licence|license|server|screen|shared drive|mailbox|access),
        (has|have) (died|conked out|given up|packed up|packed in|gone dead|stopped dead|bitten the dust), gave up the
        ghost, won't (start|hold|turn|charge|print|scan|connect|open|load|boot|sync|save|respond|move|light|dial),
        (thrown|kicked|booted|logged|signed|locked|chucked|shut|forced) out (of|since|again|every|after),
        (network|internet|wifi|power|signal|vpn|connection|email|mail|intranet|water|heating)('s| is| has)
        (gone|dead|out|off|vanished),
        (is|are|was|were|gone|goes|went|going|still|again|completely|totally|all)
        (down|offline|dead|unreachable|unresponsive|inaccessible|unavailable|kaput|bust|broken down), down for
        (everyone|everybody|all|us all|the whole), not loading, not starting, not booting, not opening, not printing,
        not syncing, not sending, not receiving, not coming up, not connecting, not charging, doesn't
        (come up|react|start up|power on|connect|sync|charge|print|send|receive|log me in|recognise|recognize),
        (won't|will not)
        (connect|sync|charge|print|send|receive|let me|let us|log me in|power on|come on|come up|wake up|go on), stopped
        (responding|loading|printing|syncing|charging|receiving), keeps
        (crashing|freezing|rebooting|restarting|dying|disconnecting|dropping out|timing out|kicking me out), (has|have)
        (crashed|failed|died|stopped|broken down|gone down|given up|packed up|conked out), packed up, conked out, gave
        up the ghost, bricked, kaputt, (can't|cannot|could not|couldn't|unable to|not able to|no way to)
        (get online|get on|get in|boot|launch|start|view|download|export|import|sync|sign|pay|invoice|process|book|
         order|dial|call out|be reached|be opened|be processed|be paid|set out|edit|scan|register|badge in), no
        (dial tone|sound|picture|display|internet|wifi|wi-fi|connectivity|service|dns|vpn|phone line|
         response from the server|lights), lost (internet|network|wifi|wi-fi|connectivity|signal), internal server
        error, error 500, error 503, 502 bad gateway, bad gateway, access denied, permission denied, account
        (is |has been |was |)(locked|disabled|blocked|suspended), password
        (is |was |)(rejected|refused|not accepted|expired), blue screen(s|), black screen, white screen, kernel panic,
        boot loop, screen (is |stays |went |goes )(black|dark|blank|white|blue),
        (server|site|system|app|service|portal|script|database|website|build|sync) fell over, fell over again""",
    "SPREAD": """
        getting (worse|bigger|wider|hotter|higher), (is|are|keeps|keep|still)
        (rising|climbing|growing|spreading|widening|increasing|flooding|pouring|gushing), by the (minute|hour), every
        minute, minute by minute, keeps (rising|climbing|growing|spreading|widening), (being|is) poured right now,
        gushing, pouring out, pouring through, in full flow, overflowing, about to overflow, is overheating, running
        hot, temperature is (rising|climbing|going up), and rising, and counting""",
    "BID": """
        tendering portal, procurement portal, e-procurement, bid submission, submission portal, pre-qualification,
        prequalification, rfp, our proposal, sealed bid, closing of tenders""",
    "MILESTONE": """
        pour permit, pour card, crane lift, heavy lift, month-end closing, month end closing, year-end closing, closing
        of the books, payment run, wage run, salary run, fire inspector, building inspector, surveyor comes, safety
        audit, iso audit, site acceptance, factory acceptance, topping-out, product launch, release
        (date|tonight|tomorrow), the (minister|mayor|auditor|auditors|notary|judge|bank) (is|comes|arrives|visits|will),
        key handover, opening (day|tomorrow|today), ground breaking, groundbreaking, court date, hearing
        (is|on|today|tomorrow), press conference, annual general meeting, agm, (can't|cannot|can not|could not) be
        (signed off|handed over|accepted|poured|inspected|delivered),
        (client|customer|owner|audit|inspection|site|vip|minister|investor) visit, visit (tomorrow|today), walkthrough,
        walk-through, pre-pour, submission (is|tomorrow|today),
        pour's""",
    "COMPLAINT": """
        (improvement|prohibition|enforcement|stop|rectification|non-conformance|breach|default|warning|violation|penalty)
        (notice|notices|order), served (a|an|us|notice), formal (notice|warning|letter), stop-work order,
        (client|customer|owner|employer)'s (very |)(unhappy|angry|upset|furious|fuming|livid), threaten(s|ed|ing)
        (to|with) (terminate|cancel|sue|leave|legal|court|withhold|penalties|termination), walked out, is fuming, is
        livid, lost (his|her|their) (patience|temper), ran out of patience, notice of default, final warning, breach of
        contract, withhold(s|ing|) payment, stop payment, refuses to pay, escalated by,
        (client|customer|owner|employer|architect|authority|council|tenants) (is|are|was)
        (very |really |extremely |)(unhappy|angry|upset|furious),
        (client|customer|owner|employer|architect|authority|council|tenants) (is|are|was)
        (very |really |extremely |)(annoyed|fuming),
        (client|customer|owner|employer|architect|authority|council|tenants) (is|are|was)
        (very |really |extremely |)(livid|dissatisfied|not happy), (is|are|very|extremely|really) (unhappy|dissatisfied)
        with, complained formally, formal complaint, formally complained,
        (is |are |)(refusing|refuses|refused) to sign (off|), (is |are |)(refusing|refuses|refused) to
        (accept|approve|pass|release) (the|our), won't sign off""",
    "LOSS": """
        penalties, contractual penalty, delay damages, be fined, get fined, will cost us, costing us, costs (us|me)
        (a fortune|thousands|a lot), or we are out, or we're out, or we lose, we will lose, we'd lose, we lose, losing
        (sales|money|revenue|customers|business), lost (sales|revenue|business|orders), out of pocket, be excluded, be
        disqualified, rejected as late""",
    "NOW": """
        this can't wait, this cannot wait, (it |)can not wait, no time to waste, a matter of (life|minutes|hours), right
        now!, now now, as we speak please, on the double, pronto, at the double, no delay, cannot be delayed, must not
        wait, extremely critical, mission critical, business critical, super critical, sev 1, sev1, severity 1, prio 1,
        prio1, priority 1, priority one, p1, p0, code blue, red alert, all hands, showstopper, show stopper,
        show-stopper, blocker""",
    "SOON": """
        a bit urgent, kind of urgent, kinda urgent, somewhat pressing, pls rush, please hurry, need it soon, needed
        soon, soon please, sooner the better, high time, quick as you can, quick please, hurry please, pretty please
        soon, prio 2, priority 2""",
    "CALM": """
        not a big deal, no big deal, nothing serious, nothing dramatic, nothing major, nothing critical, nothing wild,
        not critical, not serious, minor (issue|thing|point|matter|problem|annoyance), small thing, tiny thing, just a
        small, just a minor, would do, will do fine, will do nicely, suits me, works for me,
        (next week|next month|next monday|monday|whenever) (is|would be|will be) (fine|ok|okay|enough|perfect|good), no
        deadline, no due date, no particular (date|hurry|deadline|order), no specific deadline, not in a rush, there is
        no rush, there's no rush, without (haste|hurry|rush), in a quiet (moment|minute|hour), in quiet times, when
        (bored|idle|passing|passing by|you pass|you're around|you are around|you are nearby|things are quiet|it's quiet|
         it is quiet|it fits|it suits you), on (your|the) next (visit|round|trip|occasion), whenever
        (you like|you want|possible|suits|suitable|it's convenient|it is convenient|someone passes by|someone is around|
         someone passes|you pass by|you're here|it fits), if you happen to, at a later date, at some later, later this
        (year|quarter|month), later is fine, could be later, back-burner, p4, prio 4, priority 4, low prio, lowest prio,
        least urgent, annoying but, but i can work, we can live with, works most of the time, can survive, survivable,
        bearable, tolerable, hardly noticeable, barely noticeable, (fine|ok|okay) (by|with) me, early enough, soon
        enough, good enough, honestly""",
    "SOLVED": """
        and then it (was|worked|went), it (was|is) fine (then|again|after), then it was fine, you can close
        (this|it|the ticket|the request|my request), please close (this|it|the ticket|the request|my request), can close
        this, ticket can be closed, (closing|close) (the|this|my) (ticket|request),
        (works|work|working|runs|running|is up|are up|is online|is live|is back|are back|printing|prints|loads)
        (again|fine again|as before|perfectly now|like a charm), sorted it (myself|out), fixed it (myself|already),
        solved it myself, figured it out, managed to (fix|solve|restore|recover|find), i managed, no action required,
        nothing (more |else |)to (do|be done), problem gone, issue gone, was settled, has been settled, was resolved, no
        longer relevant, not relevant any more, out of date now, superseded, called off, was called off, withdrawn by,
        moot, after a (restart|reboot), restarting (helped|fixed|did), rebooting (helped|fixed|did), turning it off and
        on, (it's|it is|is) (working|back|fixed|ok|okay|sorted|solved|done) (now|again|already)""",
    "ROUND": """
        (the |)other one (works|still works|is fine|is ok), one (of them |)still works, i (can|could) use
        (the|another|my|a), we can use (the|another|a), (we|i) use (the|another)
        (other|one|spare|printer|room|machine|laptop) (instead|meanwhile|for now|in the meantime), there is
        (another|a second|a spare), there's (another|a second|a spare), meanwhile (i|we) (use|work|manage), have
        (another|a second|a spare) one, still able to (work|print), but (it|that|this|everything) (still |)works, but
        (i|we) can (still |)(work|manage|print)""",
    "ELSEWHERE": """
        (two|three|a few|some) streets away, nothing to do with (us|our), not ours, down the (road|street), at
        (a|another) (competitor|competitor's|company|firm|site), happened
        (elsewhere|at another|at a competitor|in another), (i |we |)(read|saw|heard) (in|on) the
        (news|paper|papers|radio|tv), in the news""",
    "DRILL": """
        (phishing|fire|disaster recovery|recovery|failover|ransomware|security|evacuation|emergency|breach|attack)
        (simulation|simulations|test|tests|exercise|exercises|drill|drills|rehearsal|training|workshop), tabletop
        exercise, table-top exercise, mock (audit|drill|incident|evacuation), dry run, only a test, this is a test, just
        a test, test message, (planned|scheduled|announced|upcoming|routine)
        (downtime|maintenance|outage|shutdown|restart|reboot|interruption|works|power cut|update|upgrade), maintenance
        window""",
    "TRIFLE": """
        pot plant, pot plants, office plant, dark mode, cupcakes, donuts, doughnuts, chocolate, sweets, fruit basket, water
        cooler talk, christmas (tree|party|decoration|decorations), party, decoration(s|), balloons, screen saver,
        screensaver, avatar, emoji(s|), gif, meme, theme colour, theme color, ringtone, hold music, chairs nicer, nicer
        (chairs|chair|mugs|pens|font|icons|colours|colors), cushion(s|), parking karma, foosball, dartboard, candy, ice
        cream, milk, sugar, beans, napkins, straws, paint colour, curtain(s|), carpet, rug,
        decaf""",
    "WISH": """
        would be (cool|great|nice|good|lovely|awesome|helpful|useful|handy|neat) (if|to), any chance of, would love to
        (see|have), it'd be (nice|great|cool|good|lovely), wouldn't it be, dream of, feature wish, nice idea, have you
        (considered|thought), how about, why not (add|have|use), i wish, we wish, wishlist, should consider, could be
        (nicer|prettier|improved|better), improvement idea""",
    "QUESTION": """
        is it (an emergency|urgent|critical|allowed|possible|true|normal|ok|okay|a problem|a fault) (if|to|that|when),
        what
        (number|colour|color|version|address|password|date|format|size|procedure|are the|is your|was the|do we|do i|
         about), who do i (call|ask|contact|talk), who (should|can|must) (i|we) (call|ask|contact), whom
        (do|should|would|can) (i|we), which (number|version|room|person|office|floor|address|client|supplier|size), how
        (often|far|late|soon|big|fast|come), when (is|are|do|does|will|was|did), where
        (is|are|do|does|can|could|should), do (i|we) (have|need) to, does (it|this|that|anyone|anybody), am i
        (allowed|supposed), are we (allowed|supposed), can (i|we) (already|bring|take|use|park), what's the""",
    "NOTE": """
        please file, for your files, for our files, for the project file, for (your|our|the)
        (archive|archives|documentation), heads up, heads-up, note that, be aware, please be informed, we inform you, to
        inform you, i inform you, this is to (inform|notify|confirm), please find (attached|enclosed), enclosed
        (is|are|please), no action, nothing to do for you, just (fyi|saying|info|information|testing), for info, fyi
        only, has been (finalised|finalized|archived|approved|signed|accepted), congratulations on, congrats, thank you
        all, big thank you, thanks for
        (everything|fixing|solving|helping|sorting|the quick|the fast|your quick|your fast|repairing|taking care|
         coming), thanks everyone, good work, nice work, excellent (work|service|job),
        (certificates|minutes|photos|slides|certificate) (are |is |)attached, for your project file, thank you for
        (fixing|solving|helping|sorting|the quick|the fast|your quick|repairing|coming), testing the, only testing""",
    "IRONY": """
        amazing, how wonderful, how lovely, how nice, terrific, marvellous, marvelous, superb, what a
        (joy|treat|pleasure|delight), so much for, thrilled, can't thank you enough, thanks a million, applause, hats
        off, well played, no problem at all, don't worry, not to worry, no worries, take your time, apparently,
        naturally, obviously, clearly, who cares, why bother, why would we, surely, what could go wrong, sarcasm, ha ha,
        haha, lol, as always, once again, another (week|day|hour|month) (without|of|with), enjoying""",
    "IF": """
        if the, if ever, ever goes, ever went, in the case of, imagine, let's say, let us say, assuming, provided that,
        should the, should we ever, in theory, theoretically, hypothetical, just in case, would happen, or not?""",
    "NAME": """
        out of (toner|paper|ink|stock|office|date|hours|scope|curiosity|interest), drop-down, dropdown, down arrow,
        scroll down, count down, countdown, shut down button, hold (down|music|point|points|harmless|the date), write
        down, written down, note down, calm down, slow down, sit down, cut down, narrow down, up and down, download(s|),
        downloading, downloads folder, thumbs down, top-down, downstream, downsizing, break-down of, fire
        (wall|walls|place|fighter|brigade contact|sale|drill plan|strategy|rating|ratings|resistance|door schedule|
         officer|marshal|marshals|warden list|extinguisher|extinguishers|blanket|certificate|certificates|safety plan|
         stopping|compartment|engineer), hot desk, hot desks, dead weight, dead letter, dead stock, dead zone, deadwood,
        dead sea, crash (course|mat|pad|diet), market crash, stock crash, stuck (to|with) the plan, stick to, kill
        (switch|process|list|command|task), killer (feature|app), bomb calorimeter, attack (angle|plan), heart of,
        bleeding edge, burn(-in| down chart|down chart), burn rate, blast furnace, explode(d|) view, exploded
        (drawing|view|views), collapse (the menu|the tree|all|button|icon|sidebar), collapsible, trapped
        (air|moisture|humidity), shock absorber(s|), shockproof, drop test, fall
        (arrest training|term|semester|release), rise and fall, fallback, fall back plan, fall-back, injury time,
        emergency
        (number|numbers|phone|generator test|stairs|key|kit|contact|contacts|contact list|contact form|fund|procedure|
         procedures|budget|exit signs|button cover|services list|response plan|plan|plans|light|lights|lamp|lamps|stop|
         stops|telephone|vehicle|vehicles|access|shower|showers|team|power supply|change board|medicine), critical
        (mass|review|reader|thinking|load|speed|care|comments|section|section drawing|dimension|dimensions|activities|
         values|value|temperature), immediate
        (supervisor|manager|family|vicinity|neighbour|neighbourhood|superior|successor|predecessor), urgent care centre,
        urgent care clinic, high
        (priority lane|season|heels|resolution|contrast|level summary|level design|tech|score|wall|bay|early strength),
        highlight(s|), stop (motion|watch|press|loss|collar|codon|over), non-stop, nonstop, pit-stop, stopover, hold
        point (list|schedule), strike (price|through|out), strikethrough, leak (rate|tightness), virus
        (definition|definitions|signature), breach of (etiquette), penalty (kick|clause|clauses|box|shoot-out), fine
        (print|tuning|tune|sand|arts|dining), fine-tune, fine-tuning, claim (check|number|numbers), baggage claim,
        default (gateway|template|language|folder|setting|view|tab|route|profile|account|signature|zoom|sort), bid
        (farewell|good), deadline (column|field|list|calendar|reminder settings), audit (trail|log|committee), inspector
        (view|panel|tool), web inspector, lost (and found|property), missing (link|manual|person form), broken
        (down by|line style|white|english), loose (leaf|ends|change), power
        (point|user|users|bi|tool|tools|shell|washer|of attorney), powerpoint, network
        (diagram|plan|drawing|event|lunch|map|cable length), server (rack drawing|list|name|names|naming), waiter, wait
        list, waitlist, tender (document|documents|template|price|age|loving|steel) (layout|font|cover|review|archive),
        help (text|texts|page|pages|menu|button|center|centre|topic|topics|article|video|desk hours), lift
        (plan|plans|shaft drawing|drawing|drawings|music|lobby|test certificate|certificate|maintenance contract|
         pit drawing|truck licence), face lift, facelift, lifting (plan|plans|certificate|certificates|permit|schedule),
        shop floor, stand-up, standup meeting, accident insurance, accident-free, accident free, first aid
        (kit|kits|box|boxes|course|courses|training|certificate|room|poster|manual|list), (whole|entire)
        (day|week|month|year|list|document|page|file|story|time|thing|point|afternoon|morning|text|drawing|paragraph|
         section|chapter|table|set|process|procedure)""",
    "GAS": """
        gas (pipe|pipes|main|line|bottle|cylinder|tank|valve|hose), propane, acetylene, chemical (tank|drum),
        fuel tank""",
    "BREACHED": """
        cut (by|through|open), hit by, struck by, severed, ruptured, punctured, leaks, leaking, is open, burst, damaged,
        dug (up|through|into)""",
    "SENT": """
        emailed, sent, mailed, forwarded, shared, cc'd, posted, uploaded, handed, disclosed, published, given, leaked,
        copied""",
    "OUTSIDER": """
        to (the|a) (wrong|competitor|competition|press|public|stranger|other bidder|rival), to
        (competitors|strangers|outsiders|third parties|all bidders|everyone|everybody|the wrong|another client|
         another bidder|rivals), with (competitors|outsiders|strangers), wrong
        (supplier|bidder|recipients|recipient|company|contractor|tenderer|mailing list|distribution list|client|
         customer|address|person|people), by mistake""",
    "SHUT": """
        (stuck|stopped|jammed|hanging|standing) (half way|halfway|between|midway|mid-shaft|at half height),
        stuck, trapped, locked, shut, between floors, between two floors, has stopped, stopped, jammed, doors won't
        open, doors do not open""",
    "INSIDE": """
        inside, aboard, on board,
        inside, in it, in there, passengers""",
    "WEEKS": """
        (next week|next month|next monday) (is|would be|will be) (fine|ok|okay|enough|perfect|good)""",
    "WH": """
        who, what, which, how, why, where, when, whom, whose""",
}

ZH: Mapping[str, str] = {
    "HURT": """
        (困|关|卡|锁|堵|憋|闷)在(了|)(电梯|轿厢|里面|升降机|吊篮|机房|地下室|隧道|竖井|井下|井里|厕所|仓库|屋顶|半空|
        半空中|高处|两层之间|楼层之间),
        被(困|关|锁|卡|夹|压|埋|砸|撞|轧|碾|电|烫|割|咬|打|捅|绞|刺|扎)(住|在|到|伤|了|中|倒|断|死|晕|成),
        电梯(里|内|轿厢里|轿厢内)(有人|关着|困着|还有人|困了|关了|被困),
        电梯(困人|夹人|坠落|坠下|急坠|下坠|突然下坠|失控|蹲底|冲顶), 困人, 关人, 出不来了, 倒地(不起|上|), 倒在地上,
        躺在地上, 昏过去, 晕过去, 晕过去了, 不省人事, 没有意识, 失去意识, 意识模糊, 叫不醒, 心梗, 心脏病, 心脏骤停,
        胸痛, 胸闷, 中风, 抽搐, 癫痫, 休克, 过敏性休克, 呼吸困难, 喘不上气, 喘不过气, 缺氧, 一氧化碳中毒, 煤气中毒,
        食物中毒, 集体中毒, 吸入, 呛到, 摔(下来|下去|了下来|了下去|伤|断|死|昏|晕|进), 踩空, 失足, 滑落,
        坠(楼|井|亡|地|落|入|下), 高坠,
        从(脚手架|架子|楼上|二楼|三楼|四楼|五楼|屋顶|梯子|塔吊|高处|吊篮|楼梯)(上|)(掉|摔|跌|坠|滑|滚), 骨折,
        断了(腿|手|胳膊|手指|肋骨), 大出血, 流了(很多|好多|一地)血, 满头是血, 满脸是血, 血流不止, 止不住血, 头破血流,
        伤得(很|不|)(重|轻), 重伤, 轻伤, 伤员, 伤者, 受了伤,
        有人(受伤|伤|死|晕倒|晕|触电|中暑|中毒|落水|溺水|坠落|摔|被困|被埋|被砸|被压|被撞|昏倒|昏迷|倒下|跳|轻生|自杀|
        打架|动手|持刀|闹事), 死人, 死了人, 出了人命, 人命关天, 人命, 身亡, 遇难, 遇险, 生命危险, 抢救, 急救, 叫救护车,
        救护车, 打(了|)120, 拨(打|)120, 快叫120, 送(去|到|往|)(医院|急诊|ICU), 送医院, 住进(了|)ICU, 轻生, 自杀, 跳楼,
        要跳, 割腕, 打起来了, 打人, 斗殴, 群殴, 械斗, 拿刀, 动刀, 持械, 持刀, 落水, 溺水,
        掉(进|到|下)(了|)(井|坑|水|桩孔|电梯井|基坑|洞|沟|河|池), 走失, 失联, 找不到人, 联系不上(人|工人|他们|作业人员),
        (砸|压|夹|割|划|扎|烫|烧|撞|绞|切|刺|轧|摔|扭)(伤|断|死|烂)(了|),
        (下不来|上不来|出不来|出不去|爬不出来|没出来)(了|), 没(了|有)反应的人, 倒(在|下)(地|了|血泊), 躺在地,
        (困|关|卡|堵)(电梯|轿厢|在电梯|电梯里)(里|了|)(里|了|)""",
    "DANGER": """
        有(一|)股(煤气|焦|糊|汽油|烧焦|塑料|天然气|燃气)味, 闻到(煤气|焦|糊|汽油|烧焦|天然气|燃气|烟|异)味,
        自爆, (盖板|井盖|沟盖|洞口盖|沟盖板)(缺|丢|没|不见|坏|掀|翻|松|被偷)(了|),
        (煤气|燃气|液化气|天然气)(罐|瓶|管|灶|表)(有|好像有|)(味|味道|异味|怪味),
        (玻璃|瓷砖|墙砖|石材|碎片|砖头|扣件|墙皮|瓦片)(正|在|正在|还在|一直|不断|直)(往下|)(掉|落|砸),
        (自来水|供水|污水|主水|市政|给水|热力)(管|管线|管道)(被|)(挖断|挖破|爆裂|爆|断裂),
        (机房|配电间|配电房|强电间|弱电间|电梯井|变电所|配电室)(门口|里|内|)(已经|全|都|快|)(被|)(淹|泡|水浸)(了|),
        (机房|配电间|配电房|强电间|弱电间|电梯井|变电所|配电室)(里|)(在|)(漏|进|渗|滴|积)水,
        味道(很|特别|非常|太|)(大|浓|冲|刺鼻), 有(股|)(煤气|燃气|焦|焦糊|糊|烧焦|汽油)味, 闻到, 起火(了|), 着火(了|),
        失火(了|), 着了火, 烧起来(了|), 烧着了, 火灾, 火势, 明火, 火苗, 火光, 冒(烟|火|火花|黑烟|白烟|浓烟|青烟), 浓烟,
        黑烟, 烟雾弥漫, 全是烟, 满屋子烟, 打火花, 冒火星, 电火花, 爆炸(了|), 炸了, 爆燃, 爆裂, 爆管, 炸弹, 可疑包裹,
        不明物体, (塌|垮|倒|坍)(了|下来|下去|塌|陷|方|掉)(了|一半|一片|一大片|),
        (要|快|快要|马上要|眼看就要|随时会|随时要|随时可能|可能会|差一点就)(塌|倒|垮|掉下来|断|爆|炸|坠|翻|出事|出人命|
        倾覆|砸到人|倒塌|坍塌|坠落|着火|爆炸|滑坡), 摇摇欲坠, 岌岌可危, 悬(在半空|空着|在头顶|挂在),
        吊(物|臂|装物|钩|索|绳)(脱落|断|掉|滑落|摆|晃|坠|脱钩|断裂|悬在|卡在), 断(臂|绳|索)了, 漏电, 带电(的|着|体|了|),
        电线(掉|断|裸露|泡在|垂|露)(在|了|下来|出来|水里|地上|), 电缆(被|)(挖断|挖破|砸断|断|裸露|漏电|泡水),
        触电(风险|危险|隐患|), 积水(漫|淹|没)(到|过|了|)(配电|电箱|插座|配电箱|电闸|开关),
        (水|雨水)(流|滴|漏|灌|漫|进)(到|进|入|了|)(配电|电箱|配电箱|插座|机房|开关|配电室|电闸),
        (消防通道|安全出口|逃生通道|疏散通道|安全通道)(被|都|)(堵|占|锁|封)(死|住|了|用|), 出大事(了|), 要出事,
        要出大事, 会出事, 容易出事, 怕出事, 出事了, 险情, 危险(了|得很|啊|！|极了), 太危险, 很危险, 十分危险, 非常危险,
        有危险, 有生命危险, 危在旦夕, 命悬一线, 很不安全, 不安全, 随时会(有|)(危险|掉|塌|倒|断), 撤离,
        疏散(了|人员|群众|中|员工|), 正在(疏散|撤离|灭火|抢险|救援), 抢险, 地面(塌陷|下陷|沉陷|开裂下沉), 塌陷, 涌水,
        涌砂, 管涌, 突水, 泥石流, 山洪, 滑坡, 石棉(粉尘|暴露|), 辐射, 放射源丢失, 有毒,
        (煤气|燃气|天然气|瓦斯|焦糊|烧焦|糊|刺鼻的|刺激性|汽油|臭鸡蛋)(的|)(味|味道|气味),
        (墙|树|架子|广告牌|围墙|脚手架)(倒|塌|垮)(了|下来),
        气瓶挨着, 瓶挨着放, 乙炔瓶倒, 正在烧焊, 旁边(在|就在|正在)(动火|烧焊|电焊|明火)""",
    "HAZARD": """
        吊臂, 吊索, 吊带, 吊具, 吊物, 起重臂, 标准节, 附墙, 汽车吊, 履带吊, 龙门吊, 架桥机, 盾构, 叉车, 泵车, 打桩机,
        钻机, 卸料平台, 悬挑架, 悬挑, 爬模, 模板, 支架, 满堂架, 钢支撑, 内支撑, 支撑, 围护桩, 围檩, 止水帷幕, 挡墙,
        幕墙玻璃, 幕墙, 玻璃幕墙, 外墙瓷砖, 外墙砖, 吊顶, 雨棚, 广告牌, 井盖, 电梯井, 预留洞, 安全带, 安全绳,
        生命线, 梯子, 压力容器, 锅炉, 氧气, 液化气罐, 变压器, 配电柜, 配电室, 电缆, 消防泵, 喷淋, 烟感, 灭火系统,
        防火门, 有限空间, 人孔, 沉井, 横梁, 承重墙""",
    "FAULT": """
        蹭了, 撞了, 刮了, 撞坏, 撞歪, 鼓包, 胀模, 爆模, 跑模, 下沉, 上浮, 开焊, 脱焊, 虚焊, 锈蚀, 生锈, 腐蚀, 渗漏,
        返潮, 起皮, 脱落, 掉落, 空鼓, 断裂, 断开, 拉断, 扯断, 折断, 松脱, 脱开, 脱钩, 没固定, 没拧紧, 未固定, 超载,
        过热, 发烫, 烧了, 烧坏, 烧毁, 跳闸, 短路, 失控, 失效, 异常, 抖动, 异响, 乱码, 报红, 出错, 有误, 写错, 填错,
        搞错, 算错, 超预警(值|), 超(限|标|警戒), 预警值, 报警值, 警戒值, 摔坏, 进水, 泼了水, 洒了水,
        (断|裂|破|松|歪|坏|烂|折|弯|锈|翘|鼓|胀|爆)(了|开|断|裂|掉),
        被(车|叉车|挖机|货车|卡车|吊车)(蹭|撞|刮|碰|碾|压)(了|到|坏|倒|), 不灵敏""",
    "LIFT": """
        电梯, 轿厢, 升降机, 人货梯, 施工电梯, 吊篮, 货梯, 客梯, 缆车, 观光梯, 吊笼""",
    "SOUL": """
        人, 有人, 工人, 同事, 乘客, 住户, 老人, 孩子, 小孩, 学生, 客人, 客户, 师傅, 保洁, 大爷, 大妈, 阿姨, 访客, 他们,
        我们, 员工, 业主, 女士, 先生, 载着, 我""",
    "CORE": """
        生产(环境|库|系统|服务器|数据库), 线上(环境|系统|服务|业务|库|), 正式环境,
        核心(系统|交换机|网络|业务|服务器|数据库|机房), 主(服务器|交换机|数据库|机房|网络|干网|干), 服务器, 机房,
        数据库, 数据中心, 官网, 网站, 商城, 支付(系统|接口|网关|通道), 收银(系统|), 订单系统, 预订系统, 电话系统, 总机,
        客服热线, 热线, 邮件系统, 邮箱系统, 邮件服务器, 域控, 域控制器, 专线, 光纤, 光缆, 防火墙, 存储, 虚拟化,
        单点登录, 认证系统, ERP, OA系统, 财务系统, 门禁系统, 监控系统, 收费系统, 文件服务器, 核心业务, prod, 平台""",
    "LOST": """
        删(了|掉|除|光|没|错)(了|), 被(删|清空|覆盖|格式化|删除|抹掉)(了|除|), 清空了, 格式化了, 覆盖了, 全丢(了|),
        全没了, 不见了, 丢失, 数据丢失, 丢数据, 丢单, 写不进去, 落不了库, (误删|误删了|错删|手滑删|误清空|误格式化),
        (数据|文件|订单|记录|资料|图纸|邮件|档案|账目|代码|文件夹|库)(全|都|全都|全部|)(丢|没|不见|清空|删|丢失)(了|光)""",
    "GONE": """
        没(有|)备份, 没做备份, 无备份, 备份(也|都|全|)(没|坏|丢|空|失败|是空的|损坏), 恢复不了, 无法恢复, 没法恢复,
        不能恢复, 找不回(来|), 救不回来, 永久(丢失|删除), 彻底(没|丢|删)(了|), 不可恢复, 订单""",
    "LEAK": """
        拖库, 脱库, 撞库,
        被(人|黑客|)(拖走|拖|黑|攻击|入侵|攻破|植入|挂马|篡改|爬|盗|劫持|控制|远程控制|监听|窃取|偷走|冒用|盗用|登录|
        登陆), 黑客, 勒索(软件|病毒|信|邮件|), 后缀(名|)(都|全|)(变|改|被), 文件(都|全|全都|)(被|)(加密|变成乱码), 木马,
        挖矿(病毒|程序|), 后门, 蠕虫, 钓鱼(邮件|网站|链接|短信)(点|点了|被点|里|上|后|骗|输),
        (输|填|输入|填写|泄露|给)了(账号|密码|口令|验证码|银行卡|账号密码), 冒充, 假冒, 诈骗, 被骗, 骗走, 骗子,
        电信诈骗, 杀猪盘, 异地登录, 异常登录, 陌生(设备|IP|地址)登录, 盗号, 账号(被|)(盗|人登|冒用|泄露),
        密码(被|)(泄露|盗|外泄|公开|曝光), 密码被(人|)改, 收件人(写|填|选|搞)错, 抄送错,
        网上(有人|)(在|)(卖|传|流传|曝光|公开|能搜到|能查到), 暗网, 公开(在|到|了)(网上|互联网|外网), 泄密, 涉密文件,
        内鬼, 窃取, 偷拍, 窃听, 发错(了|)(人|群|邮箱|客户|单位|对象|收件人),
        (被|都被|全被|已|已经|已被|遭|全|都)(泄露|泄漏|外泄|曝光|流出|公开|外传)(了|出去|),
        (外人|外网|外面|别人|谁都|任何人都|所有人都|人人都|公众)(能|可以|可)(看|看到|看见|下载|访问|打开|搜到|查到),
        (点|打开|点击|点开)了(钓鱼|可疑|陌生|不明|诈骗)(的|)(链接|邮件|附件), 点了链接,
        (整库|整个库|全库|数据|资料|图库|客户库)(被|)(人|外人|别人|)(拷|导|下载|拖)走""",
    "STOLEN": """
        被偷(了|), 失窃, 被盗(了|), 偷走, 小偷, 遭窃,
        落在(了|)(出租车|地铁|高铁|火车|公交|网约车|飞机|餐厅|咖啡店|机场|车站|酒店),
        丢在(了|)(出租车|地铁|高铁|火车|公交|网约车|飞机|餐厅|咖啡店|机场|车站|酒店), 丢了, 弄丢, 遗失""",
    "CARRIER": """
        笔记本(电脑|), 工作手机, U盘, 优盘, 移动硬盘, 硬盘, 平板, 公章, 合同原件, 涉密, 客户资料, 客户名单, 密码本,
        加密狗""",
    "ALL": """
        全(公司|厂|集团|院|校|楼|网|场|体员工|司|单位|市|国|部门店|线|部业务)(的人|员工|人|上下|上百号人|都|),
        (整个|整座|整栋|整幢)(公司|集团|厂|厂区|园区|大楼|办公楼|写字楼|楼|工地|现场|项目部|项目|单位|小区|医院|学校|
        机构|车站|机场|酒店|商场), 整栋楼, 整幢楼,
        所有(部门|员工|同事|用户|客户|分公司|门店|工地|项目|人员|工人|班组|业务|系统|楼层|车间|网点),
        每个(部门|员工|同事|客户|用户|楼层|门店|网点), 各(部门|分公司|门店|网点|楼层|项目部|工区|车间)(都|全|均),
        几百(人|号人|个人|名), 上百(人|号人|个人|名), 上千(人|号人), 几千人, 成百上千, 全线, 全面(停工|瘫痪|停摆|中断),
        大面积(断网|停电|停水|瘫痪|掉线|故障|中断),
        客户(都|全|全都|全部)(打不开|上不去|用不了|登不上|访问不了|下不了单|付不了款|进不去)""",
    "EVERYONE": """
        人人, 谁都, 谁也, 一个人都, 没一个(人|)能,
        都(上不了|登不上|登不了|打不开|用不了|连不上|进不去|开不了|没法|无法|不能|干不了|动不了|断|停|卡|在等|等着|闲着)""",
    "GROUP": """
        (财务|人事|市场|工程|成本|设计|采购|销售|行政|法务|研发|技术|运营|客服|商务|造价|预算)(部门|部|科|处|组|室|中心|
        团队|办公室|那边|的人|同事们|小组),
        (资料|安全|质检|物流|仓库|生产|信息|招标|投标|监理|结构|建筑|机电|测量|审计|IT|HR)(部门|部|科|处|组|室|中心|
        团队|办公室|那边|的人|同事们|小组), 半个(公司|办公室|部门|楼层|厂|项目部), 大半(人|个部门|个办公室),
        一半(人|员工|同事|的人), 好几个(人|同事|部门|班组|工人|用户|客户), 几十个, 十几个, 一屋子(人|), 一会议室(人|),
        满屋子人, 一帮(人|工人|兄弟), 一群(人|工人|同事), 一整(个|)(班|组|队|层|排|条线), 全部门,
        全(组|班|队|科|层|室|车间|团队), 商砼车, 罐车, 搅拌车, 泵车, 货车, 渣土车, 车队, 送货车, 班组, 各工种, 几个班组,
        两个班组, 三个班组, 团队,
        (整|一|二|三|四|五|六|七|八|九|十)(楼|层)(的人|全体|全员|都|全|集体|所有人|整层|的同事), 整个楼层, 一整层,
        整层楼, 半层楼, 这一层, 我们(这层|楼层|这一层|车间|工区|标段),
        满满当当, 坐满了人, 一屋子人, 满屋子人, 坐得满满""",
    "STOP": """
        闲着(呢|没事|没活|), 闲(在|了|得)(那|那儿|一天|半天|一上午), 没事做, 没活儿, 没得干, 放羊, 打牌, 玩手机, 嗑瓜子,
        抽烟闲聊, 回老家, 放假了, 集体(休息|放假|放羊|喝茶|围观|下班), 提前下班, 干瞪眼, 干坐着, 干站着, 干着急, 坐着等,
        坐着, 排着队, 排(长队|大队|起长队|成长龙), 堵在(门口|大门|路口|工地门口|场外|外面), 压着车, 压车,
        停在(半空|路边|门口|原地|场外), 停摆, 停滞, 卡壳, 卡脖子, 搁置, 进不了(场|门|厂|工地), 出不了(图|货|场|单|门),
        交不了(差|活|货|图), (干|做|办|施工|开|进行|推进|继续|走)不(下去|了|成|动), 开不(下去|了会|了工|成会|起来),
        (没法|无法|不能|不让|没办法)(正常|)(干活|干|做|上班|办公|开工|施工|出图|出货|开单|收款|发货|交付|吊装|浇筑|开会|
        营业|接单|结账|打卡|进门|进入|进楼|进场|生产|下班|放线), 不给(验收|进场|开工|放行|签字),
        不让(进|进场|进门|施工|干|开工|进入), 下不了班, 下不来, 上不了(班|工|岗), 开不了(单|票|会|工|门|业|机器),
        业务(停|停了|停摆|中断|瘫痪|全停), 耽误(事|进度|工期|大事|吊装|浇筑|生产|大家), 误工, 怠工, 误事,
        (没|没有|无)办法(干|做|施工|办公|工作|继续|干活|上班|开工|出图|出货|接单|发货|进场),
        (没法|无法|不能|没办法)(报验|验收|浇筑|吊装|开标|交付|移交),
        就为了等, 干晒, 干耗, 晒着,
        不发车, 不给发车, 课讲不了, 讲不了课, 开不了课, 一直卡在, 被锁在(门|资料室|办公室|会议室|房间|机房|库房|
        宿舍|车|楼|)(外|外面|外头),
        锁在(门|)外""",
    "HALT": """
        堵(了|住|着|)(工地|项目部|厂区|公司|)(大门|正门|入口|出入口),
        (封|锁|拦)(了|住)(工地|项目部|厂区|公司|)(大门|正门|入口|出入口),
        停业整顿, 责令(停|停工|停产|整改停工), 勒令, 叫停(了|), 被封(了|), 查封, 贴封条,
        封(了|)(工地|大门|场|场地|门|路|现场), 全线停, 全面停工, 全部停工,
        停工(了|通知|整顿|整改|待命|中|半天|一天|两天|三天), 停产(了|), 停线, 产线(停|停了|全停|瘫),
        工地(停|停了|全停|瘫痪|被封|停摆), 现场(停|停了|全停|全部停|停摆|被封|瘫痪),
        所有(工序|作业|施工|班组|工种)(都|全|全部|已|均|)(停|停了|停工|停下来|暂停|中止),
        集体(罢工|停工|讨薪|闹事|上访), 讨薪, 堵门, 围堵, 阻工, 村民(堵|阻|拦|闹|围)(路|门|工|住|)""",
    "DOWN": """
        一片漆黑, 漆黑一片, 漆黑, 黑灯瞎火, 一片黑, 乌漆,
        (开|写|付|供|读|打|发|收|登|登录|登陆|连|连接|接|传|上传|下载|存|保存|提交|刷|点)不(了|上|上去|下来|下去|进|
        进去|进来|出|出来|出去|到|着|动|开|通|成|起来|起|全|出图|过去|过| 亮),
        (启动|进|出|用|跑|转|充|印|打印|扫|扫描|拨|播|放|投|查|搜|看|听|导|导出|导入)不(了|上|上去|下来|下去|进|进去|
        进来|出|出来|出去|到|着|动|开|通|成|起来|起|全|出图|过去|过|亮),
        (同步|识别|认|验证|装|安装|更新|升级|结算|结|算|签|批|审批|核|过|切|调|加载|解压|解密|显示)不(了|上|上去|下来|
        下去|进|进去|进来|出|出来|出去|到),
        (同步|识别|认|验证|装|安装|更新|升级|结算|结|算|签|批|审批|核|过|切|调|加载|解压|解密|显示)不(着|动|开|通|成|
        起来|起|全|出图|过去|过|亮),
        (刷新|访问|推送|付款|转账|开票|下单|退款|注册|预约|考勤)不(了|上|上去|下来|下去|进|进去|进来|出|出来|出去|到|着|
        动|开|通|成|起来|起|全|出图|过去|过|亮),
        (打卡|联网|上网|唤醒|关|锁|移|动|吊|升|降)不(了|上|上去|下来|下去|进|进去|进来|出|出来|出去|到|着|动|开|通|成|
        起来|起|全|出图|过去|过|亮), 又(宕|挂|崩|瘫|断|停|黑屏|蓝屏|卡死|掉线|罢工|双叒叕), 宕机, 死机, 卡死,
        卡顿得没法,
        没(网络|信号|声音|图像|画面|反应|响应|电了|水了|网了|气了|暖气|WIFI|wifi|有网|有电|有水|有信号|有声音|有反应|
        有响应), 停(电|水|气|网|暖|机|服|服务)(了|一天|半天|到现在|中|),
        断(电|水|气|网|线|连|供|流|服)(了|一天|半天|到现在|中|), 网(挂|断|没|瘫|崩|掉)(了|),
        服务(中断|不可用|挂了|停了|异常),
        系统(崩|挂|瘫|死|坏|宕|故障|异常|报错|进不去|打不开|用不了|上不去|卡死|不能用|没反应|停了|中断|无响应)(了|机|溃|
        痪|), 连接(超时|失败|中断|断开|不上|被拒), 超时,
        进不(去|了)(系统|网站|页面|邮箱|后台|电脑|桌面|门|楼|会议|ERP|OA|), 报(500|502|503|404)(错误|错|), 白屏, 花屏,
        无法(启动|开机|登录|登陆|打开|连接|访问|上网|打印|使用|上传|下载|保存|提交|发送|接收|识别|加载|显示|同步|开票|
        付款|下单|支付|转账|刷卡|打卡|考勤|充电|通话|拨打|预览|解密|签章|盖章),
        不能(登录|登陆|打开|连接|访问|上网|打印|用|使用|上传|下载|保存|提交|发送|接收|开机|启动|付款|支付|下单|开票),
        账号(被|)(锁|锁定|冻结|禁用|停用)(了|), 被(锁|锁定|冻结)(了|), 不工作(了|), 不好使(了|), 不灵(了|), 不转(了|),
        不亮(了|), 不出(水|电|墨|纸|图|声)(了|), 失灵(了|), 罢工(了|), 歇菜(了|), 趴窝, 没法用, 没办法用, 不通(了|),
        (宕|死|挂|崩|瘫|趴|凉)(了|掉了|机|菜|窝), 黑屏, 蓝屏, 掉线, (卡|断|停|挂)掉(了|),
        都(上不了|登不上|登不了|打不开|用不了|连不上|进不去|开不了)""",
    "SPREAD": """
        水(快|就要|马上|眼看|已经|都)(到|漫到|淹到|流到|进|漫过)(了|), (已经|快|就要)(被|)(淹|漫)(了|到|过),
        水往(里|下)(灌|流|涌),
        (在|正|正在|开始|不停|一直)(进水|漏水|渗水|冒水|灌水|返水|倒灌|上水),
        水位(上涨|还在涨|在涨|暴涨|上升), 温度(一直|还在|不断|持续|飙升|往上|升)(升|涨|在升|在涨|升高|走|), 止不住,
        控制不住, 压不住, 堵不住, 拦不住, 漫(过|到|进|上|出)(来|了|), 水漫金山, 喷出来, 喷涌, 灌进来, 涌进来, 分分钟,
        (还在|一直在|正在|不断|持续|不停地|越来越|往上|往外)(升|涨|漏|流|冒|扩大|扩散|蔓延|加深|加宽|下沉|倾斜|开裂|
        恶化|变大|增加|上涨|上升),
        (还在|一直在|正在|不断|持续|不停地|越来越|往上|往外)(升高|喷|渗|灌|移动|滑动|变形|加剧|增大|发展|大|严重|高|
        厉害|深|宽|热|烫|快), (一直|不断|持续|还)(在|)(往上|往外|往下)(升|涨|漏|流|冒|走)""",
    "MILESTONE": """
        浇筑, 浇捣, 打混凝土, 打灰, 打砼, 封底, 封顶, 合龙, 吊装, 下料, 转序, 通水, 点火, 试车, 试运行验收, 联调, 上线,
        割接, 发版, 发布会, 月结, 年结, 结账, 关账, 发薪, 发工资, 工资发(放|不)(出来|)(了|), 进度款, 结算款, 开业, 开幕,
        签约, 剪彩, 交房, 交楼, 交底, 交钥匙, 预验收, 竣工验收, 消防验收, 规划验收, 质量验收, 质监站, 住建局, 安监,
        环保局, 消防大队, 审计(组|局|进场), 巡视组, 督查组, 领导(来|视察|检查|要来), 甲方(来|视察|要来), 突击检查, 飞检,
        复检, 年检, 上会, 过会, 听证会, 开庭, 股东会, 董事会, 发布, 答辩, 评标,
        (没法|无法|不能|没办法)(报验|验收|浇筑|吊装|开标|交付|移交)""",
    "BID": """
        CA锁, CA证书, 电子标书, 投标系统, 标书上传, 投标截止, 递交投标文件, 投标保函, 保函, 招标平台, 交易中心,
        交易平台, 开标室, 开标大厅, 投标报名, 资格预审""",
    "COMPLAINT": """
        (下|发|开|签发|收到|接到|出)(了|)(一张|一份|张|份|)(整改|隐患|处罚|罚款|警告|停工整改)(通知|单|令|函|书),
        整改通知,
        (很|非常|极其|特别|十分|相当|强烈|极度|大为)不满(意|), 不满意, 大发脾气, 发(脾气|飙|飚|怒|火)(了|), 拍桌子,
        骂(人|街|了|我们), 甩脸, 投诉(到|了|我们|信|电话打|), 告(到|状), 12345, 市长热线, 曝光(我们|到|了),
        上(了|)(热搜|新闻), 要(换|更换)(单位|公司|监理|设计|人|供应商), 终止合作, 停止合作, 解约, 退场, 拒付, 停付,
        扣(款|钱|我们), 拒绝付款, 最后通牒, 警告函, 催告函, 律师函, 通报批评, 全市通报, 约谈, 问责""",
    "LOSS": """
        (要|得|会|就|就要|就得|将|需要|可能|还要|须)(赔|罚|扣|损失|违约|废标|作废|没收|失去|被罚|承担违约),
        赔(偿|款|钱|付|不起|了|)(五|十|一|二|三|几|百|千|), 罚(单|款|金|了), 保证金(没|要没|就没|不退|被没收), 废标,
        流标, 丢标, 丢(单|了单|了订单|了客户), 丢客户, 损失(惨重|很大|巨大|几|上|超|严重|不小|), 违约金, 滞纳金, 误期,
        逾期(罚|违约|赔), 白干, 亏(了|损|钱|大了), 转(账|走|了|出)(了|去|), 被骗(了|走|), 打水漂""",
    "NOW": """
        在线等, 急急, 急死, 着急死, 火烧眉毛, 十万火急, 万分紧急, 特急, 加急(处理|办理|件|！),
        紧急(处理|情况|求助|求援|报修|修复|呼叫支援|抢修), 刻不容缓, 一刻不能(等|耽误|拖),
        一分钟(都|也)(不能|等不)(等|了|起|得), 分秒必争, 争分夺秒, 马上(来|派|处理|安排|解决|就要|要|派人|过来|给),
        立刻(来|派|处理|安排|解决|马上|过来|停止), 立即(来|派|处理|安排|解决|停止|停工|到|整改), 即刻,
        速(来|回|办|修|救|派|处理|速), 快(来|来人|派人|救|救人|救命|过来|点来|看看|帮|叫|去|！), 赶快, 赶紧, 救命(啊|),
        救人, 求救, 火速, 立马, 顶不住了, 撑不住了, 来不及了, 等不及, 等不起, 拖不起, 耽误不起, 最高优先级,
        一级(响应|事件|故障), 头等大事, sos, p0, 紧急, 火急火燎, 越快越好马上""",
    "SOON": """
        尽快, 尽早, 抓紧, 早点, 早些, 快点, 快些, 快一点, 麻烦快, 加快, 催一催, 催催, 帮忙催, 有点急, 有点着急, 比较急,
        比较着急, 挺着急, 蛮急, 略急, 优先(处理|安排|给|办), 插个队, 加个塞, 尽量快, 尽量早, 急着(要|用|交|等), 等着用,
        等着要, 等着签, 等米下锅, 时间不多, 时间紧(张|迫|), 时间有限, 来不及, 不能再拖, 不能拖, 可不能拖, 拖不得, 别拖,
        不要再拖, 别耽搁, 早日, 催得紧, 客户催, 甲方催, 领导催, 老板催, 上面催""",
    "CHASED": """
        催了(又催|无数|N|n|很多|好多|半个月|一周|一星期|几天|一个月), 一催再催,
        问了(好几|三|四|五|几|很多|无数)(次|遍|回), 报了(好几|三|四|五|几|很多|无数)(次|遍|回),
        说了(好几|三|四|五|几|很多|无数|多少)(次|遍|回), 打了(好几|三|四|五|几|很多|无数)(次|个|遍)(电话|),
        没人(理|管|回|回复|处理|接), 石沉大海, 迟迟(不|没|未), 还没人(来|管|处理),
        到现在(都|还|也)(没|不)(人|有|见|来|好|解决|回|修), 第(七|八|九|N|n)(次|遍|回),
        (三|四|五|六|七|八|好几|很多|无数|几)(次|遍|回)(了|催|问|找|反映|申请|提醒)""",
    "CALM": """
        不急(的|着|用|哈|啊|哦|呢|), 不着急(的|用|哈|啊|), 不算急, 不太急, 没那么急, 也不急, 并不急, 不慌, 不用赶,
        不赶(时间|), 不忙, 不紧迫, 没有紧迫性, 不催(你|您|你们|), 慢慢(来|弄|搞|改|做|看|修|处理), 悠着点,
        有空(时|的话|再|就|帮|了|来|顺便|看|弄|处理|的时候|闲|), 抽空, 得空, 闲了, 闲下来, 空了(再|)(弄|看|说|处理|),
        随(便|意|时)(什么时候|哪天|都行|都可以|), 能忍, 忍忍,
        忍一忍, 凑合, 凑合着用, 将就, 能将就, 无所谓, 无伤大雅, 不碍事, 不打紧, 不要紧,
        没(什么|啥)(大|要紧|)(事|问题|大碍|关系|影响|急事), 不是(什么|啥)(大|急|要紧|紧急|重要)(事|问题|情况|的事),
        小事(一桩|情|儿|), 小问题, 小毛病, 小瑕疵, 不影响(干活|工作|使用|办公|施工|大局|进度|生产|用|什么|我|正常|),
        偶尔(会|闪|卡|掉|断|慢|), 不常用, 备用的, 以后再(说|弄|处理|议|改), 再说吧, 下个(版本|迭代|sprint|季度|月)(再|),
        之后再(开始|说|弄|处理|做|改|审|看), 后面再(说|弄|改), 晚点(再|也|都|没关系|处理|说|弄|给|),
        晚(几天|两天|一周|一点)(也|都|没|)(行|可以|没事|没关系|无妨), 拖(几天|两天|一阵)(也|都|没)(行|没事|可以|关系),
        低优(先级|), 优先级(很|最|比较|)低, 排(在|到)(后面|最后), 往后(排|放|延|推), 放(后面|最后|一放),
        先(放着|不管|记着|挂着|这样), 什么时候(有空|方便|有时间|路过|顺路|弄|处理|来|修|给)(再|都行|都可以|说|弄|看|补),
        什么时候路过补,
        (哪天|改天|改日|下次|回头|以后|有机会|过几天|过阵子|过段时间)(顺路|路过|有空|方便|再)(说|弄|看|来|处理|修|补|换|
        带|送|拿|装|), 顺路, 路过时, 顺道, 得便, 哪天顺路带, 急也不急, 说急也不急, 能用就是,
        优先级(不高|低|最低|不用高), 级别低, 不是优先, 不优先""",
    "SOLVED": """
        (可以|帮我|请|麻烦|帮忙)(关单|结单|销单|撤单|关闭工单|关闭这个|撤销这个|把单关|把单子关), 关单(吧|了|即可|),
        结单(吧|了|即可|), 撤单, 不用(来|派人|管|处理|修|弄|跟进|理会|再|再来|再修|了|麻烦)(了|),
        不必(来|派人|管|处理|修|弄|跟进|理会|再|再来|了|麻烦)(了|), 不需要(来|派人|管|处理|修|跟进|了)(了|),
        别(担心|管了|来了|修了|麻烦了), 改期(了|到),
        改到(下周|下个|下月|下次|下礼拜|明天|明年|后天|后面|另外|另行|两周|三周|几天), 推迟(到|了|至),
        延期(到|了|至|开|召开|举行), 顺延, 作废, 取消(了|掉|这|该), 撤回(了|), 当我没(说|问|提),
        自己(解决|搞定|修|弄|找到|摸索)(了|好了|出来|到了|), 原来是(我|没|插头|网线|电源), 虚惊一场, 误会一场,
        误报(的|了|), 是误报, 重启(就|一下就|后就|完就|之后就)(好|好了|行|行了|正常|能用|可以)(了|), 不再需要,
        已过期不用, 之前催的, 之前(说的|提的|报的)(作废|取消|不用),
        (已|已经|自己|又|都|刚刚|终于|后来|重启后|今天自己|均已|现在)(好了|恢复了|恢复|恢复正常|正常|正常了|解决|解决了|
        修好|修好了),
        (已|已经|自己|又|都|刚刚|终于|后来|重启后|今天自己|均已|现在)(搞定|搞定了|处理好|处理完|弄好|弄好了|可以了|
        能用了|行了|没事了|通了),
        (已|已经|自己|又|都|刚刚|终于|后来|重启后|今天自己|均已|现在)(来电了|来电|来水|撤销|取消|取消了|关闭|找到|
        找到了|换好|修复|修复了|排除|自愈|消失了|没问题了|ok|ok了|复工|复产|放行| 解封),
        (单子|工单|这单|单)(可以|能|请|)(关|关掉|关闭|撤|结|销)(了|吧|掉|), 单子关掉, 能用了, 修好了""",
    "ROUND": """
        还(能|可以)(用|凑合|撑|先用|顶), 先用(别的|另|隔壁|旁边|备用|其他|着),
        可以(先|)用(别的|另|隔壁|旁边|备用|其他|手机|热点), 有(备用|备机|备件|备份机|另一台|热点),
        换(一|)(台|个|间|条)(就|也|能|可以|)(能|行|好|可以|正常|没问题), 暂时(能|可以|用)(用|顶|替|别的|撑), 不耽误,
        不影响, 手动(也|还|可以|能|先)(行|能|处理|操作|做|弄),
        另一(台|个|部|条|边|间)(还|也|能|可以|是)(能用|好的|可以用|正常|没问题|行|能|用),
        用(别的|隔壁的|旁边的|备用的|备用|其他的|手机热点)(先|代替|顶|凑合|)""",
    "ELSEWHERE": """
        新闻(里|上|说|报道|看到), 上新闻, 听说(别|隔壁|某|有的|外地|对面), 看到新闻, 跟我们(没关系|无关|不相干),
        与我(们|方|司)无关, 不是我们(项目|公司|工地|这边|的),
        (隔壁|对面|别家|人家|邻近|附近|周边|友商|同行|兄弟|外地)(楼盘|工地|项目|小区|公司|单位|城市|标段|厂)""",
    "DRILL": """
        演练, 演习, 灾备切换演练, 容灾演练, 攻防演练, 护网, 请勿当真, 只是测试,
        测试(消息|一下|邮件|通知|单|工单|请忽略), 模拟(演练|测试|考试|攻击|火灾|报警|事故),
        计划(内|性|中|)(停机|停电|停水|断网|维护|检修|停服|割接), 停机(维护|检修|升级|保养),
        例行(维护|检修|保养|检查|停机), 定期(维护|检修|保养), 维护窗口, 系统(维护|升级)(通知|公告|期间|窗口),
        停(电|水|网|气)(通知|公告|预告|计划),
        (应急|消防|疏散|防汛|救援|勒索|安全|停电|灾备|容灾|反恐|地震|火灾|触电|坍塌|断网|攻防|红蓝|正在|进行|开展|举行|
        组织|参加)(演练|演习|推演|拉练)""",
    "TRIFLE": """
        微波炉, 茶水间, 绿萝, 盆栽, 花(枯|死|蔫)(了|), 下午茶, 蛋糕, 水果, 可乐, 奶茶, 火锅, 聚餐, 团建, 抽奖, 年会节目,
        表情包, 头像, 壁纸, 屏保, 铃声, 背景音乐, 皮肤, 主题色, 暗黑模式, 深色模式, 夜间模式, 字号, 字体, 配色, 图标,
        排版, 版式, 美观, 好看(点|些|一点|), 装饰, 摆件, 抱枕, 坐垫, 靠垫, 鼠标垫, 杯垫, 咖啡豆, 糖包, 牛奶, 纸杯,
        零食柜, 娃娃, 手办, 圣诞树, 春联, 灯笼, 桌游, 乒乓球, 台球, 游戏机""",
    "WISH": """
        要是(能|有|可以)(就|)(好|更好|完美)(了|), 如果能(有|加|改)(就|)(好|更好)(了|),
        希望(能|可以|以后|今后|增加|加个|有个|改进|改善|后续|未来),
        能不能(加|增加|出|搞|做|改短|改成|换成|改得|弄得)(个|一个|点|),
        建议(增加|加|改|把|将|以后|下次|可以|考虑|换|设|开|做|在|统一|优化|:|), 可以考虑, 是否可以考虑, 是否考虑,
        提个(建议|想法|意见), 有个(建议|想法|意见|点子), 期待, 许愿, 求(一个|个)(功能|暗黑), 要不要(搞|换|加|弄),
        更好看, 更人性化, 优化(一下|下|建议)""",
    "QUESTION": """
        是(多少|什么|啥|谁|哪个|哪位|几号|几点)(呀|啊|呢|来着|), 是啥,
        在哪(儿|里|填|找|下载|申请|查|看|办|领|交|)(呀|啊|呢|), 谁(负责|管|知道|把|批|签|能告诉|来|有)(这|的|个|一下|),
        该(怎么|如何|找谁|走|填|用|交|怎样),
        怎么(办|填|走|用|弄|报销|申请|操作|查|处理|设置|下载|写|算|联系|连|登录|改|装|开|领|交|赔|样|样了),
        咋(办|填|弄|用|整|搞|走|申请|改), 如何(申请|填写|办理|操作|使用|查询|报销|设置|处理|登录|修改|连接|联系),
        要(几|多少|多久|哪些|什么|交几|准备什么|准备哪些|提供什么)(套|份|天|人|个|资料|材料|手续|钱|时间|),
        几(套|份|天|点|个|号|楼|张|次|家)(呀|啊|呢|吗), 算不算, 是不是(要|得|需要|应该|可以|就是|算), 需不需要, 用不用,
        要不要(自查|停|报|上报|提前|通知|申请|准备), 会不会, 能否(告知|告诉|解释|说明|介绍),
        想(问|请教|咨询|了解|知道|确认)(一下|下|)(怎么|如何|什么|关于|我们|这|那|是否|能|您|你|贵|), 请教(一下|下|),
        打听(一下|下|), 求解, 求教, 求问, 请问(一下|下|),
        (密码|账号|地址|电话|号码|时间|流程|格式|费用|版本|网址|链接|编号|期限|区别|原因)(是|)(什么|多少|啥|在哪|
        怎么)(呀|啊|呢|), 忘(记|)(了|)(开机|)密码(怎么|该怎么|如何|咋)办, 该怎么办""",
    "NOTE": """
        特此(通知|告知|说明|函告|报备|公告|知会|感谢), 归档(一下|即可|。|), 存档(一下|即可), 备案(一下|即可|。),
        请(知悉|查收|查阅|惠存|知晓|周知|悉知|留意|各位知悉|大家知悉), 见附件, 附件(是|为|里|中|已|请|发),
        发给(您|你|你们)(了|留存|备查|参考), 供(您|你|各位|大家|)参考, 报备(一下|), 知会(一下|),
        同步(一下|个信息|信息|进展), 跟(您|你|你们|大家)(说|同步|汇报|报备|讲)(一声|一下|个), 不用(回复|回|处理|回信),
        无需(回复|回|处理), 给力, 点赞, 好评, 五星, 表扬, 锦旗, (请|麻烦|帮忙)(归档|存档|备案|留存|入库),
        (谢谢|感谢|多谢|辛苦)(各位|大家|师傅|你们|支持|配合), 版归档, 书归档, 感谢(这么快|及时|快速|帮忙|处理),
        谢谢(这么快|及时|快速|帮忙|处理)""",
    "PAPER": """
        模板, 抬头, 清单, 表格, 台账, 说明, 通知书, 复印件, 目录, 封面, 汇编, 样表, 记录表, 申请表, 审批表, 登记表,
        检查表, 月报, 周报, 日报, 年报, 纪要, 规范, 标准, 图集, 计算书, 条款, 报表, 名册, 花名册""",
    "IRONY": """
        效率真(高|棒|好), 真(高|快|有效率|及时|准时|贴心|负责|专业|好|棒|会|行|牛|绝|可以),
        太(及时|贴心|专业|负责|给力|有才|牛|优秀)(了|), 可太(好|棒|牛)(了|),
        真是(太好|好样|服了|谢谢|感谢|绝了|棒|厉害|贴心|辛苦|难为|感动|高效), 服了(你们|), 哦豁, 好家伙, 得, 呵呵, 笑死,
        绝了, 666, 优秀, 感动, 感人, 感激涕零, 不愧, 名不虚传, 一如既往, 意料之中, 果不其然, 又双叒叕, 双叒叕, 放羊,
        真的不(催|急), 一点(都|也)不(急|着急|催), 完全不(急|着急), 当然不急, 您慢慢来, 您忙, 无妨,
        也没(多大|什么大)(事|不了), 不就是, 也就是, 不过就是, 只不过""",
    "IF": """
        假如, 假设, 假定, 倘若, 倘使, 若是, 如若, 万一(哪天|将来|以后|以后真|), 要是(哪天|将来|以后|真的|真|),
        如果(哪天|将来|以后|真的|真|以后真|), 一旦(以后|真|), 举个例子, 比方说, 打个比方, 理论上, 设想""",
    "PAST": """
        事后, 早就, 老早, 那时候, 那会儿, 过去(曾|的|几年|一年),
        (上|前|去)(次|周|个月|月|年|几天|几周|阵子|段时间|星期|季度)(的|那次|发生的),
        (上次|之前|以前)(的|)(火灾|停工|停电|断网|事故|宕机|故障|塌方|泄露|投诉)""",
    "NAME": """
        没电(池|梯|脑|视|话|缆|线|源线|工), 停车(场|位|证|费|线), 停机(坪|坪位), 停机位, 断(代|言|定|章|句|码|层扫描),
        挂(号|钩|图|画|历|职|名|靠|件|式), 卡(通|片|其|车|座|扣|尺|槽|路里), 死(角|板|循环|锁定),
        黑(板|体|色|名单模板|马|白打印), 蓝(图|色|牙|本), 崩(边|漏), 掉(漆|色|期|头|换), 沉(降观测|淀池|默|香),
        爆(款|破设计|破方案|米花), 倒(计时|角|班|排|置|序), 塌(落度试验|落度), 断(路器|点|热|桥铝),
        停(留|顿|靠|泊|运公告), 关(注|于|键|系|联|节|闭工单|机时间), 锁(骨|定期|业), 困(惑|难|扰|境|倦), 困难, 爱困,
        中毒(急救培训|应急预案), 伤(口贴|亡保险|残鉴定), 死(亡证明|缓), 火(车|车票|锅|腿|热|箭|候|山|柴|药|爆),
        开火(车), 灭火(器|器材|毯|剂|器箱), 防火(墙规则|墙策略|墙报价|门|涂料|等级|分区|封堵|卷帘|规范|间距|板),
        消防(栓箱门|栓|栓箱|箱门|报建|维保|图审|联动|水箱|安全责任人|工程师|员|器材柜|培训|演习方案|联动调试|施工图|
        专篇), 应急(灯具|照明灯具|灯|联系人|小组|方案模板|电源车报价|包|药箱|储备金|费用|管理办法),
        安全(员|生产月|帽|帽库存|带检验|带采购|网采购|阀|色|库存|密码|证书|锁|漏洞扫描报告|投入|费用|措施费|协议|责任书|
        交底书|意识|须知|标准化|文明工地), 危(房鉴定|大工程|大工程清单|废台账|大方案|险作业票),
        事故(报告模板|调查报告|分析报告|教训|案例|演练|快报模板|油池|照明灯),
        停工(令|报审表|复工令|申请表|期间工资|损失|通知模板), 复工(令|申请|报告|检查表),
        火灾(自动|报警系统|探测器|保险|演练|隐患排查表|后的整改报告|荷载),
        塔吊(司机证|安拆方案|基础|租赁|合同|备案|方案|验收表|保险),
        电梯(厅|间|前室|合同|年检|维保|报价|图纸|广告|品牌|检验|大堂|厅门颜色|机房图|井道图|井道尺寸|按钮贴纸|参数|
        安装方案|验收资料), 脚手架(租赁|搭设费|验收牌|方案|工程量|钢管|扣件|清单|计算书),
        模板(下载|文件|格式|发|更新|里|用|改|给|链接|库|一份|套用|填|抬头|样式),
        (方案|合同|报告|邮件|PPT|ppt|表格|文档|Word|word|简历|周报|月报|签名|通知|停工令|申请|标书|投标|纪要|发票|网页|
        设计)(的|)模板, 支架(图|详图|大样|报价), 支撑(材料|文件|证据|服务|力度|团队|体系),
        吊顶(图|高度|材料|颜色|报价|样品), 幕墙(图|节点|报价|方案|样板|深化), 存储(柜|间|空间|卡),
        平台(账号|注册|操作手册|名称|推广|培训|使用费), 漏(斗|项清单),
        转(账凭证|账记录|发|告|交|正|岗|椅|换|换器|接头|角|弯|院|租), 转发, 转告, 转交, 转正, 转椅, 转换,
        炸(鸡|药库图|薯条), 爆炸(图|极限|危险区划分), 烧(烤|杯|结|水壶|录), 烧烤, 泄(洪图|压阀), 泄漏(电流|检测仪),
        报警(阀图|主机说明书|系统图|按钮图), 病毒(库|库更新), 杀毒(软件|),
        钓鱼(台|比赛|演练|测试|邮件测试|邮件演练|邮件模拟), 勒索(病毒应急响应|病毒演练|软件防护方案|病毒防护|病毒培训),
        漏洞扫描, 渗透测试, 说不定, 差不多, 了不起, 对不起, 用不着, 免不了, 少不了, 大不了, 忘不了, 不得不, 受不了,
        看不起, 不一定, 不只, 不单, 不管, 不论, 不如, 不久, 不时, 不妨, 不免, 不由, 不禁, 不愧, 不仅仅, 不同意见, 不锈,
        不干胶, 不动产证, 不透明, 无论, 无非, 无人机, 无线(网|鼠标|键盘|路由器|投屏|耳机|), 无纺布, 无障碍, 没关系,
        没问题, 没意见, 没想到, 没准, 未必, 未来, 未婚, 未免, 人家, 人民, 人民币, 人口, 人工, 人工费, 人力, 人事, 人才,
        人行道, 人行(横道|天桥|通道), 人机料, 人员(名单|花名册|配置|架构|变动|资质),
        个人(所得税|简历|信息表|年终总结|总结), 私人, 家人, 主人, 别人, 本人, 熟人, 新人, 老人机, 机器人, 法人章, 夫人,
        成人, 工人(工资|宿舍|名单|花名册|实名制|食堂|考勤|体检|合同|安全教育)(表|册|台账|记录|模板|统计|)""",
    "GAS": """
        (煤气|燃气|天然气|液化气|氨气|氯气|毒气|瓦斯|蒸汽|化学品|柴油|汽油|硫酸)(管|管道|管线|罐|瓶|阀|阀门|),
        (煤气|燃气|天然气)(泄漏|泄露|漏了|漏气)""",
    "BREACHED": """
        (挖|打|撞|压|钻|凿)(断|破|穿|漏)(了|), 泄漏, 泄露, 漏了, 在漏, 喷出, 喷了, 断了, 破了, 爆了, 漏气""",
    "SENT": """
        (发|传|寄|转发|群发|抄送|分享|递)(给|到|错|进)(了|), 群发, 抄送, 上传到""",
    "OUTSIDER": """
        (投标单位|投标人|投标方|竞争对手|对手|对家|外人|外部人员|陌生人|无关人员|别的客户|其他客户|另一个客户|别的公司|
        其他公司|媒体|记者|客户群|公开群|外部群|大群|所有供应商|别家)""",
    "SHUT": """
        关了(一|两|三|四|五|六|几|好几)(个|名|位), 关了人, 关住, 关进, 出不来,
        关着, 困着, 关在, 困在, 卡在, 停在, 卡住, 困住, 锁在, 不动了, 停住, 不开门, 门打不开, 打不开门, 门开不开, 被困,
        被关""",
    "INSIDE": """
        里面, 里边, 里头, 轿厢里, 轿厢内, 梯内, 关着, 困着""",
    "ASK": """
        (能|能不能|能否|可以|可否|可不可以|请|麻烦)(帮|帮我|帮忙|催|恢复|安排|处理|看|修|派|给|尽快|快|今天|现在|马上|
        开|加急|重置|解锁)""",
    "WH": """
        谁, 啥, 为啥, 为什么, 为何, 何时, 多少, 哪, 哪儿, 何处, 几点, 什么""",
    "FLAW": """
        发(灰|黄|白|黑|虚|糊|暗|绿|紫|红|蓝|皱|脆|潮|霉|抖|卡), 颜色不对, 变色, 掉色, 褪色, 起泡, 空鼓, 起皮, 漏印,
        错位, 断墨, 洇墨""",
}
