"""Said in the wrong chat: the answer leads to the right one by a link, on each platform and in both languages."""

from __future__ import annotations

import re

import pytest

from tests.journeys.play import CHATS, PEOPLE, Heard, Play, TelegramStand

#: platform -> (where the client's chat is opened, the team's, the direct message with the desk)
LINKS = {
    "slack": (r"app_redirect\?channel=C0CLIENT&team=T\w+", r"app_redirect\?channel=C0TEAM&team=T\w+", r"slack://user\?team=T\w+&id=\w+"),
    "telegram": (r"https://t\.me/c/1000000001/1", r"https://t\.me/c/1000000009/1", r"https://t\.me/\w+"),
    "web": (r'"/\?chat=client-hx"', r'"/\?chat=team-site"', r'"/"'),
}  # fmt: skip


def leads(heard: Heard, link: str, platform: str) -> bool:
    """Whether a button of the answer has this link."""
    return re.search(link, shown(heard, platform)) is not None


def shown(heard: Heard, platform: str) -> str:
    raw = heard.raw
    if platform == "web":
        return str(raw).replace("&amp;", "&")
    return str(getattr(raw, "blocks", None) or getattr(raw, "keyboard", None) or raw)


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_what_is_for_the_team_leads_out_of_the_clients_chat(play: Play, lang: str) -> None:
    client, team, direct = LINKS[play.stand.name]
    await play.says("emma", "client", "/request Pump is noisy")
    theirs = await play.says("emma", "client", "/desk queue")
    assert "E-RIGHT" in theirs.words
    if play.stand.name == "web":
        return  # there nobody is in the chat of others
    await play.says("li", "team", f"/desk lang {lang}")
    if isinstance(play.stand, TelegramStand):
        play.stand.double.join(PEOPLE["li"][1], CHATS["client"][1])
    for line in ("/desk queue", "/desk note 1 for us alone"):
        told = await play.says("li", "client", line)
        assert "E-WHERE" in told.words
        assert {"en": "Clients read along here", "zh": "本群有客户在"}[lang] in told.words
        assert leads(told, team, play.stand.name), shown(told, play.stand.name)
        assert leads(told, direct, play.stand.name), shown(told, play.stand.name)
        assert not leads(told, client, play.stand.name)
    theirs = await play.says("emma", "client", "/desk queue")
    assert "E-RIGHT" in theirs.words
    assert not leads(theirs, team, play.stand.name), "no client is led into the team's chat"


async def test_what_belongs_to_a_client_is_filed_in_their_chat(play: Play) -> None:
    client, _, _ = LINKS[play.stand.name]
    told = await play.says("li", "team", "/request Pump is noisy")
    assert "(E-WHERE)" in told.words
    assert leads(told, client, play.stand.name), shown(told, play.stand.name)


async def test_ones_own_choices_are_made_alone(play: Play) -> None:
    _, _, direct = LINKS[play.stand.name]
    told = await play.says("emma", "client", "/request settings quiet 22:00-07:00")
    assert "(E-WHERE)" in told.words
    assert leads(told, direct, play.stand.name), shown(told, play.stand.name)
