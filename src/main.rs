//! The program: hands its arguments to [`langnghe`].
fn main() {}
