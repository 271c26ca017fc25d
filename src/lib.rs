//! Lắng Nghe: a company's complaint desk on Discord. This page is the map of the rooms.
//!
//! | room | for | may use |
//! |---|---|---|
//! | [`kernel`] | what every capability is made of, and names none: ids, people and ranks, languages; pure | nothing of ours |
//! | [`sla`] | hours, calendars, clocks, deadlines and their explanations; pure | `kernel` |
//! | [`language`] | Vietnamese and English as people type them; pure | `sla` |
//! | [`domain`] | the rules, pure: no I/O, no clock, no Discord, no SQL | `kernel`, `sla`, `language` |
//! | [`disk`] | what stands on this machine's disk: for its owner alone, named plainly | nothing of ours |
//! | [`clock`] | where time comes from | `domain` (which stands below for `kernel`, `sla` and `language`, too) |
//! | [`config`] | the operator's files, read whole, every wrong value named | `domain` |
//! | [`text`] | every sentence; its words are in `config/locales` | `domain` |
//! | [`kit`] | what Discord is made of: declared commands with typed options; no network | `kernel`, `text` |
//! | [`store`] | all SQL, each statement once for two databases | `domain`, `disk` |
//! | [`watch`] | counters, health, metrics, the watchdog | `domain`, `disk`, `store`, `clock`, `config` |
//! | [`desk`] | the shell around the rules: asks, timers, outbox | `domain`, `store`, `clock`, `watch` |
//! | [`archive`] | a whole desk in one file: backup and restore | `disk`, `store` |
//! | [`reports`] | figures to tables, charts and CSV | `domain`, `store`, `text` |
//! | [`discord`] | the only room that knows Discord | `domain`, `kit`, `disk`, `desk`, `store`, `text`, `reports`, `config`, `clock`, `watch` |
//! | [`sandbox`] | a Discord that fits in memory | nothing of ours |
//! | [`chaos`] | people at work while everything breaks, and the model of what they must see | anything |
//! | [`app`], [`demo`], [`cli`] | putting it together | anything |

pub mod app;
pub mod archive;
pub mod chaos;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod disk;

pub mod discord;
pub mod domain;
pub mod kernel;
pub mod kit;
pub mod language;
pub mod reports;
pub mod sandbox;
pub mod sla;
pub mod store;
pub mod text;
pub mod watch;
