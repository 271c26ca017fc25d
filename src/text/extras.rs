//! What came with a message, named for people who read of it elsewhere.

use super::Words;
use crate::kernel::extra::Extra;

impl Words {
    /// One line that names it.
    pub fn extra(&self, extra: &Extra) -> String {
        match extra {
            Extra::Forwarded => self.say("extra-forwarded", &[]),
            Extra::Sticker { name } => self.say("extra-sticker", &[("name", name.as_str().into())]),
            Extra::Poll { question, answers } => {
                let answers = answers.join(" / ");
                self.say(
                    "extra-poll",
                    &[("question", question.as_str().into()), ("answers", answers.as_str().into())],
                )
            }
            Extra::Voice { seconds } => self.say("extra-voice", &[("seconds", (*seconds).into())]),
            Extra::Activity { name } => self.say("extra-activity", &[("name", name.as_str().into())]),
            Extra::NotReceived { name, .. } if name.is_empty() => self.say("extra-file-not-received", &[]),
            Extra::NotReceived { name, size } => {
                let size = self.size(*size);
                self.say("extra-not-received", &[("name", name.as_str().into()), ("size", size.into())])
            }
            Extra::Other => self.say("extra-other", &[]),
        }
    }

    /// A line for each, in order.
    pub fn extras(&self, extras: &[Extra]) -> String {
        extras.iter().map(|extra| self.extra(extra)).collect::<Vec<_>>().join("\n")
    }
}
