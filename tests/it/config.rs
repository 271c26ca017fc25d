//! The configuration: every wrong value is named with file, key and what would be right; the rest is built in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use langnghe::cli::check::check;
use langnghe::config::{BUILT_IN, Config, Env, Problem};
use langnghe::domain::policy::{LineKind, QuietHours};
use langnghe::kernel::ids::{ChannelId, GuildId, RoleId};
use langnghe::kernel::lang::Lang;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{ClockKind, NudgeAt, Target};
use tempfile::TempDir;

/// The day of the checks: Thursday, 26 November 2026.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();

const EXAMPLE: &str = include_str!("../data/langnghe.example.toml");

#[test]
fn a_wrong_value_is_named_with_file_key_and_cure() {
    let cases: &[(&str, &str)] = &[
        (
            "[clocks.reply]\ntarget = \"15x\"",
            "clocks.reply.target: \"15x\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 2)",
        ),
        (
            "[clocks.reply]\ntarget = \"-5m\"\n",
            "clocks.reply.target: \"-5m\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 2)",
        ),
        ("[clocks.reply]\ntarget = 15", "clocks.reply.target: 15 is not text; write it in quotes (line 2)"),
        (
            "[clocks.reply]\ntarget = \"9999d\"",
            "clocks.reply.target: \"9999d\" is out of bounds; write 0s to 366d (line 2)",
        ),
        (
            "[clocks.reply]\ncalendar = \"office\"",
            "clocks.reply.calendar: \"office\" is no calendar; known are always, duty, vn-office; others are files in calendars/ (line 2)",
        ),
        (
            "[clocks.reply]\nnudges = [\"15m\"]",
            "clocks.reply.nudges[1]: \"15m\" does not come before the target; write 1% to 99%, or less than the target of 15m (line 2)",
        ),
        (
            "[clocks.recorded]\nnudges = [\n  \"50%\",\n  \"100%\"]",
            "clocks.recorded.nudges[2]: \"100%\" does not come before the target; write 1% to 99%, or less than the target of 24h (line 4)",
        ),
        (
            "[clocks.recorded]\nnudges = [\"50%\", \"12h\"]",
            "clocks.recorded.nudges[2]: \"12h\" comes at the same time as another nudge; name each time once (line 2)",
        ),
        (
            "[clocks.reply]\nnudges = [\"soon\"]",
            "clocks.reply.nudges[1]: \"soon\" is neither a share nor a duration; write e.g. 75%, 10m (used) or 30m left (line 2)",
        ),
        (
            "[clocks.reply]\nnudges = \"10m\"",
            "clocks.reply.nudges: \"10m\" is not a list; write [\"…\", \"…\"] (line 2)",
        ),
        (
            "[clocks.reply]\ntarjet = \"15m\"",
            "clocks.reply.tarjet: there is no such key; did you mean target? (line 2)",
        ),
        (
            "[clocks.replies]\ntarget = \"15m\"",
            "clocks.replies: there is no such key; known are action, cause, consult, negotiation, plan, promise, rating, receipt-notice, recorded, recovery, refusal, reply, resolution, told, update, written-answer (line 1)",
        ),
        ("[desks]\ncompany = \"x\"", "desks: there is no such key; did you mean desk? (line 1)"),
        ("desk = 5", "desk: 5 is not a section; write [desk] and its keys below it (line 1)"),
        (
            "[desk]\ncompany = \" \\u200b\"",
            "desk.company: \" \\u{200b}\" is empty or too long; write 1 to 80 characters (line 2)",
        ),
        (
            "[desk]\nlocale = \"fr\"",
            "desk.locale: \"fr\" is not a language of the desk; write vi or en (line 2)",
        ),
        (
            "[desk]\ntime-zone = \"Asia/Saign\"",
            "desk.time-zone: \"Asia/Saign\" is not a time zone; did you mean Asia/Saigon? (line 2)",
        ),
        (
            "[desk]\nmessage-content = \"yes\"",
            "desk.message-content: \"yes\" is not a switch; write true or false (line 2)",
        ),
        (
            "[desk]\nsign-as = \"Hotline\"",
            "desk.sign-as: \"Hotline\" does not name the person; write e.g. {name} (line 2)",
        ),
        (
            "[guild.abc]\nline = \"dm\"",
            "guild.abc: a section stands under what is not the id of a server; write [guild.ID] with Discord's number (line 1)",
        ),
        (
            "[guild.100000000000000001]\nstaff-role = \"@staff\"",
            "guild.100000000000000001.staff-role: \"@staff\" is not an id; write Discord's number in quotes, such as \"100000000000000011\" (line 2)",
        ),
        (
            "[guild.100000000000000001]\nstaff-role = 100000000000000021",
            "guild.100000000000000001.staff-role: 100000000000000021 is not text; write it in quotes (line 2)",
        ),
        (
            "[guild.100000000000000001]\nline = \"mail\"",
            "guild.100000000000000001.line: \"mail\" is not a line to a customer; write dm or thread (line 2)",
        ),
        ("[filing]\nsilence = \"6m\"", "filing.longest: \"5m\" is shorter than silence; write 6m or more"),
        (
            "[rating]\nquiet = \"21:00-21:00\"",
            "rating.quiet: \"21:00-21:00\" are no quiet hours; write e.g. 21:00-08:00, or \"\" for none (line 2)",
        ),
        (
            "[rating]\nquiet = \"9pm-8am\"",
            "rating.quiet: \"9pm-8am\" are no quiet hours; write e.g. 21:00-08:00, or \"\" for none (line 2)",
        ),
        (
            "[rating]\nreminder = \"7d\"",
            "rating.reminder: \"7d\" does not come before the question closes; write less than 7d (line 2)",
        ),
        (
            "[health]\nlisten = \"0.0.0.0:9464\"",
            "health.listen: \"0.0.0.0:9464\" is not an address of this machine; write e.g. 127.0.0.1:9464 (line 2)",
        ),
        (
            "[health]\nlisten = \"127.0.0.1\"",
            "health.listen: \"127.0.0.1\" is not an address of this machine; write e.g. 127.0.0.1:9464 (line 2)",
        ),
        (
            "[[category]]\nid = \"x\"\nvi = \"X\"\nen = \"X\"\nplaybooks = [\"flood\"]",
            "category[1].playbooks[1]: \"flood\" is no playbook; known are billing-error, cable-cut, power, storm; others are files in playbooks/ (line 5)",
        ),
        (
            "[[category]]\nid = \"x\"\nvi = \"X\"\nen = \"X\"\n[[category]]\nid = \"x\"\nvi = \"X\"\nen = \"X\"",
            "category[2].id: \"x\" stands there twice; give each category an id of its own (line 6)",
        ),
        (
            "[[category]]\nid = \"Mạng\"\nvi = \"X\"\nen = \"X\"",
            "category[1].id: \"Mạng\" is not an id; write lower-case letters, digits and hyphens, at most 40, such as connection-lost (line 2)",
        ),
        (
            "[[category]]\nid = \"x\"\nvi = \"X\"",
            "category[1].en: is missing; write its name in this language",
        ),
        (
            "[[category]]\nid = \"x\"\nvi = \"X\"\nen = \"X\"\nquestions = [{ id = \"when\", vi = \"Lúc nào ạ?\" }]",
            "category[1].questions[1].en: is missing; write it in this language",
        ),
        (
            "[[category]]\nid = \"x\"\nvi = \"X\"\nen = \"X\"\nremedies = [{ vi = \"Y\", en = \"Y\", within = \"soon\" }]",
            "category[1].remedies[1].within: \"soon\" is not a duration; write e.g. 15m (line 5)",
        ),
        (
            "[goodwill]\nkinds = [\"refund\"]",
            "goodwill.kinds[1]: \"refund\" is no goodwill; known are voucher, gift, free-service (line 2)",
        ),
        (
            "[appointments]\nremind = \"9d\"",
            "appointments.remind: \"9d\" is out of bounds; write 0s to 7d (line 2)",
        ),
    ];
    for (text, expected) in cases {
        let problems = problems_of(&[("langnghe.toml", text)]);
        assert_eq!(problems, [format!("config/langnghe.toml: {expected}")], "for\n{text}");
    }
}

#[test]
fn all_problems_of_all_files_are_named_at_once() {
    let problems = problems_of(&[
        ("langnghe.toml", "[clocks.reply]\ntarget = \"x\"\n[health]\nlisten = \"y\"\nport = 1\n"),
        (
            "calendars/office.toml",
            "[week]\nmon = [\"09:00-25:00\", \"17:00-08:00\", \"08:00-12:00\", \"11:00-13:00\"]\nfunday = []\n",
        ),
        ("calendars/always.toml", ""),
        ("playbooks/flood.toml", "slots = [\"areas\"]"),
    ]);
    let expected = [
        "config/calendars/always.toml: takes the name of the built-in calendar; rename it",
        "config/calendars/office.toml: week.mon[1]: \"09:00-25:00\" is not a stretch of a day; write e.g. 08:00-12:00; 24:00 ends a day (line 2)",
        "config/calendars/office.toml: week.mon[2]: \"17:00-08:00\" ends before it begins; write a night as two: 22:00-24:00, and 00:00-06:00 the day after (line 2)",
        "config/calendars/office.toml: week.mon[4]: \"11:00-13:00\" overlaps another one of that day; let each begin where the last has ended (line 2)",
        "config/calendars/office.toml: week.funday: is no day of the week; write mon, tue, wed, thu, fri, sat, sun (line 3)",
        "config/playbooks/flood.toml: slots[1]: \"areas\" is not a slot; known are area, since, next_update (line 1)",
    ];
    assert_eq!(problems[..expected.len()], expected);
    assert!(
        problems.contains(
            &"config/playbooks/flood.toml: vi.line: is missing; write 1 to 280 characters".to_owned()
        )
    );
    let last = [
        "config/langnghe.toml: clocks.reply.target: \"x\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 2)",
        "config/langnghe.toml: health.listen: \"y\" is not an address of this machine; write e.g. 127.0.0.1:9464 (line 4)",
        "config/langnghe.toml: health.port: there is no such key; known are listen (line 5)",
    ];
    assert_eq!(problems[problems.len() - last.len()..], last);
}

#[test]
fn a_calendar_of_the_folder_counts() {
    let folder = folder_with(&[
        ("langnghe.toml", "[clocks.reply]\ncalendar = \"office\"\ntarget = \"1h\"\nnudges = []\n"),
        (
            "calendars/office.toml",
            "holidays = [\"2026-11-26\"]\n[week]\nwed = [\"13:00-17:00\", \"08:00-12:00\"]\nthu = [\"08:00-17:00\"]\nfri = [\"08:00-17:00\"]\n[breaks]\n2026-11-27 = [\"08:00-09:00\"]\n",
        ),
    ]);
    let config = load(folder.path()).unwrap();
    // Wednesday 25 November 2026, 16:30 in Vietnam: half an hour is left, Thursday is a holiday, Friday opens at 9.
    let start = 1_795_599_000_000;
    assert_eq!(due(&config, start), Some(start + (41 * 60 - 30 + 30) * 60_000));
}

/// When the reply is due on what came at `start`.
fn due(config: &Config, start: i64) -> Option<i64> {
    config.policy().schedule_from(ClockKind::Reply, Severity::Normal, None, start)?.due_at
}

#[test]
fn broken_toml_is_named() {
    let problems = problems_of(&[("langnghe.toml", "[desk\ncompany = ")]);
    assert!(!problems.is_empty());
    assert!(
        problems.iter().all(|line| line.starts_with("config/langnghe.toml: is not TOML: ")),
        "{problems:?}"
    );
}

#[test]
fn without_a_folder_everything_is_built_in() {
    let folder = TempDir::new().unwrap();
    let config = load(&folder.path().join("none")).unwrap();
    let policy = config.policy();
    assert_eq!(config.desk.company, "Internet Một");
    assert_eq!(config.desk.locale, Lang::Vi);
    assert!(config.guilds.is_empty());
    let recorded = &policy.clocks[&ClockKind::Recorded];
    assert_eq!((recorded.target, recorded.calendar.as_str()), (Target::Open(86_400_000), "always"));
    assert_eq!(recorded.nudges, [NudgeAt::Percent(50), NudgeAt::Percent(75), NudgeAt::Percent(90)]);
    let start = 1_795_599_000_000;
    let hour = 3_600_000;
    // Half of a day later, at 04:30, is night: that reminder comes before it, at 21:59. The others come by day.
    let nudges = policy.schedule_from(ClockKind::Recorded, Severity::Normal, None, start).unwrap().nudges;
    assert_eq!(nudges, [start + 329 * 60_000, start + 18 * hour, start + 216 * hour / 10]);
    let nudges = policy.schedule_from(ClockKind::Recorded, Severity::Critical, None, start).unwrap().nudges;
    assert_eq!(nudges, [start + 12 * hour, start + 18 * hour, start + 216 * hour / 10], "at any hour");
    // 16:30 on duty; at 21:55 the night lies between.
    let reply = policy.schedule_from(ClockKind::Reply, Severity::Normal, None, start).unwrap();
    assert_eq!(reply.nudges, [start + 600_000]);
    let evening = start + 5 * hour + 25 * 60_000;
    assert_eq!(due(&config, evening), Some(evening + 10 * hour + 15 * 60_000));
    let ids: Vec<&str> = policy.categories.iter().map(|category| category.id.as_str()).collect();
    let expected = [
        "connection-lost",
        "slow-or-unstable",
        "international-slow",
        "billing",
        "technician-missed",
        "staff-attitude",
        "equipment",
        "other",
    ];
    assert_eq!(ids, expected);
    assert_eq!(
        load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config"))).unwrap().policy(),
        policy,
        "the shipped folder says the same"
    );
}

#[test]
fn the_example_reads_as_it_says() {
    let folder = folder_with(&[("langnghe.toml", EXAMPLE)]);
    let config = load(folder.path()).unwrap();
    let setup = &config.guilds[&GuildId(100_000_000_000_000_001)];
    assert_eq!(setup.desk_channel, Some(ChannelId(100_000_000_000_000_011)));
    assert_eq!(setup.head_office_role, Some(RoleId(100_000_000_000_000_023)));
    assert_eq!(setup.line, Some(LineKind::Dm));
    assert_eq!((setup.locale, setup.time_zone), (None, None));
    assert_eq!(config.policy().categories.len(), 1, "its own categories replace the shipped ones");
    assert_eq!(config.policy().rating.quiet, Some(QuietHours { from_minute: 1260, to_minute: 480 }));
}

#[test]
fn every_key_of_the_example_ships_with_a_comment() {
    let mut sections = String::new();
    for line in EXAMPLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if line.starts_with('[') {
            sections = line.to_owned();
            assert!(BUILT_IN.contains(line), "{line} is missing");
            continue;
        }
        let key = line.split(" =").next().unwrap();
        let section = BUILT_IN.split(&sections).nth(1).unwrap();
        let end = section.find("\n[").or_else(|| section.find("\n# [")).unwrap_or(section.len());
        assert!(section[..end].contains(&format!("{key} = ")), "{sections} {key} is missing");
    }
}

#[test]
fn a_switched_off_clock_does_not_run() {
    let folder = folder_with(&[("langnghe.toml", "[clocks.reply]\ntarget = \"0s\"\n")]);
    let config = load(folder.path()).unwrap();
    assert_eq!(due(&config, 0), None);
}

#[test]
fn the_environment_is_checked_and_secrets_stay_secret() {
    let read = |pairs: &[(&str, &str)]| {
        let map: BTreeMap<&str, &str> = pairs.iter().copied().collect();
        Env::read(|name| map.get(name).map(|value| (*value).to_owned()))
    };
    let good = [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://proxy.example:8443", "https://proxy.example:8443"),
    ];
    for (url, origin) in good {
        assert_eq!(read(&[("DISCORD_API_URL", url)]).unwrap().discord_api_url.as_deref(), Some(origin));
    }
    let bad = [
        ("http://proxy.example", "is not encrypted; write https://… for any other machine than this one"),
        ("http://127.0.0.1.example", "is not encrypted; write https://… for any other machine than this one"),
        ("http://127.0.0.1:8080/api/v10", "has a path; write the origin only; the paths /api/v10/… follow"),
        ("ftp://127.0.0.1", "is neither http nor https; write an origin such as http://127.0.0.1:8080"),
        ("127.0.0.1:8080", "is not an address; write an origin such as http://127.0.0.1:8080"),
        (
            "http://name:word@127.0.0.1",
            "holds a name or password; write an origin such as http://127.0.0.1:8080",
        ),
    ];
    for (url, wrong) in bad {
        let problems = read(&[("DISCORD_API_URL", url)]).unwrap_err();
        assert_eq!(lines(&problems), [format!("environment: DISCORD_API_URL: {url:?} {wrong}")]);
    }
    let problems =
        read(&[("DATABASE_URL", "mysql://root:secret@host/db"), ("DISCORD_TOKEN", "to ken")]).unwrap_err();
    let text = lines(&problems).join("\n");
    assert!(text.contains("environment: DATABASE_URL: \"mysql://root@host/db\" is no database"), "{text}");
    assert!(!text.contains("secret") && !text.contains("to ken"), "{text}");

    let env = read(&[("DISCORD_TOKEN", "abc.def"), ("DATABASE_URL", "postgres://desk:secret@host/db")]);
    assert!(!format!("{env:?}").contains("abc.def"));
    let empty = TempDir::new().unwrap();
    let checked = check(empty.path(), env, TODAY);
    assert_eq!(checked.code, 0, "{}", checked.text);
    assert!(checked.text.contains("DISCORD_TOKEN = set (env)\n"));
    assert!(checked.text.contains("DATABASE_URL = postgres://desk@host/db (env)\n"));
    assert!(!checked.text.contains("secret") && !checked.text.contains("abc.def"), "{}", checked.text);
}

#[test]
fn check_says_what_is_in_force_and_where_it_comes_from() {
    let folder = folder_with(&[
        (
            "langnghe.toml",
            "[desk]\ncompany = \"Mạng Hai\"\n[clocks.reply]\ntarget = \"20m\"\n[[category]]\nid = \"x\"\nvi = \"X\"\nen = \"X\"\n",
        ),
        ("calendars/office.toml", "[week]\nmon = [\"08:00-12:00\"]\n"),
    ]);
    let checked = check(folder.path(), Ok(Env::default()), TODAY);
    let text = checked.text.replace(&folder.path().display().to_string(), "config");
    assert_eq!((text.as_str(), checked.code), (include_str!("../data/check.txt"), 0));
}

#[test]
fn check_names_every_problem_and_exits_with_one() {
    let folder = folder_with(&[("langnghe.toml", "[desk]\nlocale = \"fr\"\n")]);
    let env = Env::read(|name| (name == "DATABASE_URL").then(|| "x".to_owned()));
    let checked = check(folder.path(), env, TODAY);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.text.lines().count(), 2, "{}", checked.text);
    let words = folder_with(&[("locales/vi/customer.ftl", "= broken")]);
    assert_eq!(check(words.path(), Ok(Env::default()), TODAY).code, 1);
}

fn load(folder: &Path) -> Result<Config, Vec<Problem>> {
    Config::load(folder, &Env::default())
}

/// A folder with these files.
pub fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The problems of these files; their folder is called `config`.
pub fn problems_of(files: &[(&str, &str)]) -> Vec<String> {
    problems_in(&folder_with(files))
}

/// The problems of a folder, which is called `config`.
pub fn problems_in(folder: &TempDir) -> Vec<String> {
    let here = folder.path().display().to_string();
    let problems = load(folder.path()).err().unwrap_or_default();
    lines(&problems).iter().map(|line| line.replace(&here, "config")).collect()
}

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
