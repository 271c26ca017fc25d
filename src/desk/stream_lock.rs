//! The lock of a stream: that of what its outbox messages and timers are about.

use crate::kernel::ids::Stream;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// Locks what a stream is about: whoever adds or ends its outbox messages and timers holds this.
pub(super) async fn lock_stream(tx: &mut Tx, stream: Stream) -> Result<(), StoreError> {
    match stream {
        Stream::Complaint(id) | Stream::Line(id) => store::complaint::lookup(tx, id).await.map(|_| ()),
        Stream::Draft(id) => store::draft::lookup(tx, id).await.map(|_| ()),
        Stream::Incident(id) => store::incident::lookup(tx, id).await.map(|_| ()),
        Stream::Board(board) => store::board::lock(tx, board).await,
        Stream::Request(id) => store::data_request::lookup(tx, id).await.map(|_| ()),
    }
}
