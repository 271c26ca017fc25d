//! Custom ids declared once: the name on the wire, what it carries, and who reads the answer. They mean the same after a restart.

use std::str::FromStr;

use crate::kernel::ids::{
    ChannelId, ComplaintId, DraftId, GuildId, IncidentId, MessageId, RequestId, UserId,
};
use crate::kernel::lang::Lang;

/// What every custom id begins with: what they mean may change once, and old ones are known then.
pub const VERSION: &str = "1";

/// What a custom id carries: one part of it between colons, or a few.
pub trait Segment: Sized {
    /// Writes it, each part after a colon.
    fn write(&self, id: &mut String);

    /// Reads what [`write`](Self::write) wrote; none where it was not written so.
    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self>;

    /// The complaint, if it is one.
    fn complaint(&self) -> Option<ComplaintId> {
        None
    }
}

/// Writes a part of a custom id.
pub fn put(id: &mut String, part: &str) {
    id.push(':');
    id.push_str(part);
}

/// A custom id with one thing more that it carries.
pub fn with(mut id: String, segment: &impl Segment) -> String {
    segment.write(&mut id);
    id
}

/// Reads a number that stands alone in a part of a custom id.
pub fn number<'a, T: FromStr>(parts: &mut impl Iterator<Item = &'a str>) -> Option<T> {
    parts.next()?.parse().ok()
}

macro_rules! numbers {
    ($($type:ty: $self:ident => $inner:expr, $make:expr;)*) => {$(
        impl Segment for $type {
            fn write(&$self, id: &mut String) {
                put(id, &$inner.to_string());
            }

            fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
                number(parts).map($make)
            }
        }
    )*};
}

numbers! {
    i64: self => self, |number| number;
    u64: self => self, |number| number;
    DraftId: self => self.0, DraftId;
    IncidentId: self => self.0, IncidentId;
    RequestId: self => self.0, RequestId;
    GuildId: self => self.0, GuildId;
    ChannelId: self => self.0, ChannelId;
    UserId: self => self.0, UserId;
    MessageId: self => self.0, MessageId;
}

impl Segment for ComplaintId {
    fn write(&self, id: &mut String) {
        put(id, &self.0.to_string());
    }

    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        number(parts).map(Self)
    }

    fn complaint(&self) -> Option<ComplaintId> {
        Some(*self)
    }
}

/// A number from `LEAST` to `MOST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within<const LEAST: i64, const MOST: i64>(pub i64);

impl<const LEAST: i64, const MOST: i64> Segment for Within<LEAST, MOST> {
    fn write(&self, id: &mut String) {
        self.0.write(id);
    }

    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        number(parts).filter(|number| (LEAST..=MOST).contains(number)).map(Self)
    }
}

impl Segment for String {
    fn write(&self, id: &mut String) {
        put(id, self);
    }

    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        parts.next().map(str::to_owned)
    }
}

impl Segment for bool {
    fn write(&self, id: &mut String) {
        put(id, if *self { "yes" } else { "no" });
    }

    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        match parts.next()? {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }
}

impl Segment for Lang {
    fn write(&self, id: &mut String) {
        put(id, self.as_str());
    }

    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let name = parts.next()?;
        Self::ALL.into_iter().find(|lang| lang.as_str() == name)
    }
}

/// Declares custom ids. `record "reply" => Reply(complaint: ComplaintId)` is written `reply:12`; whoever uses it is answered in
/// the record of the complaint's thread (`alone`: privately; `in_place`: where it was pressed). `else` names the ids of others.
macro_rules! custom_ids {
    (@audience alone) => { $crate::kit::command::Audience::Alone };
    (@audience record) => { $crate::kit::command::Audience::Record };
    (@audience in_place) => { $crate::kit::command::Audience::InPlace };
    (
        $(#[$doc:meta])* $vis:vis enum $name:ident $(, else $other:ident($others:ty))?;
        $(
            $(#[$say:meta])*
            $audience:ident $wire:literal => $variant:ident
                $(($($bound:ident: $tuple:ty),* $(,)?))? $({ $($field:ident: $type:ty),* $(,)? })?
        ),* $(,)?
    ) => {
        $(#[$doc])*
        #[expect(missing_docs, reason = "what an id carries says its name")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$say])* $variant $(($($tuple),*))? $({ $($field: $type),* })?,)*
            $(#[doc = "Of others."] $other($others),)?
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}:{}", $crate::kit::custom_id::VERSION, self.written())
            }
        }

        impl $name {
            /// Their own names on the wire.
            pub const NAMES: &'static [&'static str] = &[$($wire),*];

            /// Their names on the wire, with those of others.
            pub fn names() -> Vec<&'static str> {
                let names = Self::NAMES.to_vec();
                $(let names = [names, <$others>::names()].concat();)?
                names
            }

            /// As it is written, without its version.
            pub fn written(&self) -> String {
                match self {
                    $(Self::$variant $(($($bound),*))? $({ $($field),* })? => {
                        let id = String::from($wire);
                        $($(let id = $crate::kit::custom_id::with(id, $bound);)*)?
                        $($(let id = $crate::kit::custom_id::with(id, $field);)*)?
                        id
                    })*
                    $(Self::$other(other) => other.written(),)?
                }
            }

            /// Reads its parts: the name and what it carries. None of what is not exactly as it is written.
            pub fn parts<'a>(name: &str, mut parts: impl Iterator<Item = &'a str>) -> Option<Self> {
                let read = match name {
                    $($wire => Self::$variant
                        $(($(<$tuple as $crate::kit::custom_id::Segment>::read(&mut parts)?),*))?
                        $({ $($field: $crate::kit::custom_id::Segment::read(&mut parts)?),* })?,)*
                    _ => {
                        let found: Option<Self> = None;
                        $(let found = found.or_else(|| <$others>::parts(name, parts).map(Self::$other));)?
                        return found;
                    }
                };
                parts.next().is_none().then_some(read)
            }

            /// Who reads the answer to this button, select or form.
            pub fn audience(&self) -> $crate::kit::command::Audience {
                match self {
                    $(Self::$variant { .. } => $crate::kit::custom_id::custom_ids!(@audience $audience),)*
                    $(Self::$other(other) => other.audience(),)?
                }
            }

            /// The complaint that it is about.
            pub fn complaint(&self) -> Option<$crate::kernel::ids::ComplaintId> {
                match self {
                    $(Self::$variant $(($($bound),*))? $({ $($field),* })? => {
                        let found: [Option<$crate::kernel::ids::ComplaintId>; _] = [
                            $($($crate::kit::custom_id::Segment::complaint($bound),)*)?
                            $($($crate::kit::custom_id::Segment::complaint($field),)*)?
                        ];
                        found.into_iter().flatten().next()
                    })*
                    $(Self::$other(other) => other.complaint(),)?
                }
            }
        }
    };
}
pub(crate) use custom_ids;
