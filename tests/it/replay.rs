//! State is derived from the journal: replaying it gives the stored row. Every scene ends with this.

use langnghe::domain::complaint::Complaint;
use langnghe::kernel::ids::GuildId;
use langnghe::store;

use crate::scene::Scene;

impl Scene {
    /// Replays the journal of every complaint of this scene's server and compares it with what is stored.
    pub async fn replay(&self) {
        let db = self.stage.db();
        let ids = store::complaint::filed_before(db, GuildId(self.guild), i64::MAX)
            .await
            .expect("the store answers");
        for id in ids {
            let stored =
                store::complaint::read(db, id).await.expect("the store answers").expect("it is stored");
            let journal = store::complaint::journal(db, id).await.expect("the store answers");
            assert_eq!(
                Complaint::replay(id, &journal).as_ref(),
                Some(&stored),
                "complaint {} replayed",
                id.0
            );
            assert!(journal.windows(2).all(|pair| pair[0].at <= pair[1].at), "the journal is in order");
        }
    }
}
