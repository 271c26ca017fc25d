"""A foreign client: discord.py logs in to the sandbox, does what a bot does, and prints one JSON line of what it saw.

Install: python3 -m venv target/clients-venv && target/clients-venv/bin/pip install -r tests/clients/discordpy/requirements.txt
Environment: SANDBOX_URL, SANDBOX_TOKEN, SANDBOX_CHANNEL (a text channel), SANDBOX_PERSON (who presses).
"""

import asyncio
import json
import os
import sys

import aiohttp
import discord
import yarl
from discord import app_commands

ORIGIN = yarl.URL(os.environ["SANDBOX_URL"])
if ORIGIN.host not in ("127.0.0.1", "localhost", "::1"):
    sys.exit(f"only loopback: {ORIGIN}")
CHANNEL = int(os.environ["SANDBOX_CHANNEL"])
PERSON = int(os.environ["SANDBOX_PERSON"])

# discord.py has no setting for these two.
discord.http.Route.BASE = str(ORIGIN / "api/v10")
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = ORIGIN.with_scheme("ws") / "gateway"

# Where a client stood that waited for something the sandbox never said.
step = "login"


async def control(session, path, body=None, **query):
    url = ORIGIN / "control" / path
    method = "GET" if body is None else "POST"
    async with session.request(method, url, json=body, params=query) as answer:
        value = await answer.json()
        if not answer.ok:
            raise RuntimeError(f"control {path}: {answer.status} {value}")
        return value


class Words(discord.ui.Modal, title="Your words"):
    text = discord.ui.TextInput(label="Text", custom_id="text", style=discord.TextStyle.paragraph)

    def __init__(self, seen):
        super().__init__(custom_id="words")
        self.seen = seen

    async def on_submit(self, interaction):
        self.seen["form"] = self.text.value
        await interaction.response.send_message(f"Hello {self.text.value}", ephemeral=True)
        follow_up = await interaction.followup.send("And more", ephemeral=True, wait=True)
        self.seen["follow_up"] = follow_up.content
        self.seen["done"].set()


class Claim(discord.ui.View):
    def __init__(self, seen):
        super().__init__(timeout=None)
        self.seen = seen

    @discord.ui.button(label="Claim", style=discord.ButtonStyle.primary, custom_id="claim")
    async def claim(self, interaction, button):
        self.seen["press"] = {
            "custom_id": button.custom_id,
            "by": str(interaction.user.id),
            "locale": interaction.locale.value,
        }
        await interaction.response.edit_message(content="A card, claimed", view=None)


async def main():
    global step
    seen = {"client": "discord.py", "done": asyncio.Event()}
    intents = discord.Intents(guilds=True, messages=True, message_content=True)
    client = discord.Client(intents=intents)
    tree = app_commands.CommandTree(client)

    @tree.command(name="greet", description="Says hello")
    @app_commands.describe(whom="Whom to greet")
    async def greet(interaction: discord.Interaction, whom: str):
        seen["option"] = whom
        await interaction.response.send_modal(Words(seen))

    await client.login(os.environ["SANDBOX_TOKEN"])
    connection = asyncio.create_task(client.connect())
    await client.wait_until_ready()
    async with aiohttp.ClientSession() as session:
        seen["user"] = client.user.name
        step = "guild"
        guild = client.guilds[0]
        seen["guild"] = guild.name
        seen["roles"] = sorted(role.name for role in guild.roles)
        seen["channels"] = sorted(channel.name for channel in await guild.fetch_channels())
        channel = guild.get_channel(CHANNEL)
        seen["threads_before"] = sorted(thread.name for thread in await guild.active_threads())
        seen["history"] = [message.content async for message in channel.history(limit=10)][::-1]

        step = "commands"
        seen["commands"] = [command.name for command in await tree.sync()]

        step = "a message is heard"
        heard = asyncio.create_task(client.wait_for("message", check=lambda each: each.author.id == PERSON))
        await asyncio.sleep(0)
        await control(
            session, "say", {"as": str(PERSON), "channel": str(CHANNEL), "text": "Mất mạng từ sáng"}
        )
        seen["heard"] = (await heard).content

        step = "post"
        embed = discord.Embed(title="Complaint 1").add_field(name="Owner", value="nobody")
        posted = await channel.send("A card", embed=embed, view=Claim(seen))
        seen["posted"] = str(posted.id)
        thread = await posted.create_thread(name="Complaint 1", auto_archive_duration=1440)
        seen["thread_has_message_id"] = thread.id == posted.id
        await thread.send("In the thread")
        seen["threads_after"] = sorted(each.name for each in await guild.active_threads())

        step = "press"
        press = {"as": str(PERSON), "channel": str(CHANNEL), "message": str(posted.id), "custom_id": "claim"}
        pressed = await control(session, "press", press)
        state = await control(session, "interaction", id=pressed["interaction"], wait="1")
        seen["press_state"] = state["state"]
        seen["edited"] = (await channel.fetch_message(posted.id)).content

        step = "command and form"
        used = await control(
            session,
            "command",
            {"as": str(PERSON), "channel": str(CHANNEL), "name": "greet", "options": {"whom": "Lan"}},
        )
        form = await control(session, "interaction", id=used["interaction"], wait="1")
        seen["form_state"] = form["state"]
        submitted = await control(
            session,
            "submit",
            {"as": str(PERSON), "interaction": used["interaction"], "values": {"text": "Xin chào"}},
        )
        answered = await control(session, "interaction", id=submitted["interaction"], wait="1")
        seen["answer"] = {
            "state": answered["state"],
            "ephemeral": answered.get("ephemeral"),
            "content": (answered.get("message") or {}).get("content"),
        }
        await seen["done"].wait()

        step = "direct message"
        direct = await (await client.fetch_user(PERSON)).send("By direct message")
        seen["direct"] = {"content": direct.content, "guild": direct.guild}

        step = "refusal"
        try:
            await channel.send("x" * 2001)
        except discord.HTTPException as error:
            seen["refusal"] = {"status": error.status, "code": error.code}

    del seen["done"]
    print(json.dumps(seen, ensure_ascii=False), flush=True)
    await client.close()
    await connection


async def bounded():
    try:
        await asyncio.wait_for(main(), 30)
    except TimeoutError:
        sys.exit(f"gave up at: {step}")


discord.utils.setup_logging(level=30)
asyncio.run(bounded())
