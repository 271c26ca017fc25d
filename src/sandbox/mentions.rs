//! Whom a message names, and so pings.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::posting::snowflake;
use super::rules::permissions;
use super::world::{Message, World};

impl World {
    /// Who is named in a message of the bot and may be pinged by it: allowed by the body, and roles mentionable
    /// (`resources/message`, allowed mentions object).
    pub(super) fn note_mentions(&self, message: &mut Message, body: &Value) {
        let allowed = body.get("allowed_mentions").filter(|held| !held.is_null());
        let listed = |key: &str| -> Option<BTreeSet<u64>> {
            let held = allowed?.get(key)?.as_array()?;
            Some(held.iter().filter_map(snowflake).collect())
        };
        let parsed = |key: &str| match allowed {
            None => true,
            Some(allowed) => {
                allowed["parse"].as_array().is_some_and(|held| held.iter().any(|held| held == key))
            }
        };
        let may = |key: &str, id: u64| parsed(key) || listed(key).is_some_and(|ids| ids.contains(&id));
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let granted = self.permissions(message.author, message.channel);
        let everyone = guild.is_some() && granted & permissions::MENTION_EVERYONE != 0;
        let named = mentioned(&message.content, "<@").into_iter().chain(mentioned(&message.content, "<@!"));
        let mut users: Vec<u64> =
            named.filter(|id| self.users.contains_key(id) && may("users", *id)).collect();
        let replied = allowed.is_none_or(|allowed| allowed["replied_user"] == true);
        let author =
            message.reply_to.and_then(|id| self.message(message.channel, id)).map(|held| held.author);
        users.extend(author.filter(|id| replied && !users.contains(id)));
        message.mentioned_users = users;
        message.mentioned_roles = mentioned(&message.content, "<@&")
            .into_iter()
            .filter(|id| may("roles", *id))
            .filter(|id| {
                let role =
                    guild.and_then(|guild| self.guilds.get(&guild)).and_then(|guild| guild.roles.get(id));
                role.is_some_and(|role| role.mentionable || everyone)
            })
            .collect();
        let named = message.content.contains("@everyone") || message.content.contains("@here");
        message.mentions_everyone = named && everyone && parsed("everyone");
    }

    /// Whom a person's message names.
    pub(super) fn note_persons_mentions(&self, message: &mut Message) {
        let body =
            json!({ "allowed_mentions": { "parse": ["users", "roles", "everyone"], "replied_user": true } });
        self.note_mentions(message, &body);
    }
}

/// The ids behind a mention's opening.
fn mentioned(text: &str, opening: &str) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    for rest in text.split(opening).skip(1) {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if rest[digits.len()..].starts_with('>')
            && let Ok(id) = digits.parse()
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}
