//! Why a request was not done: the rules refuse it, or the store could not take it.

use crate::domain::command::Refusal;
use crate::store::StoreError;

/// Why a request was not done.
#[derive(Debug)]
pub enum Error {
    /// The person is told why, and that is the answer.
    Refused(Refusal),
    /// It could not be stored: nothing was done.
    Store(StoreError),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What came of a request that could be stored: done, or refused.
///
/// # Errors
///
/// [`StoreError`] if it could not be.
pub fn answered<T>(result: Result<T, Error>) -> Result<Result<T, Refusal>, StoreError> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Error::Refused(refusal)) => Ok(Err(refusal)),
        Err(Error::Store(error)) => Err(error),
    }
}
