//! What the process environment says: the token, where Discord and the database are, which folder to read.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use crate::kit::setting::Problem;

/// Where the data are kept unless `DATABASE_URL` says otherwise.
pub const DEFAULT_DATABASE_URL: &str = "sqlite://data/langnghe.db";

/// A secret: it can be used, but neither printed nor logged by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// The environment, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Env {
    /// `DISCORD_TOKEN`: the bot's token.
    pub discord_token: Option<Secret>,
    /// `DISCORD_API_URL`: an origin without a path and without a slash at the end; none means Discord itself.
    pub discord_api_url: Option<String>,
    /// `DATABASE_URL`: SQLite or PostgreSQL.
    pub database_url: String,
    /// Whether `DATABASE_URL` was set.
    pub database_url_is_set: bool,
    /// `LANGNGHE_CONFIG`: the folder of the configuration.
    pub config_folder: PathBuf,
    /// Whether that was said; one that nobody named need not be there.
    pub config_folder_is_set: bool,
}

impl Secret {
    /// The secret itself, for the one who sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl Default for Env {
    fn default() -> Self {
        Self {
            discord_token: None,
            discord_api_url: None,
            database_url: DEFAULT_DATABASE_URL.to_owned(),
            database_url_is_set: false,
            config_folder: PathBuf::from("config"),
            config_folder_is_set: false,
        }
    }
}

impl Env {
    /// Reads the variables through `variable`; an empty one counts as not set.
    ///
    /// # Errors
    /// All values that cannot be used.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Problem>> {
        let variable = |name: &str| {
            variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let mut problems = Vec::new();
        let mut env = Self::default();
        if let Some(token) = variable("DISCORD_TOKEN") {
            if token.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
                let right = "copy it anew from Discord's portal; it holds no spaces";
                problems.push(problem("DISCORD_TOKEN", String::new(), "is not a token", right));
            }
            env.discord_token = Some(Secret(token));
        }
        if let Some(url) = variable("DISCORD_API_URL") {
            match origin(&url) {
                Ok(origin) => env.discord_api_url = Some(origin),
                Err((wrong, right)) => {
                    problems.push(problem("DISCORD_API_URL", format!("{url:?}"), wrong, right));
                }
            }
        }
        if let Some(url) = variable("DATABASE_URL") {
            if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
                let right = "write e.g. sqlite://data/langnghe.db or postgres://user@host/database";
                problems.push(problem(
                    "DATABASE_URL",
                    format!("{:?}", redacted(&url)),
                    "is no database",
                    right,
                ));
            }
            env.database_url = url;
            env.database_url_is_set = true;
        }
        if let Some(folder) = variable("LANGNGHE_CONFIG") {
            env.config_folder = PathBuf::from(folder);
            env.config_folder_is_set = true;
        }
        if problems.is_empty() { Ok(env) } else { Err(problems) }
    }
}

/// A URL without the password in it.
pub fn redacted(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, behind) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split_once(':').map_or(user, |(name, _)| name);
            format!("{name}@{host}")
        }
        None => authority.to_owned(),
    };
    let behind = match behind.split_once('?') {
        Some((path, options)) if options.contains("password") => format!("{path}?…"),
        _ => behind.to_owned(),
    };
    format!("{scheme}://{authority}{behind}")
}

/// Checks that a URL is an origin, `http` on this machine only.
fn origin(url: &str) -> Result<String, (&'static str, &'static str)> {
    let right = "write an origin such as http://127.0.0.1:8080";
    let parsed = reqwest::Url::parse(url).map_err(|_| ("is not an address", right))?;
    let host = parsed.host_str().ok_or(("names no host", right))?;
    if !matches!(parsed.path(), "" | "/") || parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(("has a path", "write the origin only; the paths /api/v10/… follow"));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(("holds a name or password", right));
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match parsed.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => return Err(("is not encrypted", "write https://… for any other machine than this one")),
        _ => return Err(("is neither http nor https", right)),
    }
    Ok(parsed.origin().ascii_serialization())
}

fn problem(key: &str, value: String, wrong: &str, right: &str) -> Problem {
    Problem {
        file: "environment".to_owned(),
        key: key.to_owned(),
        value,
        wrong: wrong.to_owned(),
        right: right.to_owned(),
        line: None,
    }
}
