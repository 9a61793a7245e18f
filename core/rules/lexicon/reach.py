"""Whom and what it reaches, in both languages: people by trade, places, what many depend on, lives, secrets.

The notation is told in `core.rules.lexicon`; what goes wrong there is in `mishaps`, how it is meant in `tone`.
"""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "HEADS": """
        heads, souls, seats, computers, pcs, laptops, notebooks, tablets, phones, handsets, terminals, workstations,
        desktops, screens, printers, scanners, devices, machines, sensors, cameras, licences, licenses, lines,
        households, families, homes, flats, apartments, beds, cars, vehicles, vans, buses, lifts, elevators, doors,
        gates, sockets, rooms, of my colleagues, of my team, of our
        (people|engineers|designers|planners|nurses|drivers|accountants|technicians|staff|users|colleagues|estimators|
         surveyors|architects|workers), newcomers, joiners, interns, personnel, chairs, engineers and, of the
        (engineers|designers|planners|nurses|drivers|accountants|technicians|staff|users|colleagues|estimators|
         surveyors|architects|workers)""",
    "FOLK": """
        (block|brick|pipe|cable|floor|carpet|kerb|stone|track) layers, bricklayers, blocklayers, (steel|pipe|curtain
        wall|window|kitchen|duct) fixers, (steel|pipe) fitters, pipefitters, dryliners, plasterers, tilers, roofers,
        glaziers, riggers, slingers, steelworkers, groundworkers, formworkers, shuttering carpenters, banksmen,
        scaffolders, surveyors, estimators, draughtsmen, drafters,
        colleagues, coworkers, nurses, doctors, physicians, surgeons, midwives, carers, therapists, medics, paramedics,
        patients, teachers, lecturers, professors, students, pupils, parents, developers, devs, programmers, testers,
        admins, administrators, analysts, consultants, architects, planners, drafters, draughtsmen, draftsmen,
        modellers, accountants, bookkeepers, clerks, buyers, cashiers, agents, operators, technicians, mechanics,
        machinists, packers, pickers, loaders, guards, cleaners, cooks, waiters, trainees, apprentices, volunteers,
        lawyers, paralegals, salespeople, reps, managers, foremen, supervisors, assistants, receptionists, researchers,
        scientists, customers, clients, guests, visitors, shoppers, passengers, travellers, commuters, attendees,
        participants, delegates, candidates, members, subscribers, callers, applicants, contractors, suppliers, vendors,
        truckers, pilots, banksmen, glaziers, tilers, decorators, groundworkers, concreters, shutterers, erectors,
        installers, insulators, cladders, screeders, dryliners, pavers, divers, teammates, the boys,
        coordinators, co-ordinators, modelers, quantity surveyors, qs team, brickies, sparkies, chippies""",
    "GROUP": """
        (tower |mobile |)(crane|hoist|excavator|forklift|pump) (is |are |)(not
        available|unavailable|double booked|double-booked|off hire|not free),
        (nobody|no one|none) on (the|our|my|this) (team|floor|project|shift|crew|desk),
        (nobody|no one|none) in
        (accounting|accounts|finance|hr|payroll|procurement|purchasing|legal|sales|design|estimating|planning|logistics|marketing|reception|the
        team|the department|my team|our team),
        (electrical|mechanical|plumbing|roofing|painting|tiling|ceiling|formwork|groundworks|masonry|welding) works,
        drylining, dry lining, drywalling, plastering, screeding, shuttering works, piling works, earthworks,
        waterproofing works,
        (steel|precast|curtain wall|facade|truss) (erection|installation), rebar fixing, steel fixing, blockwork,
        brickwork,
        call cent(er|re), contact cent(er|re), help desk staff,
        (helpdesk|communications|structural|mep|bim|cad|architecture) staff, service desk staff, back office, front
        office, production line, assembly line, packing line, trading floor, the trades, two trades, three trades,
        follow-on trades, following trades, two floors, three floors, every
        (till|terminal|printer|phone|screen|pc|computer|laptop|machine|workstation|line|lift|elevator|door|room|single),
        many (people|users|customers|clients|of us|workers|others), lots of (people|users|customers|us), a lot of
        (people|users|customers|us), loads of (people|users|customers), a number of (people|users), multiple
        (users|people|customers|floors|rooms|sites|machines), various (users|people), several
        (floors|rooms|sites|machines|trades),
        (marketing|communications|nursing|medical|structural|mep|bim|cad|engineering|architecture) (group|office|dept),
        (finance|accounts|hr|sales|legal|it|procurement|design|payroll|planning|purchasing) dept, our
        (studio|lab|clinic|ward|warehouse|shop|store|branch|workshop|kitchen|reception|desk staff|line|class),
        (nobody|no one|none) (here|in the office|in the room|in the group|in our office|in our room|in our group), group
        of, ward (has|have|sits), ward (1|2|3|4|5|6|7|8|9|10|11|12) (has|have|sits), lab (has|have|sits), laboratory
        (has|have|sits), clinic (has|have|sits), pharmacy (has|have|sits), warehouse (has|have|sits), workshop
        (has|have|sits), kitchen (has|have|sits), canteen (has|have|sits), reception (has|have|sits), store
        (has|have|sits), shop (has|have|sits), hall (has|have|sits), library (has|have|sits), wing (has|have|sits),
        annex (has|have|sits), depot (has|have|sits), branch (has|have|sits), studio (has|have|sits), classroom
        (has|have|sits), practice (has|have|sits), stairwell (has|have|sits), building (a|b|c|d|1|2|3|4|5|6)
        (has|have|sits), block (a|b|c|d|e|1|2|3|4) (has|have|sits), floor (1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|20)
        (has|have|sits), level (1|2|3|4|5|6|7|8|9|10) (has|have|sits),
        (1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th|ground|top|upper|lower|basement|first|second|third|fourth|fifth|sixth|
         seventh|eighth|ninth|tenth) floor (has|have|sits), all, each of the, none of the, both of the,
        (accounting|accounts|finance|procurement|purchasing|hr|payroll|legal|logistics|sales|marketing|engineering|
         estimating|billing|reception|dispatch|maintenance|production|planning|operations|support|surveying|design|
         quality|controlling|treasury|compliance|security) (has|have|is|are|sits|waits),
        (ward|lab|clinic|pharmacy|warehouse|workshop|canteen|reception|store|shop|library|branch|studio|night|day|
         office|site|floor|field|nursing|teaching|medical|sales|kitchen) (staff|personnel|people), the sub, sub says,
        subs, subbie, subbies, any floor, each floor, on every floor""",
    "ALL": """
        no (lorry|lorries|truck|trucks|delivery|deliveries|vehicle|vehicles|concrete) (gets|get|can get|comes|come|is
        getting) (in|through|out|past),
        (chained|locked|blocked|barricaded|padlocked|blockaded|blocking) (the |our |site |the site
        |)(gate|gates|entrance|access road|site access),
        (all|every|both) (wards|clinics|schools|plants|warehouses|campuses|buildings|floors|offices|sites|branches),
        every
        (ward|clinic|school|plant|warehouse|campus|building|floor|site|employee|user|till|register|checkout|system|
         service|server), (whole|entire)
        (clinic|store|shop|branch|warehouse|depot|airport|station|hotel|mall|complex|estate|village|town|city|region|
         country|production|workforce|university|college|practice|agency|institute|network|district|headquarters|hq|
         premises|studio|facility|establishment|community|fleet|street|neighbourhood|neighborhood|quarter|row of houses|
         housing estate|terrace|island|terminal|parish|valley|shift|market|exhibition|fair|arena|stadium|museum|theatre|
         cinema|restaurant|kindergarten|nursery|day care|care home|nursing home|retirement home|police station|
         fire station|library|court house|customer base|web shop),
        (shop|store|hotel|clinic|hospital|school|plant|factory|warehouse|airport|branch|building|office) is closed,
        (shop|store|hotel|clinic|hospital|school|plant|factory|airport|branch) (had|has) to (close|shut),
        (the |our |)(factory|plant|hospital) (is|has been|was|stands|went) (down|dark),
        (the |our |)(school|hotel|airport|warehouse) (is|has been|was|stands|went) (down|dark), all
        (tills|registers|checkouts|card terminals|payment terminals|production lines|systems|services|servers|residents|
         tenants|patients|students|pupils|passengers|guests|visitors|members|drivers), nothing works (in|at|on) the
        (office|building|site|company|plant|hospital|school),
        (office|building|hospital|school|campus|plant|factory|store|country|group|enterprise)-wide,
        (hospital|campus|plant|factory|store|building|office|city|school)wide, a hundred people, all our
        (customers|clients|users|staff|employees|people|workers|students|patients|residents|tenants|guests),
        (none|not one) of our (customers|clients|users|staff|employees|people|workers|students|patients), everything
        (is|went), (all|every)
        (cash desk|cash desks|counter|counters|checkouts|sales desk|ticket machines|ticket counters|fuel pumps|
         patient rooms|operating rooms|lecture halls|classrooms), on any floor, on every floor, throughout""",
    "EVERYONE": """
        (nobody|no one|none) on (the|our|my|this) (team|floor|project|shift|crew|desk),
        (nobody|no one|none) in
        (accounting|accounts|finance|hr|payroll|procurement|purchasing|legal|sales|design|estimating|planning|logistics|marketing|reception|the
        team|the department|my team|our team),
        the rest of us, each and every one, all hands, the whole lot, not one of us, all
        (two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of us, anyone at all, any of us, not anyone""",
    "CORE": """
        backbone, wan, leased line, uplink, isp, broadband, vpn gateway, vpn server, print server, nas, san, storage,
        hypervisor, vmware, kubernetes, k8s, cluster, load balancer, message queue, kafka, redis, postgres, oracle,
        mysql, api, backend, ci, build server, build farm, git server, gitlab, bitbucket, jenkins, pipeline, registry,
        login service, identity provider, ldap, radius, certificate authority, wsus, the portal, client portal, customer
        portal, patient portal, student portal, booking engine, ticketing, timekeeping, time clock, access control, card
        readers, turnstile(s|), main gate, front gate, cctv, pbx, voip, switch room, comms room, data hall, main power,
        substation, mains, generator(s|), chiller(s|), cooling, heating plant, boiler house, main pump(s|), sewage pump,
        water supply, power supply, hospital information system, pacs, lims, emr, ehr, mes, scada, plc, pos, tills,
        registers, card terminal(s|), payment terminal(s|), payroll system, hr system, wms, document management, bim
        server, central model, project server, common data environment, cde, licence server, license server, exchange,
        mail gateway, mail relay, online banking, banking portal, time tracking, salesforce, workday, jira, confluence,
        sharepoint, cash system, till system, cash desks, card system, phone line, phone lines""",
    "VITAL": """
        icu, nicu, itu, intensive care, operating (room|rooms|theatre|theatres|theater|table), theatre (1|2|3|4|5|6),
        ventilator(s|), life support, patient monitor(s|), vital signs, heart monitor, ecg, defibrillator(s|), dialysis
        (machine|machines|unit), incubator(s|), anaesthesia machine, anesthesia machine, oxygen, nurse call, crash cart,
        blood bank, blood fridge, emergency room, delivery room, resus, resuscitation room, a(&|)e, cath lab, on the
        table, mid-surgery, during surgery, in surgery, to surgery, to the operating, into surgery, surgical, on
        dialysis, on a drip""",
    "CARRIER": """
        salary (list|sheet|file|table|data), salaries list, list of salaries, payroll (file|list|data), pay slips,
        payslips, bank details, bank data, account numbers, card numbers, credit card data, passport scans, passport
        copies, id copies, id scans, personal details, personal information, personal data, patient
        (data|list|records|files|names), medical (records|files|data), health (data|records), test results, client
        (list|data|base|records|details), customer (list|data|base|records|details|database), mailing addresses, tender
        price, our prices, price list, bid price, tender sum, cost sheet, cost estimate, internal
        (calculation|prices|memo|report|numbers|figures), margin, margins, nda, trade secret(s|), blueprints, source
        code, api key(s|), private key(s|), access key(s|), access token(s|), admin password, root password,
        credentials, login data, master key(s|), key card(s|), employee (data|records|files|list), hr (files|data|file),
        dismissal letter, termination letter, appraisal(s|), performance reviews, disciplinary, bid calculation, bid
        calculations, bid documents, our calculation, our calculations, cost calculation, cost calculations, account
        number, insurance numbers, tax data, tax numbers, contracts""",
    "SENT": """
        mailed, emailed, e-mailed, mailed out, e-mail went, mail went, messaged, texted, cc'd, bcc'd, shared with,
        send, sends, went, went out, gone out, goes out, distributed, put online, put up, pasted, pushed, attached,
        forwards, replied, cc, broadcast, circulated, addressed, landed, ended up, shown, visible""",
    "PUBLIC": """
        to all (employees|users|clients|customers|suppliers|tenants|contractors|parents|patients|bidders), all-staff,
        everybody in the company, everyone in the company, the whole company, to (a|an|the|some|another|other|all)
        (supplier|customer|client|vendor|contractor|journalist|newspaper), to outside
        (people|parties|recipients|addresses|addressees), to external, outside the company, outside the firm, outside
        our organisation, outside our organization, externally, to an unknown, unknown person, on github, public
        (repo|repository|channel|bucket|link|folder|drive|page|wiki|group|chat|github), on linkedin, on facebook, on
        twitter, on reddit, pastebin, on the (internet|web|website|intranet), (other|another|different|competing)
        (client|customer|bidder|tenant|supplier|patient)(s|), competitor(s|), mailing list, distribution list, a
        stranger, strangers, reply-all, wrong (attachment|group|chat|channel)""",
    "DEVICE": """
        keyboard, laptop, notebook, pc, computer, screen, monitor, printer, plotter, scanner, server, router, phone,
        tablet, socket, cable, mouse, headset, docking station, projector, switch, beamer, camera""",
    "OUTSIDER": """
        client distribution, customer distribution, client mailing, the bidders, all bidders, all tenderers, our
        competitor,
        (whole|entire|full) (client|customer|supplier|external|bidder) (distribution|list|base|mailing|group)""",
    "NOBODY": """
        (nobody|no one|none) on (the|our|my|this) (team|floor|project|shift|crew|desk),
        (nobody|no one|none) in
        (accounting|accounts|finance|hr|payroll|procurement|purchasing|legal|sales|design|estimating|planning|logistics|marketing|reception|the
        team|the department|my team|our team)""",
    "FLOOR": """
        (st|nd|rd|th) floor""",
    "ABLE": """
        (gets|receives|has|sees|gets any|receives any|has any|sees any)
        (mail|mails|email|emails|signal|network|internet|access|in|on|through|a connection|power|water|light)""",
}  # fmt: skip

ZH: Mapping[str, str] = {
    "HEADS": """
        名员工, 名工人, 名用户, 兄弟, 伙计, 家庭,
        台(电脑|机器|设备|打印机|终端|手机|服务器|车|笔记本|机|工作站|扫描枪|平板), 部(电话|手机|电梯|分机),
        个(用户|账号|工位|座位|窗口|终端|员工|工人), 间(教室|办公室|病房|诊室|宿舍|客房|房), 张(工位|床|病床),
        辆(车|货车|卡车|罐车|渣土车|大巴), 条(产线|生产线|线), 位(客人|评委|工人|业主|设计师|工程师), 工程师, 设计师,
        建筑师, 造价师, 监理, 司机, 护士, 医生, 大夫, 老师, 教师, 专家, 会计, 出纳, 患者, 施工员, 安全员, 质检员,
        预算员, 造价员, 建模员, 绘图员, 程序员, 测试, 运维, 销售, 收银员, 保安, 保洁, 厨师, 业务员, 采购员, 仓管, 经理,
        主管, 领导, 实习生, 新员工, 住户, 租客, 房客, 业主, 居民, 旅客, 乘客, 学员, 考生, 家长, 孩子, 小孩, 老人, 村民,
        师傅""",
    "FOLK": """
        同事们, 护士们, 医生们, 老师们, 学生们, 客户们, 工友, 兄弟们, 大伙, 医护人员, 学员, 考生, 家长们, 乘客, 旅客,
        居民, 住客, 房客, 租户, 业主们, 顾客, 客人们, 食客, 开发, 程序员, 测试们, 运维们, 工程师们, 安全员们, 司机们,
        保安们, 保洁们, 客服, 柜员, 坐席, 座席, 销售们, 会计们, 出纳们, 文员, 操作工, 装卸工, 搬运工, 铺装工, 幕墙工,
        钢构工, 起重工, 管道工, 混凝土工, 泥工, 木匠, 泥水工, 杂工, 小工, 驻场, 参会人员, 与会人员, 参会的人, 评审专家,
        专家们, 访客们, 群众, 村民, 患者们, 病人们, 医护们""",
    "GROUP": """
        (钢筋绑扎|砌筑|抹灰|防水施工|土方开挖|土方外运|打桩|桩基施工|腻子|贴砖|铺装|支模|拆模|注浆|喷锚),
        (钢结构|钢构|幕墙|管道|机电|风管|桥架|模板|铝模|预制构件|装配式)(安装|吊装|施工|拼装),
        整个, 全楼层, 整个楼层, 整个(财务|人事|采购|设计|预算|造价|合约|商务|技术|市场|行政|工程|成本)(部|科|组|室|处),
        病区, 门诊, 诊区, 护士站, 收费处, 药房, 住院部, 车间, 产线, 流水线, 装配线, 包装线, 营业厅, 服务窗口, 呼叫中心,
        标段, 工区, 作业面, 工作面, 施工面,
        (一|二|三|四|五|六|七|八|九|十|1|2|3|4|5|6|7|8|9)(号|)(食堂|仓库|宿舍楼|号楼|单元),
        (两|三|四|几|多|好几)个(工种|小组|楼层|房间|教室|办公室|组|班), (半|一|整)(层|个楼层|个班|个组|个办公室|条线),
        整间, 整排, 整条产线, (全|整个)(项目|教研|施工)(组|部|室), (我们|咱们|咱|俺们)(组|部|科|室|班|队|层|楼层)的,
        (我们|咱们|咱|俺们)(办公室|这边|这组|这层|项目部|项目|店|仓库|小组)的(人|同事|),
        (研发|产品|测试|运维|护理|结构|建筑|机电|暖通|给排水)(组|部|室|所|专业),
        (电气|幕墙|景观|装饰|精装|审图|算量|咨询|监理|检测)(组|部|室|所|专业),
        (好多|很多|许多|不少|大量|大批|众多)(人|用户|同事|客户|员工|工人|患者|学生|业主),
        (多名|多位|好些|一大堆|一堆|一排|成批)(人|用户|同事|客户|员工|工人|患者|学生|业主),
        (好多|很多|许多|不少|大量|大批|众多)(老人|孩子|师傅|旅客|设备|电脑|机器|账号|),
        (多名|多位|好些|一大堆|一堆|一排|成批)(老人|孩子|师傅|旅客|设备|电脑|机器|账号|),
        全(打印机|电脑|终端|机器|电话|摄像头|门禁|闸机|工位), 全(会议室|窗口|教室|诊室|病房|账号|图纸|电梯|空调|设备),
        哪个(账号|电脑|浏览器)都, 各组, 各班, 各专业, 多个(用户|项目|系统), 队伍, (早|晚|夜|中|白)班(人员|), 后续工序,
        下道工序, 下一道工序, 各工序, 交叉作业, 劳务, 民工队, 包工队, 一组人, 一队人, 一车人, 一桌人, 一大家子, 全家,
        我们都, 咱们都, 大伙都, 俺们都, 咱都,
        (部|科|组|队|室|班|层|处|所|店|间|排|栋)(都|全都|的人都|的人|的同事|同事|全员|同事都|今天都|上下), 所有, 全部,
        每个, 每台, 每间, 每条, 每家, 各个,
        (一|二|三|四|五|六|七|八|九|十|1|2|3|4|5|6|7|8|9)楼(网络|的网|网|空调|的灯|照明),
        (一|二|三|四|五|六|七|八|九|十|1|2|3|4|5|6|7|8|9)楼(的电|打印机都|电脑都|座位|工位|办公区),
        (会计|财务|总务|人事|设备|信息|保卫|医务|质检|技术|工程|基建)(科|处|办),
        (采购|销售|生产|综合|安全|计划|预算|合同|档案|后勤|宣传|教务|学生)(科|处|办),
        (教务|总务|后勤|基建|物业|安保|企划|品牌|公关)部,
        (售后|储运|仓储|品控|合约|成控|开发|前期|总工办|总经办|综合管理|项目管理|造价咨询)部, 一楼人, 这帮人, 那帮人,
        这伙人, 总包, 安装单位, 施工单位""",
    "ALL": """
        堵(了|住|着|)(工地|项目部|厂区|公司|)(大门|正门|入口|出入口),
        (封|锁|拦)(了|住)(工地|项目部|厂区|公司|)(大门|正门|入口|出入口),
        (全|整个)(车站|机场|酒店|商场|门店|店|分公司|分院|工厂|仓库|社区|街道|村|镇|县|区|省|城|景区),
        (全|整个)(市场|卖场|超市|银行|学院|大学|宿舍区|家属区|物流园),
        全(产业园|总部|机关|写字楼|综合体|地块|车库|码头|港区|矿区),
        (全|整)(幢|座|个)(楼|大楼|宿舍|办公楼|公寓|教学楼|住院楼|门诊楼|商场|酒店|厂房), (全|整)(幢|座),
        全体(师生|职工|业主|住户|客户|用户|成员),
        (所有|全部)(的|)(人|员工|职工|同事|用户|客户|学生|师生|业主|住户|居民),
        (所有|全部)(的|)(乘客|患者|病人|旅客|会员|商户|租户|门店|工地|分公司|工人|班组),
        (所有|全部)(的|)(机组|产线|产线都|收银台|收银机|POS机|窗口|车间|部门|科室|楼层),
        (所有|全部)(的|)(楼栋|服务|服务器|系统|业务|网站|接口|线路|电梯|大门|出入口|闸机),
        (各地|全省|全域|全区|全员|公司上下|上上下下|男女老少), 每一个(人|员工|用户|客户),
        (成千上万|上万|几万|数万|数千|几千)(人|名|位|号|户|家|个人|号人|个用户|名员工|位客户),
        (上千|数百|几百|上百|成百|好几百|一百多)(人|名|位|号|户|家|个人|号人|个用户|名员工|位客户),
        (两百多|三百多|五百多|几十|数十|好几十|二三十)(人|名|位|号|户|家|个人|号人|个用户|名员工|位客户),
        (三四十|四五十|五六十|三十多|四十多|五十多|六十多)(人|名|位|号|户|家|个人|号人|个用户|名员工|位客户),
        (工地|现场|公司|学校|医院|厂里|厂区|园区|整楼|楼里|楼内|小区|门店|店里|商场)(都|全|全都|全部)(停|断|瘫),
        (整|全)(条街|条路|片小区|片区|条商业街), (整|全)(条线都|排楼|片|条隧道),
        (所有|全部|每个|每层|各)(楼层|楼栋|单元|楼面|房间|宿舍|教室|病房|门店),
        (用户|客户|顾客|业主|学生|员工|同事们|住户|会员|商户)(全|都|全都|全部|一个都)""",
    "EVERYONE": """
        没有人能, 没有一个, 全部都""",
    "CORE": """
        核心链路, 骨干网, 出口网, 外网出口, 局域网, 全网, 网关, 网闸, 负载均衡, 集群, 虚机, 云主机, 中间件, 消息队列,
        缓存, 主库, 从库, 中台, 后台, 后端, 接口, 网管, 域名, 档案系统, 图档系统, 管理系统, 业务系统, 办公系统,
        审批系统, 报销系统, 考勤系统, 人事系统, HR系统, 薪酬系统, CRM, SAP, 用友, 金蝶, 钉钉, 企业微信, 飞书, 泛微,
        挂号系统, HIS(系统|挂|崩|打|登|卡|慢|连),
        PACS, LIS, 电子病历, 医保系统, 叫号系统, 收费窗口, 选课系统, 教务系统, 一卡通, 闸机, 道闸,
        停车系统, 广播系统, 消控室, 消防控制室, 总配电, 总闸, 总阀, 主水管, 主管道, 供水, 供电, 供暖, 供气, 供热,
        中央空调, 冷水机组, 冷却塔, 水泵房, 配电房, 变电站, 发电机, 锅炉房, 代码库, 代码仓库, git, 流水线, 构建,
        发布系统, BIM服务器, 招标系统, 清标系统, 计价软件, 网银, POS机, 扫码枪, 物流系统, 仓储系统, WMS, MES, PLC,
        产线系统, 调度系统, 地磅, 拌合站, 搅拌站""",
    "VITAL": """
        手术室, 手术台, 正在手术, 术中, 做手术, 无影灯, 呼吸机, 监护仪, 心电监护, 除颤仪, 麻醉机, 供氧, 氧气管道, 吸氧,
        透析机, 血透, 保温箱, 新生儿科, 重症, 抢救室, 抢救间, 急救车, 血库, 血液冰箱, 疫苗冰箱, 产房, 护士呼叫, 呼叫铃,
        床头铃, 生命体征, 心电图机""",
    "CARRIER": """
        工资表, 工资条, 薪资, 薪酬表, 工资明细, 身份证, 个人信息, 客户信息, 客户数据, 用户数据, 用户信息, 会员信息,
        病历, 患者信息, 病人信息, 体检报告, 员工档案, 人事档案, 花名册, 通讯录, 报价, 底价, 标底, 成本价, 成本数据,
        投标价, 控制价, 利润, 内部资料, 内部文件, 机密, 绝密, 保密, 源码, 代码, 密钥, 秘钥, 口令, 密码, 红头文件,
        手机号, 征信, 流水, 交易记录, 名单, 账号, 账户, 卡号, 测算, 合同, 图纸原件, 投标资料, 标书""",
    "SENT": """
        发了, 发在, 贴到, 贴在, 流到, 流出, 流传, 转到, 抄给, 挂在, 挂到, 放到, 放在, 晒到, 晒在, 提交到, 推到, 推送到,
        泄露给, 透露给, 外发, 误传, 落到, 暴露, 公开""",
    "PUBLIC": """
        外部群, 客户群, 业主群, 大群, 公司群, 供应商群, 家长群, 朋友圈, 微博, 抖音, 小红书, 公众号, 网上, 互联网, 外网,
        公网, github, GitHub, 百度, 论坛, 贴吧, 全员, 全体员工, 全公司, 所有同事, 所有客户, 所有人, 外面, 外头, 外单位,
        外部人, 外人, 外部邮箱, 私人邮箱, 对手公司, 竞品, 同行, 友商, 另一家, 另外一家, 别家, 其他单位, 其它公司,
        不相干的人, 无关的人, 陌生号码, 前员工, 离职员工""",
    "DEVICE": """
        键盘, 笔记本, 电脑, 主机, 显示器, 屏幕, 打印机, 绘图仪, 扫描仪, 服务器, 路由器, 手机, 平板, 插座, 网线, 鼠标,
        耳机, 投影, 交换机, 机柜, 摄像头, 设备""",
}  # fmt: skip
