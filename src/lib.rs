//! Lắng Nghe: a company's complaint desk on Discord. This page is the map of the rooms.
//!
//! | room | for | may use |
//! |---|---|---|
//! | [`domain`] | the rules, pure: no I/O, no clock, no Discord, no SQL | nothing of ours |
//! | [`clock`] | where time comes from | `domain` |
//! | [`reports`] | figures to tables, charts and CSV | `domain`, `store`, `text` |
//! | [`sandbox`] | a Discord that fits in memory | nothing of ours |

pub mod clock;
pub mod desk;
pub mod discord;
pub mod domain;
pub mod reports;
pub mod sandbox;
pub mod store;
pub mod text;
