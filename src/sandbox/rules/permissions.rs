//! Permission bits and how they are computed for a member in a channel.
//! <https://docs.discord.com/developers/topics/permissions> (bitwise permission flags, permission overwrites, implicit permissions).

macro_rules! bits {
    ($($name:ident $bit:literal $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub const $name: u64 = 1 << $bit;
        )*

        /// Every permission that exists here.
        pub const ALL: u64 = $($name)|*;

        /// The bit of a permission by Discord's name (`SEND_MESSAGES`), for the control interface.
        pub fn by_name(name: &str) -> Option<u64> {
            match name {
                $(stringify!($name) => Some($name),)*
                _ => None,
            }
        }
    };
}

bits! {
    CREATE_INSTANT_INVITE 0 "Make invites.";
    KICK_MEMBERS 1 "Kick members.";
    BAN_MEMBERS 2 "Ban members.";
    ADMINISTRATOR 3 "Everything, past every overwrite.";
    MANAGE_CHANNELS 4 "Make, change and delete channels.";
    MANAGE_GUILD 5 "Change the guild (\"Manage Server\").";
    ADD_REACTIONS 6 "Add reactions.";
    VIEW_AUDIT_LOG 7 "Read the audit log.";
    PRIORITY_SPEAKER 8 "Speak over others.";
    STREAM 9 "Go live.";
    VIEW_CHANNEL 10 "See the channel; without it nothing else holds.";
    SEND_MESSAGES 11 "Post in a channel (not in its threads).";
    SEND_TTS_MESSAGES 12 "Post spoken messages.";
    MANAGE_MESSAGES 13 "Delete others' messages.";
    EMBED_LINKS 14 "Post embeds.";
    ATTACH_FILES 15 "Post files.";
    READ_MESSAGE_HISTORY 16 "Read what was said before.";
    MENTION_EVERYONE 17 "Ping @everyone and roles that are not mentionable.";
    USE_EXTERNAL_EMOJIS 18 "Emojis of other guilds.";
    VIEW_GUILD_INSIGHTS 19 "See the guild's insights.";
    CONNECT 20 "Join a voice channel.";
    SPEAK 21 "Speak in a voice channel.";
    MUTE_MEMBERS 22 "Mute in voice channels.";
    DEAFEN_MEMBERS 23 "Deafen in voice channels.";
    MOVE_MEMBERS 24 "Move between voice channels.";
    USE_VAD 25 "Voice activity.";
    CHANGE_NICKNAME 26 "Change the own nickname.";
    MANAGE_NICKNAMES 27 "Change others' nicknames.";
    MANAGE_ROLES 28 "Make and change roles below the own.";
    MANAGE_WEBHOOKS 29 "Make and change webhooks.";
    MANAGE_GUILD_EXPRESSIONS 30 "Make and change emojis and stickers.";
    USE_APPLICATION_COMMANDS 31 "Use commands of applications.";
    REQUEST_TO_SPEAK 32 "Ask to speak on a stage.";
    MANAGE_EVENTS 33 "Make and change events.";
    MANAGE_THREADS 34 "Archive, lock, delete threads; see all private ones.";
    CREATE_PUBLIC_THREADS 35 "Start public threads.";
    CREATE_PRIVATE_THREADS 36 "Start private threads.";
    USE_EXTERNAL_STICKERS 37 "Stickers of other guilds.";
    SEND_MESSAGES_IN_THREADS 38 "Post in threads.";
    USE_EMBEDDED_ACTIVITIES 39 "Activities.";
    MODERATE_MEMBERS 40 "Time members out.";
    VIEW_CREATOR_MONETIZATION_ANALYTICS 41 "See what is earned.";
    USE_SOUNDBOARD 42 "Soundboard.";
    CREATE_GUILD_EXPRESSIONS 43 "Make emojis and stickers.";
    CREATE_EVENTS 44 "Make events.";
    USE_EXTERNAL_SOUNDS 45 "Sounds of other guilds.";
    SEND_VOICE_MESSAGES 46 "Post voice messages.";
    SEND_POLLS 49 "Post polls.";
    USE_EXTERNAL_APPS 50 "Apps a user installed answer publicly.";
    PIN_MESSAGES 51 "Pin and unpin.";
    BYPASS_SLOWMODE 52 "Not held by slow mode.";
}

/// What a freshly made guild gives to everyone.
pub const EVERYONE_DEFAULT: u64 = CREATE_INSTANT_INVITE
    | ADD_REACTIONS
    | STREAM
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | USE_EXTERNAL_EMOJIS
    | CONNECT
    | SPEAK
    | USE_VAD
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | REQUEST_TO_SPEAK
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | USE_EXTERNAL_STICKERS
    | SEND_MESSAGES_IN_THREADS
    | USE_EMBEDDED_ACTIVITIES
    | USE_SOUNDBOARD
    | USE_EXTERNAL_SOUNDS
    | SEND_VOICE_MESSAGES
    | SEND_POLLS
    | USE_EXTERNAL_APPS;

/// Whom an overwrite is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A role; @everyone is the role whose id is the guild's.
    Role(u64),
    /// One member.
    Member(u64),
}

/// One permission overwrite of a channel. Threads have none of their own: hand in their parent's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overwrite {
    /// For whom.
    pub target: Target,
    /// Bits that are given.
    pub allow: u64,
    /// Bits that are taken.
    pub deny: u64,
}

/// A member as far as permissions go.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The guild, whose id is also that of the @everyone role.
    pub guild: u64,
    /// The member's user id.
    pub user: u64,
    /// Whether the guild is theirs.
    pub owner: bool,
    /// Bits of @everyone.
    pub everyone: u64,
    /// The member's roles with their bits, without @everyone.
    pub roles: &'a [(u64, u64)],
}

/// What the member may do in the whole guild.
pub fn base(subject: Subject<'_>) -> u64 {
    if subject.owner {
        return ALL;
    }
    let bits = subject.roles.iter().fold(subject.everyone, |bits, (_, role)| bits | role);
    if bits & ADMINISTRATOR != 0 { ALL } else { bits }
}

/// What the member may do in a channel (or, with the parent's overwrites, in a thread), implicit rules included.
/// `in_thread` says which of SEND_MESSAGES and SEND_MESSAGES_IN_THREADS the implicit rules look at.
pub fn compute(subject: Subject<'_>, overwrites: &[Overwrite], in_thread: bool) -> u64 {
    let bits = base(subject);
    if bits & ADMINISTRATOR != 0 {
        return ALL;
    }
    implicit(overwritten(bits, subject, overwrites), in_thread)
}

fn overwritten(mut bits: u64, subject: Subject<'_>, overwrites: &[Overwrite]) -> u64 {
    let mut apply = |wanted: &dyn Fn(Target) -> bool| {
        let (allow, deny) = overwrites
            .iter()
            .filter(|overwrite| wanted(overwrite.target))
            .fold((0, 0), |(allow, deny), overwrite| (allow | overwrite.allow, deny | overwrite.deny));
        bits = bits & !deny | allow;
    };
    apply(&|target| target == Target::Role(subject.guild));
    apply(&|target| {
        matches!(target, Target::Role(role)
            if role != subject.guild && subject.roles.iter().any(|(own, _)| *own == role))
    });
    apply(&|target| target == Target::Member(subject.user));
    bits
}

fn implicit(bits: u64, in_thread: bool) -> u64 {
    if bits & VIEW_CHANNEL == 0 {
        return 0;
    }
    let speaking = if in_thread { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
    if bits & speaking == 0 {
        return bits & !(MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: u64 = 1;
    const USER: u64 = 9;
    const STAFF: u64 = 5;
    const EVERYONE: Target = Target::Role(GUILD);

    fn subject(everyone: u64, roles: &[(u64, u64)]) -> Subject<'_> {
        Subject { guild: GUILD, user: USER, owner: false, everyone, roles }
    }

    fn overwrite(target: Target, allow: u64, deny: u64) -> Overwrite {
        Overwrite { target, allow, deny }
    }

    #[test]
    fn overwrites_hold_in_the_documented_order() {
        const SEND: u64 = SEND_MESSAGES;
        const SEE: u64 = VIEW_CHANNEL;
        let cases: Vec<(&str, Vec<Overwrite>, bool)> = vec![
            ("none", vec![], true),
            ("everyone denied", vec![overwrite(EVERYONE, 0, SEND)], false),
            (
                "a role gives back what everyone lost",
                vec![overwrite(EVERYONE, 0, SEND), overwrite(Target::Role(STAFF), SEND, 0)],
                true,
            ),
            (
                "of roles, giving wins",
                vec![overwrite(Target::Role(STAFF), 0, SEND), overwrite(Target::Role(6), SEND, 0)],
                true,
            ),
            ("a role one does not have", vec![overwrite(Target::Role(7), 0, SEND)], true),
            (
                "the member's own comes last",
                vec![overwrite(Target::Member(USER), 0, SEND), overwrite(Target::Role(STAFF), SEND, 0)],
                false,
            ),
            ("another member's", vec![overwrite(Target::Member(10), 0, SEND)], true),
        ];
        for (case, overwrites, may_send) in cases {
            let bits = compute(subject(SEE | SEND, &[(STAFF, 0), (6, 0)]), &overwrites, false);
            assert_eq!(bits & SEND != 0, may_send, "{case}");
        }
    }

    #[test]
    fn owners_and_administrators_are_past_every_overwrite() {
        let denied = [overwrite(EVERYONE, 0, ALL), overwrite(Target::Member(USER), 0, ALL)];
        assert_eq!(compute(Subject { owner: true, ..subject(0, &[]) }, &denied, false), ALL);
        assert_eq!(compute(subject(0, &[(STAFF, ADMINISTRATOR)]), &denied, false), ALL);
        assert_eq!(base(subject(VIEW_CHANNEL, &[(STAFF, SEND_MESSAGES)])), VIEW_CHANNEL | SEND_MESSAGES);
    }

    #[test]
    fn implicit_rules_take_more() {
        let all = subject(ALL & !ADMINISTRATOR, &[]);
        assert_eq!(compute(all, &[overwrite(EVERYONE, 0, VIEW_CHANNEL)], false), 0);
        let mute = compute(all, &[overwrite(EVERYONE, 0, SEND_MESSAGES)], false);
        assert_eq!(mute & (EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE | SEND_TTS_MESSAGES), 0);
        assert_ne!(mute & MANAGE_THREADS, 0);
        let in_thread = compute(all, &[overwrite(EVERYONE, 0, SEND_MESSAGES)], true);
        assert_ne!(in_thread & EMBED_LINKS, 0, "in threads SEND_MESSAGES has no effect");
        let mute_in_thread = compute(all, &[overwrite(EVERYONE, 0, SEND_MESSAGES_IN_THREADS)], true);
        assert_eq!(mute_in_thread & EMBED_LINKS, 0);
    }

    #[test]
    fn bits_have_discords_numbers() {
        assert_eq!(PIN_MESSAGES, 1 << 51);
        assert_eq!(MANAGE_THREADS, 17_179_869_184);
        assert_eq!(by_name("SEND_MESSAGES_IN_THREADS"), Some(1 << 38));
        assert_eq!(by_name("FLY"), None);
    }
}
