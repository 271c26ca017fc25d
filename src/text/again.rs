//! The sentences of asking again: what happened unseen, and how to go on without typing twice.

use super::sentences::sentences;

sentences! {
    AGAIN:
    refusal_unseen();
    refusal_several();
    unseen_wrote(when, name);
    unseen_edited(when, name);
    unseen_deleted(when, name);
    unseen_chose(when, name);
    unseen_reopened(when, name);
    unseen_withdrew(when, name);
    unseen_replied(when, name);
    unseen_asked(when, name);
    unseen_promised(when, name);
    unseen_moved(when, name);
    unseen_kept(when, name);
    unseen_proposed(when, name);
    unseen_sent(when, name);
    unseen_resolved(when, name);
    unseen_refused(when, name);
    unseen_gave(when, name);
    unseen_customer();
    again_written();
    again_send();
    again_do();
    again_open();
    again_say();
    again_times(written);
    settled_claimed(name);
}
