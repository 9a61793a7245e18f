"""What happens, by families rather than by incidents: what does not serve, grows slow, threatens, has to be done when.

The notation is told in `core.rules.lexicon`; the incidents themselves are in `mishaps`.
"""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "HURT": """
        (is|was|are|were|got|gets|been) (concussed|suffocating|unresponsive|stabbed), (is|was|are|were|has|have)
        (collapsed|fallen over|blacked out|stopped breathing),
        (he|she|they|worker|man|woman|colleague|someone|somebody|guy|kid|child|patient|driver) (fell|collapsed),
        (he|she|they|worker|man|woman|colleague|someone|somebody|guy|kid|child|patient|driver) (is|was) down,
        (he|she|they|worker|man|woman|colleague|someone|somebody|guy|kid|driver) (slipped|tripped) (and|on|over|off),
        (tripped|slipped|stumbled) and (hurt|fell|broke|hit|is), fell over, has fallen, have fallen, fallen
        (off|from|into|through|down), thrown off, electric shocks, (a|got|gets|get) shock (from|when|off), cut
        (himself|herself|themselves|open|badly|deep|his|her), (deep|bad|nasty) cut, burn wound, burnt
        (hand|arm|face|leg), (hand|arm|face|leg|finger) (burnt|burned|cut|broken|stuck), (inside|in) the
        (stuck|stopped|broken) (lift|elevator), people in the (lift|elevator), someone in the (lift|elevator), under the
        rubble, man down, man overboard, (suffer|suffers|suffered|suffering|having) (a|an|from)
        (heart|allergic|heat|shock|panic), (struggling|fighting) (to breathe|for air|for breath), can't feel
        (his|her|their), turning blue, gone blue, (was|were|been|got|is|are)
        (shot|stabbed|punched|mugged|robbed|beaten up), armed (man|person), active shooter, gunman, hostage, robbery,
        crying for help, calls for help, rescue (needed|them|him|her), stranded (on|in|at) (the|a)
        (roof|crane|lift|jib), stuck up (there|on), stuck at (height|the top), hanging in the air, mid-air, stung,
        stings, bitten, snake, dog bite, bee sting, burned (my|their|our) hand, sprained, dislocated, got something in
        (his|her) eye, dizzy, nauseous, headaches and, feel sick, feeling sick, (everybody|everyone|people|several)
        (feel|feels|feeling) (sick|ill), rash, hospitalised, hospitalized, (no|weak) pulse, in labour, miscarriage,
        panic attack""",
    "DANGER": """
        smoke, smoking (from|socket|cable|panel|battery|server|switch), smokes, burning, burns through, aflame, ablaze,
        the fire is, fire!, (small|electrical|electric|chemical|gas|battery|kitchen|cable|roof|transformer) fire,
        melted, melting, (smells|stinks|reeks|smell|stink|smelling)
        (burnt|burned|of burnt|like burnt|of solvent|of fuel|of diesel|strongly|of chemicals|of rotten eggs|
         like rotten eggs|like petrol|like chemicals), hot to the touch, arcing, swollen battery, battery
        (is |)(swollen|swelling|bulging|smoking|hot), sparked, a spark, (could|might|may) (hit|kill|hurt|injure|crush)
        (someone|somebody|people|us), (will|would|going to|about to) (hit|kill|hurt|injure|crush|electrocute)
        (someone|somebody|people|us), (could|might|may|will|would|can)
        (tip over|topple|give way|come loose|break off|cave in|blow up|explode|come down|fall down|fall off|fall any|
         burst|electrocute), hanging (loose over|off the|by one|by a|loosely|on by|above|down over), dangles over,
        dangling over, loose over, fell (right |just |)(next to|beside|in front of|near|past|between), missed
        (me|us|them) by, narrowly missed, dropped (onto|next to|right next), came down
        (on|onto|next to|beside|near|in|between|right), crashed down, came crashing,
        (brick|bricks|tile|tiles|panel|glass|slab|plank|pipe|bolt|tool|debris|plaster|stone|concrete) fell,
        (bricks|tiles|panels|glass|slabs|planks|plaster|stones|concrete|debris)
        (falling|fall|falls|came down|coming down), more (are|is) loose, guys
        (are |)(still |)(up there|down there|on it|under it|below|inside|in it|working under),
        (no|without|missing|removed the)
        (guardrail|guardrails|handrail|barrier around|edge protection|harness|helmet|lifeline|fall protection|
         safety net), without (any |)(protection|safety|securing|propping|shoring|support), unguarded, open
        (shaft|pit|hole|edge|manhole|void), (shaft|pit|hole|manhole|void) (is |)(open|uncovered|unprotected), nobody
        fenced, not fenced, unfenced, (cracks|crack)
        (is |are |)(widening|opening|growing|getting|spreading|appeared overnight), creaking, structural failure, in the
        (trench|pit|shaft|excavation) (with|without|unprotected), water (is |)(rising|reaches|reached|near|close to|at)
        (the |)(sockets|cables|panel|switchboard), water (is |)(rising|reaches|reached|near|close to|at)
        (the |)(electrics|transformer|ups|racks), (near|next to|close to|on|onto|into|over|above|beside)
        (the |)(switchboard|electrics|distribution board|fuse box),
        (near|next to|close to|on|onto|into|over|above|beside)
        (the |)(sockets|power panel|high voltage line|transformer),
        short-circuiting, shocks people, (gives|gave|giving|get|getting)
        (people |us |you |me |a |an |)(electric |)(shock|shocks|zapped), alarm
        (is |keeps |has been |)(ringing|going off|sounding|beeping and), alarm (sounds|rings|went off), gas alarm, co
        alarm, fire alarm (won't stop|keeps|goes off|is going), had to leave the building, spilled
        (acid|fuel|diesel|solvent|chemicals|oil), (acid|fuel|diesel|solvent|mercury|chemicals)
        (spilled|spilt|leaking|leaks|everywhere|on the floor), (mercury|fuel|diesel|oil|sewage) spill, contaminated
        (water|food|blood|air), legionella, mould spores, brakes (don't|do not|are not|aren't|failed|fail|not)
        (work|working|), no brakes, brake failure, overloaded (scaffold|crane|lift|floor|slab), weapon, weapons, bomb,
        threat to life, deadly, lethal, derailed, capsized, sinking (crane|rig|pile),
        (wall|slab|roof|ceiling|bridge|trench|slope|prop|scaffold|column)
        (is |has |)(moving|shifted|shifting|sagging|leaning),
        (wall|slab|roof|ceiling|bridge|trench|slope|prop|scaffold|column)
        (is |has |)(tilting|buckling|bulging|sliding|swaying|unstable), (people|workers|men|guys|kids|children)
        (are |)(still |)(working |walking |standing |)(under|underneath), (people|workers|men|guys|kids|children)
        (are |)(still |)(working |walking |standing |)(below|up there|down there), wasp nest, wasps, hornets, bees nest,
        stray dog, wild boar, came off the (wall|facade|roof|crane|scaffold|ceiling), (came|come|fallen|fell|broke) off
        and (people|everybody|the stairs|it), still in use, still being used, people still use it, can smell gas, can
        smell it, caving, slid down, sliding down, washed away, undermined, washed out, sink hole,
        (leaning|tilting|tilted) (towards|toward|over|badly), dangerously, precarious, precariously, treacherous, black
        ice, icy (stairs|path|steps|road|ramp), slippery (stairs|steps|floor|ramp|path), nearly
        (hit|fell|slipped|killed|crushed|got), almost (hit|fell|slipped|killed|crushed|got hit), could have
        (killed|hit|hurt|been killed|died), someone will (fall|slip|trip|die), stay clear, keep clear of, stay away
        from, keep away from, keep out of the, don't go near, do not go near, nobody should go near, clear the area, get
        everyone out, get everybody out, get out of, (hit|hits|struck|touched|touches|clipped) (a|the|an|our)
        (overhead|power|high-voltage|gas|live|electric|electrical|main|water main|scaffold|crane),
        (caught|tore down|pulled down|cut through|dug through|drilled through|drilled into) (a|the|an|our)
        (overhead|power|high-voltage|high voltage|gas|live|electric|electrical|main|water main|scaffold|crane),
        (climb|climbs|climbing|play|plays|playing) up there, (climb|climbs|climbing|play|plays|playing) on the
        (roof|scaffold|crane|stack|pile|formwork|excavator|fence), (climb|climbs|climbing|play|plays|playing) in the
        (pit|shaft|trench|excavation|building site), (climb|climbs|climbing|play|plays|playing) onto the
        (roof|scaffold|crane), (kids|children|teenagers|youths|drunks) (climb|climbs|play|get|go|walk|sneak|jump|run),
        off the edge, over the edge, pinned, dragged, snagged on, hooked on the, swings over, swung over, low over,
        (people|men|workers) (is |are |)(still |)(working|standing|walking) (above|on top of|over|beside|next to|near)
        (it|the edge), (people|men|workers|crew|someone|somebody) (is |are |)(still |)working
        (above|on top of|over|beside|next to|near) (the hole|the opening), (people|men|workers|crew|someone|somebody)
        (is |are |)(still |)(standing|walking) (above|on top of|over|beside|next to|near) (the hole|the opening),
        (crew|someone|somebody) (is |are |)(still |)working (above|on top of|over|beside|next to|near) (it|the edge),
        (crew|someone|somebody) (is |are |)(still |)(standing|walking) (above|on top of|over|beside|next to|near)
        (it|the edge)""",
    "HAZARD": """
        load limiter, limit switch(es|), overload protection, load alarm, rigging, shackle(s|), lifting eye(s|),
        outrigger(s|), tie-back(s|), strut(s|), floor opening(s|), interlock(s|), machine guard(s|), saw guard, press
        brake, mast climber, mewp, safety valve, gas valve, high-voltage line, power line(s|), overhead line(s|),
        brakes, dead man switch, temporary stairs, stair tower, site stairs, railing, railings, banister, bannister,
        working platform, staging platform""",
    "FLAW": """
        faults, fault, defect(s|), hitch, snag, problem with, problems with, issue with, issues with, trouble with,
        acting up, playing up, on the blink, on the fritz, misbehav(es|ing), shows
        (an |)(error|errors|wrong|old|nothing|garbage|zero|negative|weird|strange|no), showing
        (an |)(error|errors|wrong|old|nothing|garbage|weird|no), (is|are|was|were)
        (wrong|incorrect|broken|damaged|faulty|missing|gone|stuck|jammed|blocked|dirty|wet|flooded|cracked|bent|loose|
         torn|empty|full), drip(s|ping|), leak(s|ed|), seep(s|ing|age), puddle, damp, mould, mold, moisture, rust(y|),
        dent, chipped, peeling, wobbles, rattles, rattling, buzzing, humming, squeak(s|y|ing), noisy, noise, rattle,
        beeping, beeps, stain(s|ed|), scratched, blown, fused, short-circuited, melted down, misprint(s|ed|), smears,
        smudges, faded, blurry, dim, dimmed, lopsided, uneven, sagged, bounced, bounces, bouncing, undeliverable,
        declined, refused, denied, aborted, cancelled itself, skipped, duplicated, duplicates, doubled, out of sync, not
        synced, desync, mismatched, inconsistent, contradict(s|ed|ory), conflict(s|ing|), does not add up, doesn't add
        up, don't add up, off by, miscalculated, mixed up, swapped, misplaced, mislabelled, mislabeled, misspelled,
        outdated, out-of-date, stale, invalid, not valid, revoked, ran out, run out, running out, runs out, used up, too
        (cold|hot|warm|loud|dark|bright|dry|humid), freezing cold, boiling hot, stuffy, draughty, drafty, cooled,
        unheated, stinks, smelly, mice, rats, cockroaches, wasps, clogged, backed up, backs up, overflow, overflows""",
    "LACK": """
        still waiting, awaiting, pending, outstanding, can't find, cannot find, not yet received, don't have, doesn't
        have, need the, needs the, we need, is needed, are needed, short by, too few, insufficient, unfinished, half
        done, only half, blank, unresolved, open point(s|), still open, yet to, missing since, can't be found, cannot be
        found, nowhere""",
    "LEAK": """
        (data|customer data|patient data|personal data|payslips|salaries|files|records|passwords)
        (is|are|was|were|became)
        (visible|exposed|readable|downloadable|viewable|searchable|indexed|accessible|public|stolen|published),
        (can|could) (see|read|open|view|download)
        (each other's|other people's|everyone's|everybody's|another|other customers|other clients|other patients),
        (see|sees|seeing|shows|shown|saw) (another|other|someone else's|somebody else's)
        (people's|customers|clients|patients|person's|account|data|invoice), (see|sees|seeing|shows|shown|saw)
        (another|other|someone else's|somebody else's) (invoices|records|orders|), phishing
        (mail|email|link|site|attack|page|message) (and|was|got|that|opened|clicked), phished, fell for, fell victim,
        clicked (on |)(a|the|that|this) (attachment|bad), malicious, infected, worm, cryptolocker, crypto locker,
        lockbit, encrypting, encrypted (overnight|files|our|all|everything|itself), got encrypted, were encrypted, was
        encrypted, exfiltrated, sniffed, wiretap, stolen (data|credentials|identity|password|passwords|laptop with),
        hijacked, taken over, account takeover, brute force, ddos, denial of service, under attack, being attacked,
        cyberattack, cyber attack, security incident, security breach, breached, zero-day, exploited, vulnerability is
        being, changed bank details, strange transactions, unknown (user|person|admin|device|session)
        (is|has|was|logged|in|on), somebody else's account, not me who logged, i didn't log, logged in from, login from
        (china|russia|nigeria|another|an unknown|brazil|vietnam), logging in (to|from|as), logs in from, logged on from,
        from abroad, from an unknown (country|device|address|location), somebody (logged|logs|is logged|got)
        (in|on|into), someone (logged|logs|is logged|got) (in|on|into), read my mails, reads my mails, reading my mails,
        reads our mails, reading our mails, forwarding rule i, pretends to be, posed as, posing as, poses as, in my
        name, in our name, on our behalf without, strange mails from, spam from our, mails i didn't, mails i never,
        never sent, (documents|files|reports) (that |which |)(went|were sent|got sent) (to|with|at) the wrong,
        (documents|files|reports) (that |which |)(went|were sent|got sent) (to|with|at)
        (other|somebody|someone|another|strangers), (documents|files|reports) (that |which |)have gone (to|with|at)
        (the wrong|other|somebody|strangers|the neighbours), (documents|files|reports)
        (that |which |)(were mailed|ended up) (to|with|at) (the wrong|other|somebody|strangers|the neighbours),
        (documents|files|reports) (that |which |)(went|were sent|got sent) (to|with|at) the neighbours, wrong envelope,
        wrong envelopes, mixed up the (letters|envelopes|recipients|addresses|attachments),
        (letters|mails|emails|invoices|statements|payslips) (that |)(went|were sent|ended up) (to|with|at)
        (the wrong|someone), (letters|mails|emails|invoices|statements|payslips|documents|files|reports)
        (that |)(went|were sent|ended up) (to|with|at) (somebody|strangers), (documents|files|reports) (that |)ended up
        (to|with|at) (the wrong|someone)""",
    "SLOW": """
        slow, slower, slowly, sluggish, laggy, lag, lags, lagging, crawl, crawls, crawling, snail, takes
        (ages|forever|minutes|twice|so long|very long|too long|ten times), taking
        (ages|forever|minutes|so long|too long), intermittent, intermittently, dropping out, drops, cuts out, cutting
        out, keeps dropping, on and off, comes and goes, patchy, flaky, choppy, stutters, stuttering, unreliable,
        degraded, latency, delayed, delays, half the speed, time-outs, every few minutes, kicked out, kicks us out,
        hiccups, bumpy, barely works, barely usable, hardly usable, works only, only works sometimes, performance,
        lose time, loses time, losing time, lost time every""",
    "STOP": """
        (cannot|can't|can not|unable to|could not|couldn't) (finish|carry|operate|produce),
        (cannot|can't|can not|unable to|not able to|won't be able to|impossible to)
        (teach|treat|serve|sell|ship|dispatch|load|unload|assemble|test|release|deploy|publish|print),
        (not able to|won't be able to|impossible to) (finish|continue|carry|go on|operate|produce), (could not|couldn't)
        (teach|treat|serve|dispatch|load|assemble|test|release|deploy|publish|print),
        (cannot|can't|can not|unable to|could not|couldn't|not able to|won't be able to|impossible to)
        (cut|drill|excavate|concrete|hand over|move on|move), no one can (do|work|start|continue|get), can't do
        (our|my|any|their), cannot do (their|our|my|any), do nothing, dead in the water, at a standstill, stand still,
        stands still, came to a stop, in limbo, paralysed, paralyzed, crippled, is blocking, blocks, blocker for, shut
        out, kept out, left outside, stand outside, stand in front of, standing in front, outside in the
        (rain|cold|snow), waits, wait since, sit and, sits and, just sit, just sitting, sitting on their, sit on their,
        staring at, stares at, killing time, on standby, on stand-by, idling, unproductive, lost
        (a|half|the whole|a whole) day, losing time, wasted, stopped working, have stopped, has stopped, had to stop,
        forced to stop, stops us, stops everything, stalled, stall, until somebody, until someone, before we can
        (continue|start|go on|proceed|work), no access to, no way in, nobody gets in, no one gets in, nobody gets out,
        queue back, queues, long queue, huge queue, queue of, line of people, lines of people, lines are growing, piling
        up, pile up, turned back, sent away, sent back, walking out, walk out, leave the shop, had to close, closed for
        now, cannot open the (shop|store|doors|gates|clinic), keeps us from, prevents us from, preventing us, is
        preventing, (sit|sits|sitting|sat|stand|stands|standing|stood) in (the|their|a|our)
        (van|vans|car|cars|bus|container|containers|canteen|corridor|lobby|dark|cold|rain|snow|truck|trucks|street|yard|
         hallway|garden), refuse to (work|enter|go|start|pour|climb|lift|drive|continue), refuses to
        (work|enter|go|start|pour|climb|lift|drive|continue), refusing to work, won't work, walk off, walks off, walked
        off, walking off, leave the site, leaves the site, left the site, leave site, pull their people, pulls his
        people, pull out, pulls out, down tools, get no (money|food), won't get paid, don't get paid, not get paid, not
        paid, unpaid, no wages, no pay, with nothing, freezing outside""",
    "HALT": """
        site is shut, site shut, whole site stopped, shut the whole, closed the whole, closed down by, order to stop,
        ordered us to stop, told us to stop, stopped by the, everything
        (stopped|halted|on hold|is on hold|at a standstill|stands still|has ground), all work stopped, all work has,
        nothing moves, nothing is moving, production stopped, production is down, production down, production at a,
        picket, walkout, walk-out""",
    "DOWN": """
        won't, will not
        (work|turn|move|close|go|come|play|save|update|install|accept|let|read|ring|heat|cool|light|lock|unlock|stop),
        refuses to, refuse to, refuses our, refuses my, rejects (our|my|the|every|all|us|any), rejecting, failed to,
        failing to, does nothing, nothing happens, shows nothing, no
        (reaction|hot water|running water|cooling|air conditioning|aircon|ventilation|lighting|oxygen|gps|response), no
        sign of life, dead, died, is dying, kicked the bucket, gave up, gives up, given up the ghost, are broken, got
        broken, fried, has blown, burnt out, burned out, went dark, goes dark, gone dark, went black, goes black, gone
        black, went blank, goes blank, black screens, blank screen, spinning, spinner, loading forever, loads forever,
        stuck on, stuck at, stuck in a loop, hung, hanging at, hanging since, rebooting, reboots, reboot loop, restarts
        itself, restarting itself, shut down by itself, switched itself off, switches off, turns itself off, cut out,
        cut off, went off, gone off, tripped, kaput, not
        (running|available|accessible|showing|displaying|coming through|going through|arriving|ringing|turning|moving|
         heating|cooling|connected|scanning|playing|recording|saving|powering|lighting|recognised|recognized|detected|
         found anymore|accepted|accepting|letting|able), isn't
        (running|available|accessible|reachable|responding|loading|starting|opening|showing|coming|going through|
         turning|moving|heating|cooling|charging|connecting|syncing|printing|sending|receiving|recognised|recognized|
         accepted|accepting), aren't
        (running|available|accessible|reachable|responding|loading|starting|opening|showing|coming|going through|
         arriving|turning|moving|heating|cooling|charging|connecting|syncing|printing|sending|receiving|recognised|
         recognized|accepted), doesn't power up, doesn't
        (ring|heat|cool|light up|move|play|go through|come through|arrive|show up|show anything|close|lock|unlock|
         accept|let me|read|scan|work), doesn't let us, does not power up, does not
        (ring|heat|cool|light up|move|play|go through|come through|arrive|show up|show anything|close|lock|unlock|
         recognise|recognize|accept|let me|read|scan), does not let us, don't
        (turn on|switch on|power up|start anymore|open anymore|ring|heat|cool|light up|move|play|go through|
         come through|arrive|show up|show anything|close|lock|unlock|recognise|recognize|accept|let me|read|scan|
        respond| work), don't let us, (doesn't|does not|don't) let anyone, doesn't let anybody, doesn't let people, does
        not let anybody, does not let people, don't let anybody, don't let people, do not
        (turn on|switch on|power up|start anymore|work anymore|work any more|work at all|open anymore|ring|heat|cool|
         light up|move|play|go through|come through|arrive|show up|show anything|close|lock|unlock|recognise|recognize|
         accept|let me|read|scan|respond), do not let us, didn't
        (power up|work anymore|work any more|work at all|ring|heat|cool|light up|move|play|go through|come through|
         arrive|show up|show anything|close|lock|unlock|recognise|recognize|accept|let me|read|scan), didn't let us, did
        not let me, did not let us, do not let anyone, do not let anybody, do not let people, did not
        (power up|work anymore|work any more|work at all|ring|heat|cool|light up|move|play|go through|come through|
         arrive|show up|show anything|close|lock), (didn't|did not)
        (unlock|recognise|recognize|accept|let anyone|read|scan), didn't let anybody, didn't let people, did not let
        anybody, did not let people, (aren't|wasn't) working, works no more, no longer
        (starts|opens|loads|prints|connects|responds|possible|reachable|accessible|accepted|functional|functions|turns|
         rings|reads|lets|work), nonfunctional, non-functional, inoperable, inoperative, out of
        (service|fuel|diesel|oxygen|medication|blood|water|material|concrete|commission|use|memory), unserviceable,
        unplayable, unopenable, without
        (light|lights|gas|hot water|signal|cooling|air conditioning|ventilation|a network|wifi|wi-fi|it|server|phone|
         telephone|vpn|connection|oxygen|heat), power (is |went |has gone |goes |)(out|off|gone|lost), power's out,
        power's gone, lights (are |)off, lights out, blackout, black-out, brownout, outages, internet (is |)(gone|out),
        network (is |)(gone|out), wifi (is |)(gone|out), lost (our|the|all|its)
        (internet|network|wifi|power|signal|phones|phone|vpn|connectivity|supply), logged out, logs
        (me|us|everyone|everybody|people) out, signed out, kicked (me|us|everyone|everybody) out, (can't|cannot)
        (find|build|test), login (loop|failed|impossible|doesn't|does not), invalid
        (credentials|certificate|token|licence|license|session), certificate (has |is |)(expired|invalid|revoked),
        licence (has |is |)(expired|invalid), license (has |is |)(expired|invalid), (404|403|401|504|500|502|503)
        (error|errors|s|page|everywhere|on), error (404|403|401|504|502), http 500, gateway time-out, gateway timeout,
        connection (refused|reset|lost|timed|dropped|error), disk full, disk is full, mailbox full, mailbox is full,
        mailbox has been full, quota exceeded, read-only, segfault, stack trace, traceback, red since, pipeline
        (is |)(red|failing|broken), builds (fail|failing|are failing), build (failing|is failing|broken), no
        (gas|ac|phone|telephone|data|image|video|audio|coverage|login|pressure|supply|current|voltage|lift|elevator|
         toilets|payments|mails|emails|calls)
        (at all|since|again|anymore|any more|on|in|for|from|is|are|come|comes|today|now), down, unable, haven't been
        able, hasn't been able, not been able, impossible, nothing is working, locked me out, locks me out, keeps
        (dropping|hanging|stopping), throws an error, throws errors, error every time, an error each time, without warm
        water, unheated since, heating (is |)(off|out|broken), heating failed, boiler (is |)(off|out|broken), no
        (drinkable water|tap water|warm water|licence|licences|license|licenses|keys|key|badges|badge|tools|material|
         materials) (on|in|at|for|since|left|anywhere|here|at all|today|any), no
        (drawings|toilets|toilet|food|fuel|diesel|beds|linen|medication|vaccine|blood)
        (on|in|at|for|since|left|anywhere|here|today|any), no drinking water, has no licence, have no licence, has no
        license, have no license, logs everybody, logs everyone, kicks everybody, kicks everyone, throws everybody out,
        throws everyone out, throws us out, throws me out, throws people out, locks everybody, locks everyone,
        disconnects everybody, disconnects everyone, disconnects us""",
    "SPREAD": """
        worsens, worsening, deteriorat(es|ing), no longer holds, higher and higher, wider and wider, bigger and bigger,
        worse and worse, hotter and hotter, every hour more, hour by hour, ankle-deep, knee-deep, pours out, gushes,
        sprays, spraying, spurting, spurts, squirting, burst main, burst water, pipe is burst, water everywhere, floods,
        flooded and, being deleted, being encrypted, being overwritten, being stolen, being drained, still
        (leaking|running out|burning|moving|sliding|sinking|flowing|falling), as i write, as i type, while i
        write, keeps (leaking|moving|sliding|sinking|dripping|falling|filling|heating), coming through the
        (ceiling|roof|wall|floor|door|window), comes through the (ceiling|roof|wall|floor|window), coming in through,
        running down the (wall|walls|stairs), running into the, water runs, water running, reaching the, is reaching,
        creeping, seeping in, soaking, soaked, water all over, all over the (racks|floor|servers|desks|ceiling|place),
        broke off in, spray everywhere, everything is wet, getting wet""",
    "LOST": """
        (wiped|erased|purged|trashed|nuked|destroyed|truncated|formatted)
        (the|our|all|my|a|everything|by|half|whole|production|prod), (got|was|were|been|has been|have been|just got)
        (purged|trashed|destroyed|dropped|truncated|corrupted), all
        (data|files|records|emails|photos|drawings|models|work) (is|are|has|have|was|were|)
        (gone|lost|vanished|disappeared|missing), (months|weeks|years) of (work|data|records|drawings)
        (are|is|have|has|) (gone|lost|vanished), disappeared from, missing from the
        (server|share|drive|database|archive), lost all, lost everything, lost the (database|archive|model|recordings),
        data corruption, corrupted database, database (is |)(corrupt|corrupted|gone|lost), deleted, accidentally
        (removed|cleared|emptied|formatted)""",
    "GONE": """
        last (good |)backup, no copy, no copies, only copy, without a copy, never backed up, not backed up, isn't backed
        up, wasn't backed up, backup (didn't|did not|doesn't|never) (run|work|exist), backups
        (didn't|did not|don't|never) (run|work|exist|failed), cannot restore, can't restore, restore
        (failed|fails|impossible), no way to (restore|recover|get it back), forever, unrecoverably, for ever,
        irreplaceable, irreversibl(e|y), the only (version|original|backup|one), the original is gone""",
    "BREACHED": """
        open, left on, smell, smells, not closed, wasn't closed, hissing, hit""",
    "STOLEN": """
        left (it |)(in|on) (a|my|his|her|the) (taxi|cab|train|bus|uber|plane|tram|restaurant|cafe|hotel), was left
        (in|on) (a|the), forgotten (in|on) (a|the) (taxi|train|bus|plane|cab|tram), misplaced""",
    "FAULT": """
        (is|are|shows|turns out|was) (empty|blank|garbled|corrupted) again, exports nothing, prints nothing, shows
        nothing, saves nothing,
        (comes|came|coming|come) (out|back|through|up) (empty|blank|wrong|garbled|black|short|corrupted|half
        empty|crooked),
        (refuses|rejects|rejected|refusing|rejecting|bounces|won't accept|doesn't accept|not accepting|won't take)
        (our|my|the|every|all|any),
        keeps (refusing|rejecting|failing|timing
        out|erroring|bouncing|crashing|quitting|asking|resetting|spinning|looping),
        has a (hole|gap|big hole|large hole|tear|rip|big gap), hole in, holes in, gap in, gaps in, tear in, undone,
        unhooked, unfastened, unbolted, worn through, frayed,
        spits out, spits it out, spat out, keeps bouncing, bounces back""",
}  # fmt: skip

ZH: Mapping[str, str] = {
    "HURT": """
        (摔|跌|绊|滑|砸|压|夹|撞|烫|烧|割|扎)(伤|倒|死|断|晕|昏|破|得不轻|到头|到腿|到手|到脚|到人|着人)(了|),
        (咬|打|踩|挤|磕|碰|触|电|淹|呛|噎|冻|晒)(伤|倒|死|断|晕|昏|破|得不轻|到头|到腿|到手|到脚|到人|着人)(了|),
        (腿|手|脚|头|胳膊|手指|脸|腰|肋骨|眼睛)(断|夹|压|划|割|烧|烫)(了|住|伤|到|开), 血淋淋, 满身是血, 流了血, 见血,
        (摔|跌|掉|坠|滑|滚)(下|进|落)(来|去|了|楼|坑|沟|井|楼梯|梯子|架子|脚手架|基坑|电梯井|水里), 一头栽, 栽倒, 栽下,
        瘫倒, 倒了下去, 站不起来, 动弹不得, 喘不过, 喘不上, 胸口疼, 胸口痛, 心脏不舒服, 脑梗, 口吐白沫, 脸色发白,
        浑身抽, 麻到, 被麻, 触了电, 过电, 打起来, 动手打, 拿着刀, 挟持, 劫持, 抢劫, 行凶, 站在楼顶, 爬上塔吊, 爬到塔吊,
        在楼顶要, 悬在半空, 吊在半空, 挂在半空, 悬空, 关在冷库, 锁在(屋里|车里|冷库),
        (电梯|轿厢)(里|内)(还|)(有|困|关)(人|着|两|三|几|一|个), 喊救命, 急救人员, 叫120, 喊120, 人快不行, 快不行了,
        人没了, 没气了, 没呼吸, 没心跳, 卡喉咙, 误吞, 误服,
        (被|给)(电|麻|烫|砸|压|夹|困|埋|撞|咬|扎|割|打|绊)(到|了|着|倒|伤|中)(了|),
        (摔|跌|晕|昏|滑|绊|栽|瘫)(倒|倒了|过去|过去了|下楼|下来|下去), 蜇, 咬了, 咬伤, 被狗咬, 蛇, 扭了脚, 崴了脚, 崴脚,
        扭到腰, 闪了腰, 头晕, 集体腹泻, 拉肚子, 上吐下泻, 过敏, 起疹子, 眼睛进, 灼伤, 冻伤, 脱臼, 抽筋,
        (牙|小腿|大腿|脚趾|后脑|眼角|下巴|肘|胯)(伤|断|扭|砸|磕|摔|破|肿)(了|到|开|破|伤|),
        (手腕|脚踝|膝盖|后背|肩膀|脖子|额头|鼻子|小腿|大腿|脚趾|后脑|下巴)(伤|流血|骨折|断|扭|砸|磕|摔破)""",
    "DANGER": """
        (冒|着|起|有|飘|全是)(大|浓|黑|白|焦|糊|)(烟|火|火星|火花|煤气|异味), 烟味, 焦糊, 烧焦, 烧糊, 冒电, 电弧, 拉弧,
        鼓包发热, 电池(鼓包|发烫), 烧红, 火警, 烟感(一直|在|持续|)(响|报), 警报(一直|在|持续|)(响|叫),
        燃气(报警|泄露|在漏), 瓦斯, (掉|砸|塌|倒|垮|坠|翻|滑|断|崩|脱|落)(下来|下去|了下来|落下|到地|到路),
        (掉|砸|塌|倒|垮|坠|翻|滑|断|崩|脱|落)(到人行|到楼下|到孩子|到车|在路|在人),
        (快|要|快要|眼看|眼瞅着|马上|马上要|随时|随时要|随时可能)(掉|掉下|塌|倒|砸|砸到|砸人|断|断裂|炸),
        (快|要|快要|眼看|眼瞅着)(爆|电到|伤到人|伤人|出人命|出事|翻|垮|坠落|死人),
        (马上|马上要|随时|随时可能)(爆|电到|伤到人|伤人|出人命|出事|翻|垮|坠落|死人),
        (可能会|搞不好会|说不定会|迟早|怕|就怕|恐怕|小心)(掉|掉下|塌|倒|砸|砸到|砸人|断|断裂|炸),
        (可能会|搞不好会|说不定会)(爆|电到|伤到人|伤人|翻|垮|坠落),
        (迟早|怕|就怕|恐怕|小心)(爆|电到|伤到人|伤人|出人命|出事|翻|垮|坠落|死人),
        (人|工人|行人|孩子|学生|老人)(还|就|都|正|)在(下面|底下|上面|里面|旁边|干活|走|过|用|玩|开),
        (没|没有|未|拆了|少了|缺|缺了|不|无)(护栏|栏杆|防护|临边防护|盖板|围挡|安全网|防护网|安全带|安全绳),
        (没|没有|未|拆了|少了|缺|缺了|不|无)(系安全带|戴安全帽|挂安全带|接地|漏保|支护|支撑|放坡|警戒|警示), 光着头,
        敞着口, 敞开着, 敞口, 露出铜, 露铜, 线外露, 钢筋外露, 悬着, 悬在, 吊着(东西|料|货|钢筋|混凝土|模板|人|),
        晃得厉害, 晃个不停, 摇晃得厉害, 倾斜得, 往外倾, 往外倒, 往下掉, 往下塌, 往下滑, 往外掉, 掉土, 掉渣, 掉块, 滑土,
        噼啪响, 闻着不对,
        (电线|电缆|插座|电箱|配电箱|开关)(泡水|进水|打火|着火|短路冒|烧了|裸露|外露|被水|旁边就是水|在水里),
        (灯|机柜|配电柜|变压器|充电桩|电瓶车|空调)(泡水|进水|打火|短路冒),
        (灯|机柜|配电柜|变压器|充电桩|电瓶车|空调)(烧了|裸露|外露|被水|旁边就是水|在水里), 配电柜就在旁边,
        配电箱就在旁边, 电箱就在旁边, 刹车(失灵|不灵|坏|没|不好使|踩不住), 没刹车, 溜车, 超载, 超重, 超员, 放射, 硫化氢,
        一氧化碳, 甲醛超标, 氨气, 氯气, 化学品(洒|倒), 硫酸(洒|漏|溅), 酸(洒|漏|溅), 汽油(洒|漏), 柴油(洒|漏),
        油(洒|漏)了一地, 消防(门|通道|栓|泵|水)(锁|堵|打不开|没水|坏|用不了|被占), 逃生门(锁|打不开|堵), 人命, 安全隐患,
        隐患很大, 有隐患, 致命, 不敢(动|上去|进去|靠近|下去),
        (下面|底下|下方)(还|都|)(有|站着|全是)(人|工人|行人|孩子|小孩|老人|学生),
        (砖|瓷砖|玻璃|石块|混凝土|钢管|扣件|模板|木方|墙皮)(掉|砸|塌|倒|坠|飞)(了|落|下|下来|下去),
        (吊顶|天花板|广告牌|空调外机|脚手板|铁皮|树枝|大树|围挡|围墙)(掉|砸|塌|倒|坠|飞)(了|落|下|下来|下去),
        (水|雨水|积水)(漫到|淹到|流到|滴到|漏到|溅到)(配电|电|插座|机柜|开关), 马蜂, 蜂窝, 往里塌, 往里倒, 在塌, 塌着,
        塌下, 塌进, 往里滑, 掏空, 冲垮, 冲毁, 冲塌, 歪得厉害, 斜得厉害, 眼看要, 差点砸, 差点摔, 差点掉, 差点出事, 险些,
        结冰, 路滑, 打滑, 太滑, 有人滑, 闻得到, 闻得见, 呛人, 呛鼻, 熏得, 头顶上, 离远点, 都离远, 别靠近, 别过去,
        别进去, 别站, 不要靠近, 不要进去, 不要上去, 快跑, 快撤, 赶快撤, 清场, 拉警戒,
        (孩子|小孩|小朋友|学生)(老|总|都|经常|会|能|跑|爬|往)(往上|上去|爬|进去|往里|跑|钻|在里面|去), 老往上跑, 往上爬,
        爬上去, 爬到, 翻进去, 钻进去, 往里钻, 往坑里, 往井里, 翻越, 翻栏杆, 越过护栏,
        (碰|挂|撞|砸|挖|钻)(到|断|破)(了|)(高压线|电线|电缆|燃气管|煤气管|气管|脚手架|塔吊),
        (上头|上面|头顶|高处)(还|正|)(有人|有工人|有师傅)(在|)(施工|干活|作业|走|站|焊|干)""",
    "HAZARD": """
        限重器, 力矩限制器, 起升, 安全锁, 缆风绳, 锚杆, 锚索, 土钉, 格构柱, 腰梁, 冠梁, 连墙件, 扣件, 立杆, 剪刀撑,
        顶托, 脚手板, 井口, 桩孔, 坑口, 坑边, 高压线, 冲床, 物料提升机, 龙门架, 安全阀, 反应釜, 燃气管, 煤气罐, 女儿墙,
        制动器, 扶手, 栏杆, 护手, 临时楼梯, 爬梯, 马道, 安全通道顶""",
    "FLAW": """
        有问题, 出问题, 出了问题, 出毛病, 有毛病, 不对, 不太对, 不正常, 不正确, 不准, 不一致, 不稳定, 不清楚, 不清晰,
        看不清, 模模糊糊, 冲突, 矛盾, 有出入, 差了, 偏差, 偏了, 漏了, 滴水, 漏水, 漏雨, 渗水, 返水, 倒灌, 积水, 受潮,
        发霉, 臭, 异味, 噪音, 很吵, 太吵, 太冷, 太热, 太暗, 太亮, 闷热, 不制冷, 不制热, 不凉, 不热, 不暖, 没热水,
        没暖气, 不出风, 闪, 抖, 花了, 有条纹, 有线, 有黑线, 重影, 偏色, 时好时坏, 时断时续, 接触不良, 歪, 破了, 破洞,
        刮花, 划痕, 生锈, 锈了, 堵, 下不去水, 溢水, 溢出来, 满了, 爆满, 过期, 到期, 写错了, 弄错, 发错, 标错, 画错,
        算错, 少了, 少一, 多了, 多出, 重复, 丢了, 缺页, 缺字, 掉字, 掉漆, 卡纸, 卡壳, 提示错误, 提示失败, 退回, 退件,
        打回, 驳回, 被拒, 拒收, 弹回, 被退, 退信, 不匹配, 冒泡, 翘, 老鼠, 蟑螂""",
    "LACK": """
        差一版, 差个, 差一张, 少一份, 少一张, 少个, 没装, 没动静, 没人理, 没人接, 没人回, 迟迟, 迟迟不, 欠, 等着要,
        等着用, 断货, 不够, 不足, 不回, 不理, 不见, 找不着, 拿不着, 查不到, 看不到, 调不出, 出不来, 不到, 派不出,
        人不在, 请假了""",
    "LEAK": """
        传出去, 发出去收不回, 全网可见, 谁都能下, 谁都看得到, 外人看得到, 都能看到(别人|对方|其他|彼此|所有|工资|客户),
        看到(别人|其他人|别的客户|其他客户|别家|别的公司)的,
        能看到(别人|其他人|别的客户|其他客户|别家|别的公司|所有人)的, 查到别人的, 登进去是别人, 显示别人的, 串号, 串户,
        越权, 未授权访问, 没有权限也能, 不用登录就能, 不用密码就能, 钓鱼, 中招, 比特币, 文件被锁, 文件打不开都变成,
        加密了, 盗刷, 陌生登录, 不明登录, 陌生ip, 陌生设备, 暴力破解, 攻击, 假老板, 假邮件骗, 转错账, 打错款, 付错款,
        付错账, 设成公开, 设为公开, 成了公开, 变成公开, 权限设错, 权限开错, 群发错, 抄送了全,
        (被|遭|遭到)(人|外人|对手|前员工|)(盗|黑|加密|窃取|偷看|看光|拷走|截获|曝光|挂马|篡改|植入|爬取|冒用),
        (国外|境外|海外|异地|外地|陌生地点)(登录|登陆|登|访问|ip|IP), 有人(在|)(用|拿)我的(账号|名义|邮箱), 冒用我,
        以我的名义, 偷看邮件, 看我邮件, 邮件被人, 邮箱被人, 账号被人, 不是我登, 不是我发,
        (寄|发|送|投|递|邮|传|转)错(了|)(人|地址|对象|客户|户|邮箱|收件人|单位|家|地方), 寄给了别, 寄到别, 发给了别,
        登录了(老总|老板|领导|别人|同事)(的|)(邮箱|账号|电脑)""",
    "SLOW": """
        慢, 龟速, 卡顿, 卡得, 卡成, 卡爆, 一卡一卡, 有点卡, 老卡, 总卡, 延迟, 延时, 转圈, 一直转, 转半天, 加载半天,
        半天才, 好久才, 等半天, 要等很久, 时断时续, 断断续续, 时好时坏, 时有时无, 不稳定, 不稳, 掉包, 丢包, 老掉, 总掉,
        老断, 总断, 经常断, 经常掉, 频繁掉, 频繁断, 动不动就断, 动不动就掉, 动不动就卡, 隔一会就, 隔几分钟就,
        一会好一会坏, 效率低, 效率很低, 性能差, 很卡, 太卡""",
    "STOP": """
        (没法|无法|不能|没办法|没有办法|不好|难以|不让|不准|不许|不敢)(上课|看病|开药|缴费|收费|挂号|结算|发药),
        (没法|无法|不能|没办法|没有办法)(检查|手术|营业|卖货|收银|取件|取货|出餐|吃饭),
        (不好|难以|不让|不准|不许|不敢)(检查|手术|营业|卖货|收银|取件|取货|出餐|吃饭),
        (没法|无法|不能|没办法|没有办法|不好|难以|不让|不准|不许|不敢)(住|入住|退房|登记|签到|考试|打印|复印),
        (没法|无法|不能|没办法|没有办法)(交付|发版|上线|部署|调试|编译|测试|联调|提交),
        (不好|难以|不让|不准|不许|不敢)(交付|发版|上线|部署|调试|编译|测试|联调|提交),
        (没法|无法|不能|没办法|没有办法|不好|难以|不让|不准|不许|不敢)(合并|建模|出图|画图|算量|报价|投标|送审),
        (没法|无法|不能|没办法|没有办法|不好|难以|不让|不准|不许|不敢)(报审|签字|盖章|放行|通行|过|走|动工|动),
        (没法|无法|不能|没办法|没有办法|不好|难以|不让|不准|不许|不敢)(铺|砌|绑|焊|挖|打|吊|浇|拆),
        (没法|无法|不能|没办法|没有办法)(装|安装|往下做|往下走|下一步|转序|收工|交班),
        (不好|难以|不让|不准|不许|不敢)(装|安装|继续往下|往下做|往下走|下一步|转序|收工|交班),
        (坐|站|蹲|傻|空|苦|活活|眼巴巴)等(了|半天|一天|一上午|一下午|), 喝西北风, 抽烟, 打扑克, 斗地主, 蹲着, 坐在现场,
        站在外面, 站在门口, 蹲在门口, 挤在, 堵在, 堵着, 滞留, 积压, 压了一堆, 堆了一堆, 堆成山, 排起, 排长龙, 长队,
        队伍排, 排了(好长|几十|上百|很长), 停在那, 搁着, 搁浅, 趴窝, 闲了, 歇了, 晾着, 凉着, 撂着, 没活, 没得做,
        没东西做, 搞不下去, 推不动, 进展不了, 没开工, 开工不了, 停住, 叫停, 都停了, 只能停, 被迫停, 只好停, 瘫痪, 中断,
        白等, 白跑, 耽误, 耽搁, 影响工作, 影响业务, 影响上课, 影响交付, 影响营业, 没法接待, 进不去门, 进不了楼, 出不去,
        拦在外面, 挡在外面, 关在外面, 挡住了, 卡在审批, 卡了(三|四|五|六|好几|几)天, 锁在外面, 过不去,
        坐(在|)(车里|屋里|现场|工地|办公室|走廊|大厅|那里|那儿), 不上架, 不上班, 不干了, 不干活, 不肯干, 不肯上,
        拒绝作业, 拒绝施工, 拒绝上, 撤场, 撤人, 撤走, 撂挑子, 走人, 停供, 断供, 全让回, 让回家, 都回去了, 打发回家,
        遣散, 放回去, 领不到钱, 领不到工资, 拿不到工资, 拿不到钱, 发不出工资, 发不了工资, 没工资, 欠薪, 发呆,
        没事可做""",
    "HALT": """
        全都停了, 全停下,
        被(城管|环保|安监|住建|质监|监理|甲方|业主|政府|街道|派出所|公安|消防|居民|村民)(封|堵|拦|停了|责令), 停工令,
        暂停施工, 被责令, 关停, 停课, 停诊, 停运, 封控, 封楼, 戒严, 拉闸, 罢市, 堵了大门,
        (工地|现场|全线|生产|产线|工厂|厂里|施工)(已经|都|全|全部|被迫|被|)(停了|停工|停产|停摆),
        (工地|现场|全线|生产|产线|工厂|厂里|施工)(已经|都|全|全部|被迫|被|)(停下来|瘫痪|关停|封了)""",
    "DOWN": """
        不了, 不上, 不开, 不出, 不动, 不着, 不成, 不进去, 不进来, 不下来, 不下去, 不起来, 不过去, 不过来, 不开门, 不响,
        不显示, 不识别, 不认, 不启动, 不运行, 不同步, 不更新, 不刷新, 不加载, 不跳转, 不充电, 不打印, 不制冷不, 不好用,
        不能, 没办法, 没有办法, 没辙, 歇了, 全红, 飘红, 红屏, 灭了, 熄了, 熄火, 熄灭, 全黑, 黑着, 定住了, 定格, 冻住,
        假死, 没声, 没显示, 没水, 没气, 没空调, 没灯, 没照明, 没热水, 断开, 断暖, 断联, 跳闸, 跳了, 报废, 废了, 撂挑子,
        闪断, 退出来, 被踢, 踢出来, 踢下线, 掉了线, 离线, 脱机, 未连接, 连接断, 登录失败, 登陆失败, 验证失败, 上传失败,
        下载失败, 提交失败, 打印失败, 支付失败, 付款失败, 同步失败, 构建失败, 编译失败, 部署失败, 发布失败, 安装失败,
        启动失败, 开机失败, 加载失败, 识别失败, 刷卡失败, 扫码失败, 保存失败, 导出失败, 导入失败, 打开失败, 签名失败,
        签章失败, 解析失败, 全失败, 都失败, 老失败, 总失败, 一直失败, 报504, 报403, 500了, 502了, 404了, 内部错误,
        系统繁忙, 系统错误, 网络异常, 网络错误, 网络没, 网都没了, 网又没, 锁了, 锁住了, 锁死, 密码失效, 密码不对,
        密码错误, 证书失效, 证书过期, 授权过期, 许可过期, 签章过期, 狗丢了, 锁丢了, 断了,
        (工地|现场|公司|全院|学校|医院|厂里|厂区|园区|整楼|楼里|楼内|小区|门店|店里|商场)(都|全|全部)(停|断|瘫),
        (全|都|突然|一直|老是|总是|老|总)(挂|崩|瘫|宕|断|掉线)(了|), (全|都|老|总)(卡死|停电)(了|),
        (频繁|再次|彻底|直接|集体|忽然|今早|刚刚|刚才)(挂|崩|瘫|宕|断|掉线)(了|), 彻底(没网|没电|没水)(了|), 全挂,
        没热气, 没影了, 开不了门, (没|没有|无|缺|停了)(饮用水|喝的水|水喝|热水|暖气|照明|钥匙|授权),
        (没|没有|无|缺|停了)(权限|工具|厕所|氧气|柴油|汽油|燃料|材料用), (全|都|又)掉了, 授权掉, 授权没了, 授权全,
        啥都(不能|干不了|没|不), 什么都(没有|不能|点不), (全|都)退回, 被银行退,
        (账号|账户|系统|流程|单子|电脑|手机|权限|屏幕|页面|程序|审批)被(锁|卡)(住|死|), 踢出去, 挤下线, 送不到""",
    "SPREAD": """
        (喷|流|漏|淌|洒|涌)了一地, 整条(路|街)(都|全|已经|)淹,
        (路|街|院子|坑里|车库|走廊|一楼)(都|全|已经)(淹|漫|泡)(了|),
        越来越(长|近|糟|浓), 越(漏|涨|裂|烧|积|堆|拖|流|冒)越(大|多|高|宽|凶|厉害|严重|快), 往外(掉|涌|传),
        往下(掉|沉|滑|塌|流|滴), 往上漫, 没过(脚踝|脚面|膝盖|小腿|轮胎|台阶|门槛|桌腿), 淹到, 淹过, 淹没, 喷水, 狂喷,
        哗哗, 哗啦啦, 管子爆, 管爆, 爆裂, 每分每秒, 一分一秒, 蔓延, 扩散, 恶化, 加剧, 失控, 收不住, 停不下来, 关不住,
        还在(掉|烧|裂|扩|塌|丢|删|泄露), 一直(在|)(涨|漏|流|喷|冒|灌|扩), 淌, 往柜, 流进, 流到, 渗到, 滴到, 灌进,
        全是水, 都是水, 到处是水, 满地水, 满地是水, 水流了一地, 喷得到处,
        往(档案柜|机柜|设备|服务器|电脑|楼下|地下室)(上|里|)(流|滴|灌|漏|渗)""",
    "LOST": """
        (误|手滑|不小心|手抖|手贱|错)(删|格|清空|覆盖|格式化)(了|掉|), 白做了, 白干了,
        (数据|文件|图纸|资料|模型|邮件)(全|都|全都|全部|一下子|突然|)(没了|丢了|消失了|损坏|毁了),
        (照片|记录|订单|账套|档案|硬盘)(全|都|全都|全部|一下子|突然|)(没了|丢了|消失了|损坏|毁了), 我给删, 被人删""",
    "GONE": """
        备份也, 备份是上, 备份还是, 上次备份, 最近的备份, 最后一次备份, 只有一份, 唯一一份, 恢复不回, 恢复不出,
        还原不了, 救不回, 追不回, 回不来, 撤不回, 拿不回, 收不回, 无法挽回, 再也, 就那一份, 就这一份, 唯一的, 只此一份,
        没留底, 原件没, 原件也, 没别的备份, 没存别处""",
    "BREACHED": """
        没关, 未关, 忘关, 忘了关, 没拧, 没拧紧, 开着, 味, 闻到, 闻得到, 在响, 一直响, 报警""",
    "FAULT": """
        掉了, 脱了, 散架, 散了架, 破洞, 大洞, 有个洞, 破个洞, 撕开, 撕裂, 磨断, 脱扣""",
    "STOLEN": """
        落(在|)(出租车|地铁|高铁|火车|公交|网约车|飞机|餐厅|饭店|酒店|机场|车站|咖啡店|工地)(上|里|了|),
        忘在(出租车|地铁|高铁|火车|公交|网约车|飞机|餐厅|饭店|酒店|机场|车站|咖啡店), 叫人偷, 让人偷, 给偷, 偷了, 顺走,
        丢路上, 丢车上""",
}  # fmt: skip
