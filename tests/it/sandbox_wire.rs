//! The sandbox over its real wire: what Discord does and refuses.
