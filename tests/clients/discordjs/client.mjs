// A foreign client: discord.js logs in to the sandbox, does what a bot does, and prints one JSON line of what it saw.
// Install: `npm ci` in this folder. Environment: SANDBOX_URL, SANDBOX_TOKEN, SANDBOX_CHANNEL (a text channel), SANDBOX_PERSON (who presses).
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  ModalBuilder,
  Partials,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';

const origin = process.env.SANDBOX_URL;
if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(origin).hostname)) {
  throw new Error(`only loopback: ${origin}`);
}
const person = process.env.SANDBOX_PERSON;
const channelId = process.env.SANDBOX_CHANNEL;

// A client that waits for something the sandbox never says must end, and say where it stood.
let step = 'login';
setTimeout(() => {
  console.error(`gave up at: ${step}`);
  process.exit(3);
}, 30_000);

async function control(path, body) {
  const answer = await fetch(`${origin}/control/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${JSON.stringify(value)}`);
  return value;
}

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  partials: [Partials.Channel],
  rest: { api: `${origin}/api` },
});
client.on(Events.Error, (error) => console.error('client error', error));

/** The next event of a kind that fits; to be asked for before the thing is done that causes it. */
function next(event, fits = () => true) {
  return new Promise((resolve) => {
    const listen = (...values) => {
      if (!fits(...values)) return;
      client.off(event, listen);
      resolve(values[0]);
    };
    client.on(event, listen);
  });
}

const seen = { client: 'discord.js' };

const ready = next(Events.ClientReady);
await client.login(process.env.SANDBOX_TOKEN);
await ready;
seen.user = client.user.username;

step = 'guild';
const guild = client.guilds.cache.first();
seen.guild = guild.name;
seen.roles = guild.roles.cache.map((role) => role.name).sort();
const channels = await guild.channels.fetch();
seen.channels = channels.map((channel) => channel.name).sort();
const channel = channels.get(channelId);
seen.threads_before = (await guild.channels.fetchActiveThreads()).threads.map((thread) => thread.name).sort();
seen.history = (await channel.messages.fetch({ limit: 10 })).map((message) => message.content).reverse();

step = 'commands';
const commands = await client.application.commands.set([
  {
    name: 'greet',
    nameLocalizations: { vi: 'chào' },
    description: 'Says hello',
    options: [{ type: 3, name: 'whom', description: 'Whom to greet', required: true }],
  },
]);
seen.commands = commands.map((command) => command.name);

step = 'a message is heard';
const heard = next(Events.MessageCreate, (message) => message.author.id === person);
await control('say', { as: person, channel: channelId, text: 'Mất mạng từ sáng' });
seen.heard = (await heard).content;

step = 'post';
const row = new ActionRowBuilder().addComponents(
  new ButtonBuilder().setCustomId('claim').setLabel('Claim').setStyle(ButtonStyle.Primary),
);
const posted = await channel.send({
  content: 'A card',
  embeds: [{ title: 'Complaint 1', fields: [{ name: 'Owner', value: 'nobody' }] }],
  components: [row],
  nonce: 'card-1',
  enforceNonce: true,
});
seen.posted = posted.id;
const thread = await posted.startThread({ name: 'Complaint 1', autoArchiveDuration: 1440 });
seen.thread_has_message_id = thread.id === posted.id;
await thread.send('In the thread');
seen.threads_after = (await guild.channels.fetchActiveThreads()).threads.map((each) => each.name).sort();

step = 'press';
let interaction = next(Events.InteractionCreate, (each) => each.isButton());
const pressed = await control('press', { as: person, channel: channelId, message: posted.id, custom_id: 'claim' });
let answering = await interaction;
seen.press = { custom_id: answering.customId, by: answering.user.id, locale: answering.locale };
await answering.update({ content: 'A card, claimed', components: [] });
seen.press_state = (await control(`interaction?id=${pressed.interaction}&wait=1`)).state;
seen.edited = (await channel.messages.fetch({ message: posted.id, force: true })).content;

step = 'command and form';
interaction = next(Events.InteractionCreate, (each) => each.isChatInputCommand());
const used = await control('command', {
  as: person,
  channel: channelId,
  name: 'greet',
  options: { whom: 'Lan' },
});
answering = await interaction;
seen.option = answering.options.getString('whom');
await answering.showModal(
  new ModalBuilder()
    .setCustomId('words')
    .setTitle('Your words')
    .addComponents(
      new ActionRowBuilder().addComponents(
        new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Paragraph),
      ),
    ),
);
seen.form_state = (await control(`interaction?id=${used.interaction}&wait=1`)).state;
interaction = next(Events.InteractionCreate, (each) => each.isModalSubmit());
const submitted = await control('submit', {
  as: person,
  interaction: used.interaction,
  values: { text: 'Xin chào' },
});
answering = await interaction;
seen.form = answering.fields.getTextInputValue('text');
await answering.reply({ content: `Hello ${seen.form}`, flags: MessageFlags.Ephemeral });
const answered = await control(`interaction?id=${submitted.interaction}&wait=1`);
seen.answer = { state: answered.state, ephemeral: answered.ephemeral, content: answered.message?.content };
const followed = await answering.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
seen.follow_up = followed.content;

step = 'direct message';
const direct = await client.users.send(person, 'By direct message');
seen.direct = { content: direct.content, guild: direct.guildId };

step = 'refusal';
try {
  await channel.send('x'.repeat(2001));
} catch (error) {
  seen.refusal = { status: error.status, code: error.code };
}

console.log(JSON.stringify(seen));
await client.destroy();
process.exit(0);
