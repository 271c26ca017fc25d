//! Enums whose last variant is an enum of its own: stored under one tag, as if there were only one of them.

/// Stores an enum with the variants of another one beside its own. The enum derives with `#[serde(remote = "Self")]` and skips
/// the variant; what cannot be read is told with the names that both know.
macro_rules! nested {
    ($($outer:ident::$variant:ident($inner:ty);)*) => {$(
        impl serde::Serialize for $outer {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::$variant(inner) => inner.serialize(to),
                    outer => $outer::serialize(outer, to),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $outer {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(from)?;
                let error = match $outer::deserialize(&value) {
                    Ok(outer) => return Ok(outer),
                    Err(error) => error,
                };
                match <$inner as serde::Deserialize>::deserialize(&value) {
                    Ok(inner) => Ok(Self::$variant(inner)),
                    Err(other) => Err(serde::de::Error::custom(format!("{error}; {other}"))),
                }
            }
        }
    )*};
}

/// Stores an enum whose every variant is an enum that is stored under the same tag.
macro_rules! merged {
    ($outer:ident { $($variant:ident($inner:ty)),+ $(,)? }) => {
        impl serde::Serialize for $outer {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(inner) => inner.serialize(to),)+
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $outer {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(from)?;
                let mut errors: Vec<String> = Vec::new();
                $(match <$inner as serde::Deserialize>::deserialize(&value) {
                    Ok(inner) => return Ok(Self::$variant(inner)),
                    Err(error) => errors.push(error.to_string()),
                })+
                Err(serde::de::Error::custom(errors.join("; ")))
            }
        }
    };
}
pub(crate) use {merged, nested};
