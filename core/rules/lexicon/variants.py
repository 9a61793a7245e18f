"""Other spellings of the words of the lexicon: traditional characters, apostrophes left out, slips of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Simplified and traditional, in pairs; only those of the lexicon.
_PAIRS = (
    "万萬专專业業东東丝絲丢丟两兩严嚴个個临臨为為举舉么麼乐樂习習书書买買乱亂争爭于於亏虧产產亿億仅僅从從仓倉仪儀们們价價众眾优優"
    "会會伤傷传傳体體余餘侧側关關内內养養决決况況冻凍准準凉涼凑湊几幾击擊划劃则則刚剛创創删刪别別刹剎剂劑剧劇办辦务務动動劳勞势勢"
    "区區医醫协協单單卖賣占佔卷捲历歷厉厲压壓厂廠厕廁厢廂参參双雙发發变變号號后後吗嗎听聽启啟员員呛嗆响響唤喚喷噴团團园園围圍国國"
    "图圖圣聖场場坏壞块塊坠墜垫墊墙牆声聲壳殼壶壺处處备備复復头頭夹夾夺奪奖獎妈媽学學宝寶实實审審宽寬对對导導将將尔爾尘塵尽盡层層"
    "届屆岗崗币幣师師帘簾带帶帮幫干幹广廣库庫应應废廢开開异異弃棄张張弥彌弯彎弹彈强強归歸录錄征徵彻徹径徑总總恶惡悬懸惊驚惨慘愿願"
    "戏戲户戶扩擴扫掃扬揚扰擾抢搶护護报報担擔拟擬拦攔拧擰挂掛挡擋损損换換捣搗据據搅攪摆擺摇搖撑撐数數断斷无無旧舊时時显顯晒曬晓曉"
    "晕暈暂暫术術机機杀殺条條来來极極构構松鬆柜櫃标標栋棟栏欄树樹样樣桥橋桩樁档檔检檢楼樓横橫残殘殴毆毁毀气氣汇匯沉沈沟溝没沒泼潑"
    "洁潔洒灑测測浇澆浏瀏浓濃涂塗涌湧涨漲温溫溃潰滚滾滞滯满滿灭滅灯燈灵靈灾災炉爐点點烂爛热熱烟煙烦煩烧燒烫燙焊銲爱愛爷爺状狀猪豬"
    "环環现現电電画畫疯瘋痪瘓痫癇瘫癱癫癲监監盖蓋盗盜盘盤着著矿礦码碼砖磚础礎确確碍礙礼禮离離种種积積称稱税稅稳穩窃竊窝窩竖豎竞競"
    "笔筆筑築签簽简簡类類系係紧緊红紅约約级級纪紀纳納纸紙纺紡线線练練组組织織终終经經绍紹绑綁结結绕繞给給络絡绝絕统統继繼绩績续續"
    "绳繩维維绿綠缀綴缆纜缓緩编編缝縫网網罚罰罢罷职職联聯肤膚胀脹胶膠脏髒脑腦脚腳脱脫脸臉药藥萝蘿营營蓝藍虑慮虚虛虫蟲蚀蝕蛮蠻补補"
    "装裝见見观觀规規视視览覽觉覺触觸计計订訂认認讨討让讓训訓议議记記讲講许許论論讼訟设設访訪证證评評识識诈詐诉訴诊診词詞试試话話"
    "诞誕询詢该該详詳语語误誤说說请請读讀谁誰调調谈談谓謂谢謝负負财財责責败敗账賬货貨质質购購贴貼贵貴费費赁賃资資赔賠赛賽赶趕踪蹤"
    "车車轧軋转轉软軟轻輕载載轿轎较較辐輻输輸辩辯边邊过過运運还還这這进進远遠违違连連迟遲选選递遞遗遺邮郵邻鄰采採释釋里裡鉴鑒钓釣"
    "钟鐘钢鋼钥鑰钩鉤钮鈕钱錢钻鑽铁鐵铃鈴银銀铝鋁链鏈销銷锁鎖锅鍋锈鏽错錯键鍵锦錦长長门門闪閃闭閉问問闲閒间間闷悶闸閘闹鬧闻聞阀閥"
    "阅閱队隊阳陽阵陣陆陸险險随隨隐隱难難静靜页頁顶頂项項顺順须須顿頓预預领領题題颜顏风風飞飛饭飯饰飾饼餅马馬骂罵验驗骗騙骤驟鱼魚"
    "鸡雞齐齊龙龍周週台臺俩倆"
)
SIMPLIFIED = str.maketrans(_PAIRS[1::2] + "裏乾檯繫複綫帳", _PAIRS[::2] + "里干台系复线账")
#: What is typed in haste: one letter left out, two exchanged, one doubled or no longer doubled.
_HASTY = frozenset((
    "urgent", "urgently", "immediate", "immediately", "emergency", "critical", "access", "broken", "server", "network",
    "internet", "everyone", "everybody", "nobody", "stopped", "collapsed", "injured", "trapped", "possible", "tomorrow",
    "waiting", "working", "blocked", "crashed", "password", "deadline", "whole", "entire", "office", "building",
    "company", "department", "elevator", "flooded", "leaking", "unconscious", "ambulance", "explosion", "cannot",
    "please", "question", "inspector", "inspection", "concrete", "scaffolding", "scaffold", "outage", "offline",
    "database", "production", "encrypted", "ransomware", "phishing", "deleted", "stolen", "evacuated", "yesterday",
    "hurry", "priority", "whenever", "resolved", "solved", "fixed", "cancelled", "client", "complaint", "tender",
))  # fmt: skip


#: What loses its apostrophe.
_SHORT = (
    "aren't", "can't", "couldn't", "didn't", "doesn't", "don't", "hadn't", "hasn't", "haven't", "i'm", "isn't", "i've",
    "shouldn't", "wasn't", "weren't", "won't", "wouldn't",
)  # fmt: skip


def _slips(word: str) -> Iterator[str]:
    """The word with one letter left out, two exchanged, or one doubled."""
    inner = range(1, len(word) - 1)
    yield from (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in inner if word[n] != word[n + 1])
    yield from (word[:n] + word[n] + word[n:] for n in inner)
    if len(word) > 5:
        yield from (word[:n] + word[n + 1 :] for n in inner)


#: What looks like a slip, and is a word.
_WORDS = frozenset((
    "cashed", "compliant", "entre", "inured", "resoled", "sever", "soled", "sopped", "tapped", "woking",
))  # fmt: skip
#: What is meant by a word that is spelt in another way.
_MEANT = {slip: word for word in _HASTY for slip in _slips(word) if slip not in _WORDS} | {
    word.replace("'", ""): word for word in _SHORT
}
_LATIN = re.compile("[a-z]+")
#: Each other spelling.
ALL = (*map(chr, SIMPLIFIED), *_MEANT)


def mended(text: str) -> str:
    """The text with the spellings of the lexicon."""
    return _LATIN.sub(lambda word: _MEANT.get(word[0], word[0]), text.translate(SIMPLIFIED))
