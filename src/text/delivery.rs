//! The sentences about what could not be sent, and what did not arrive.

use super::sentences::sentences;

sentences! {
    DELIVERY:
    withheld(number, why);
    withheld_words(why);
    thread_plain_name();
    line_flagged();
    line_no_thread();
    // Told to managers.
    given_up_heading(role);
    given_up_complaint(number, what, why);
    given_up_desk(what, why);
    given_up_more(count);
    given_up_cure();
    direct_flagged(role, again);
    direct_too_fast(role, again);
    clock_off(role, ours, theirs);
    health_direct_flagged(again);
    health_direct_too_fast(again);
    stopped_customer();
    stopped_staff();
    // What did not reach a customer.
    not_reached(name, why);
    not_reached_words(name, why);
    resend_button();
    line_direct_again(name);
    next_call();
    next_resend();
}
