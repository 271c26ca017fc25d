//! The people of the demo and the server they meet on; the seed says who comes.

use std::ops::RangeInclusive;

use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::lines::{self, Name};
use crate::kernel::lang::Lang;
use crate::sandbox::rules::permissions;
use crate::sandbox::{ChannelSpec, GuildSpec, PersonSpec, RoleSpec, Sandbox};

/// The company's server.
const SERVER: &str = "Internet Một";

/// Chance, from the seed alone.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The chance of a seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of a pool.
    pub fn one<T: Copy>(&mut self, pool: &[T], otherwise: T) -> T {
        pool.choose(&mut self.0).copied().unwrap_or(otherwise)
    }

    /// The pool in another order.
    pub fn shuffled<T: Copy>(&mut self, pool: &[T]) -> Vec<T> {
        let mut held = pool.to_vec();
        held.shuffle(&mut self.0);
        held
    }

    /// A while in ms, from so many seconds to so many.
    pub fn seconds(&mut self, range: RangeInclusive<i64>) -> i64 {
        self.0.random_range(range) * 1_000
    }
}

/// Somebody in the story.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Their id.
    pub id: u64,
    /// Their name.
    pub name: Name,
    /// The language of their Discord.
    pub lang: Lang,
}

/// Everybody and everything there is.
pub struct Cast {
    /// Where the button stands.
    pub intake: u64,
    /// Where the cards stand.
    pub desk: u64,
    /// Where managers hear of breaches and approve.
    pub managers: u64,
    /// The roles: staff, manager, head office.
    pub roles: [u64; 3],
    /// Who sets the desk up.
    pub administrator: Person,
    /// Who answers for the desk.
    pub manager: Person,
    /// Who approves what is said in public.
    pub head_office: Person,
    /// Who answers customers.
    pub staff: Vec<Person>,
    /// Customers who write in the desk's language, as many as were asked for.
    pub customers: Vec<Person>,
    /// A customer whose direct messages are closed.
    pub closed: Person,
    /// A customer who writes in the other language.
    pub foreign: Person,
}

/// Makes the server and its people.
pub fn make(sandbox: &Sandbox, lang: Lang, customers: usize, chance: &mut Chance) -> Cast {
    let vietnamese = lang == Lang::Vi;
    let pick = |vi: &'static str, en: &'static str| if vietnamese { vi } else { en };
    let [staff, manager, head, admin] = [
        pick("nhân viên", "staff"),
        pick("quản lý", "manager"),
        pick("hội sở", "head office"),
        pick("quản trị", "administrator"),
    ];
    let [intake, desk, managers] =
        [pick("gửi-khiếu-nại", "complaints"), pick("bàn-khiếu-nại", "desk"), pick("quản-lý", "managers")];
    let role = |name: &str, permissions: u64| RoleSpec { name: name.to_owned(), permissions };
    let channel = |name: &str, private_to: &[&str]| ChannelSpec {
        name: name.to_owned(),
        private_to: private_to.iter().map(ToString::to_string).collect(),
    };
    let guild = sandbox.make_guild(GuildSpec {
        name: SERVER.to_owned(),
        roles: vec![
            role(staff, permissions::MANAGE_THREADS),
            role(manager, permissions::MANAGE_THREADS),
            role(head, permissions::MANAGE_THREADS),
            role(admin, permissions::MANAGE_THREADS | permissions::MANAGE_GUILD),
        ],
        channels: vec![
            channel(intake, &[]),
            channel(desk, &[staff, manager, head, admin]),
            channel(managers, &[manager, head, admin]),
        ],
        bot_permissions: None,
    });
    let person = |name: Name, lang: Lang, label: &str, roles: &[&str], dms_open: bool| {
        let id = sandbox.make_person(PersonSpec {
            guild: guild.id,
            name: name.full.to_owned(),
            locale: if lang == Lang::Vi { "vi" } else { "en-US" }.to_owned(),
            label: label.to_owned(),
            roles: roles.iter().map(|role| guild.roles[*role]).collect(),
            dms_open,
        });
        Person { id, name, lang }
    };
    let [administrator_name, manager_name, head_name] = lines::management(lang).people;
    let mut names = chance.shuffled(lines::customers(lang)).into_iter();
    let mut next = || names.next().unwrap_or(Name { full: "?", title: "?" });
    let foreign = lines::customers(lang.other());
    let foreign_name = chance.one(foreign, foreign[0]);
    Cast {
        intake: guild.channels[intake],
        desk: guild.channels[desk],
        managers: guild.channels[managers],
        roles: [guild.roles[staff], guild.roles[manager], guild.roles[head]],
        customers: (0..customers).map(|_| person(next(), lang, "customer", &[], true)).collect(),
        closed: person(next(), lang, "customer", &[], false),
        foreign: person(foreign_name, lang.other(), "customer", &[], true),
        staff: chance
            .shuffled(lines::staff(lang))
            .into_iter()
            .take(3)
            .map(|name| person(name, lang, "staff", &[staff], true))
            .collect(),
        manager: person(manager_name, lang, "manager", &[manager], true),
        head_office: person(head_name, lang, "head office", &[head], true),
        administrator: person(administrator_name, lang, "administrator", &[manager, admin], true),
    }
}
