//! The sandbox over its real wire: what Discord does, what it refuses, and with which words.

mod control;
mod gateway;
mod harness;
mod interactions;
mod messages;
mod reading;
mod threads;
mod trouble;
