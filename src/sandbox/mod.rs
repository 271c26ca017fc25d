//! A Discord that fits in memory: HTTP, gateway and page. It stands for somebody else's program and knows nothing of the bot.

pub mod rules;
pub mod web;
