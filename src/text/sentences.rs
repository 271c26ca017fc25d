//! The list of all sentences with their arguments: each becomes a function of [`Words`].

use fluent::FluentValue;

use super::Words;

macro_rules! sentences {
    ($($name:ident ( $($arg:ident),* );)*) => {
        /// Every sentence: the key in the locale files, and its arguments.
        pub const SENTENCES: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($arg)),*])),*];

        #[expect(clippy::extra_unused_lifetimes, reason = "sentences without arguments share this form")]
        impl Words {
            $(
                #[doc = concat!("Says `", stringify!($name), "` (underscores are hyphens in the locale files).")]
                pub fn $name<'a>(&self, $($arg: impl Into<FluentValue<'a>>),*) -> String {
                    self.say(&stringify!($name).replace('_', "-"), &[$((stringify!($arg), $arg.into())),*])
                }
            )*
        }
    };
}

sentences! {
    // The panel, the form, the receipt.
    panel(company, within);
    panel_button();
    privacy(company, keep);
    privacy_short(keep);
    form_title();
    form_words();
    form_words_hint();
    form_wish();
    form_contact();
    form_contact_hint();
    receipt(number, within);
    receipt_follow_direct();
    receipt_follow_thread();
    receipt_again(number, within);
    receipt_unsent(number, within);
    language_other();
    // Drafts of direct messages.
    draft_shown(words);
    draft_files(count);
    draft_ask();
    draft_choose_desk();
    draft_send();
    draft_drop();
    draft_dropped();
    draft_settled();
    // The line to the customer.
    signed(text, name);
    reply_heading(number, name);
    outcome(number, outcome);
    rating_question();
    rating_from(name);
    rating_scale();
    rating_reminder(number);
    rating_late(number);
    ask_fixed(stars);
    fixed_yes();
    fixed_partly();
    fixed_no();
    thanks_fixed();
    thanks_partly();
    thanks_not_fixed();
    thanks_reopened();
    thanks_word();
    reopen_button();
    word_button();
    word_title();
    word_label();
    customer_reopened(number);
    customer_closed(number);
    customer_dismissed(number, reason);
    reason_test();
    reason_duplicate();
    reason_not_a_complaint();
    reason_spam();
    incident_told(text);
    how_to_write();
    write_button();
    write_title();
    write_label();
    sorted(number);
    sorted_button();
    sorted_choose();
    sorted_done(number);
    heard(number);
    private_thread_name(number);
    private_thread_opened(customer, number);
    automatic();
    mine_none();
    mine_heading();
    mine_line(number, matter, state);
    state_filed(when);
    state_recorded(name);
    state_waiting(name, when);
    state_resolved();
    state_closed();
    state_dismissed();
    // The card and the desk thread.
    card_title(number, customer);
    card_words();
    card_wish();
    card_contact();
    card_contact_button();
    contact_shown(number, contact);
    card_category();
    card_unclassified();
    card_unclassified_suggested(category);
    card_severity();
    card_owner();
    card_no_owner();
    card_next();
    card_line();
    line_direct();
    line_thread(channel);
    line_closed();
    line_gone();
    line_refused();
    card_deadlines();
    deadline_running(clock, when, relative);
    deadline_met(clock);
    deadline_missed(clock, when);
    card_source(since, source);
    source_form();
    source_direct();
    source_unsent();
    card_gift();
    card_more();
    card_files(count);
    card_pick_category();
    next_claim();
    next_reply();
    next_work();
    next_rating();
    next_none();
    claim_button();
    reply_button();
    resolve_button();
    severity_low();
    severity_normal();
    severity_high();
    severity_critical();
    clock_recorded();
    clock_reply();
    thread_words(part, parts);
    thread_wish();
    customer_wrote(name);
    customer_wrote_unread(name);
    customer_wrote_files(files);
    customer_edited(name, text);
    customer_deleted(name);
    message_moved(name, to);
    reply_delivered();
    reply_undelivered();
    reply_on_its_way();
    reply_record(name, text, state);
    reply_files(files);
    reply_title();
    reply_label();
    resolve_title();
    resolve_label();
    nudge_owner(owner, clock, relative, when);
    nudge_unowned(role, thread, clock, relative, when);
    nudge_last_words(text);
    nudge_do_reply();
    nudge_do_claim();
    breach(role, thread, clock, when, late);
    breach_owner(owner);
    breach_no_owner();
    breach_can_do();
    line_moved(channel);
    line_lost();
    rated(name, stars);
    fixed_told_yes(name);
    fixed_told_partly(name);
    fixed_told_no(name);
    word_told(name, text);
    low_rating(role, thread, stars, handler);
    not_fixed(role, thread);
    reopened_by(name, reason);
    reopened_by_customer(name);
    closed_by_silence();
    claimed(number, next);
    claimed_next(clock, relative);
    assigned(number, owner);
    classified(number, category, severity);
    noted(name, text);
    resolved(number, outcome);
    resolved_held(when);
    reopened(number);
    dismissed(number, reason);
    kept_in_file();
    list_heading(filter, count);
    list_empty(filter);
    list_line(thread, customer, category, due, owner);
    list_more(count);
    filter_mine();
    filter_unowned();
    filter_due();
    filter_waiting();
    filter_all();
    // Set-up.
    setup_heading();
    setup_set(what, value, source);
    setup_from_file();
    setup_from_command();
    setup_default();
    setup_missing(what, cure);
    setup_not_permitted(channel, permissions);
    setup_ready();
    setup_not_ready();
    setup_invite(link);
    setup_desk_channel();
    setup_intake_channel();
    setup_manager_channel();
    setup_staff_role();
    setup_manager_role();
    setup_head_office_role();
    setup_locale();
    setup_time_zone();
    setup_cure(option);
    setup_role_not_mentionable(role);
    panel_posted(channel);
    too_slow();
}
